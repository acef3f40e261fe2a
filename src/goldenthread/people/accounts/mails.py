"""The mails of signing in. Their links name the configured address of this site, nothing else."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

LAST_LINES = (
    "Golden Thread is not read live. If you are in danger now, call 999.\n"
    "To talk to someone at any time, call Samaritans free on 116 123."
)


def link(path: str) -> str:
    """Return the full address of a page of this site."""
    return f"{settings.SITE_URL}{path}"


def send_code(email: str, code: str, *, joining: bool) -> None:
    """Send the code that lets someone in."""
    subject = "Your code to join Golden Thread" if joining else "Your code to sign in"
    _send(email, subject, "accounts/mail/code.txt", {"code": code, "joining": joining})


def send_no_account(email: str) -> None:
    """Say that this address has no account, and where to make one."""
    where: dict[str, object] = {"join": link(reverse("account_signup"))}
    _send(email, "Signing in to Golden Thread", "accounts/mail/no_account.txt", where)


def _send(email: str, subject: str, template: str, context: dict[str, object]) -> None:
    body = render_to_string(template, {**context, "site": settings.SITE_URL, "help": LAST_LINES})
    EmailMessage(subject, body.strip() + "\n", to=[email]).send()
