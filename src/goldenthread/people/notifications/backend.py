"""The way out for every mail: one recipient each, no exception."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.module_loading import import_string


class OneRecipientBackend(BaseEmailBackend):
    """Hands each message to the real delivery, and raises if it would reach two people."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send what goes to exactly one address. One bad message stops them all.

        :raises ValueError: a message names more than one recipient, or a header breaks its line
        """
        for message in email_messages:
            _check(message)
        delivery = import_string(settings.EMAIL_DELIVERY)(fail_silently=self.fail_silently)
        return int(delivery.send_messages(list(email_messages)) or 0)


def _check(message: EmailMessage) -> None:
    """Look at everything that becomes a header."""
    addresses = [*message.to, *message.cc, *message.bcc]
    if len(addresses) != 1 or "," in addresses[0] or ";" in addresses[0]:
        raise ValueError("a mail goes to exactly one person")
    recipients = ("to", "cc", "bcc")
    if any(name.lower() in recipients for name in message.extra_headers):
        raise ValueError("a mail names its one recipient once")
    extra = [part for header in message.extra_headers.items() for part in header]
    headers = [message.subject, message.from_email, *addresses, *message.reply_to, *extra]
    if any(mark in str(header) for header in headers for mark in "\r\n\0"):
        raise ValueError("a header of a mail is one line")
