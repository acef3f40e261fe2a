"""The way out for every mail: one recipient each, no exception."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.module_loading import import_string


class OneRecipientBackend(BaseEmailBackend):
    """Hands each message to the real delivery, and raises if it would reach two people."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send what goes to exactly one address.

        :raises ValueError: a message names more than one recipient, or a header breaks its line
        """
        for message in email_messages:
            if len(message.recipients()) != 1 or message.cc or message.bcc:
                raise ValueError("a mail goes to exactly one person")
        delivery = import_string(settings.EMAIL_DELIVERY)(fail_silently=self.fail_silently)
        return int(delivery.send_messages(list(email_messages)) or 0)
