"""What lies outside: the mail server and our own door, asked so that each fault has a name."""

import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse

from goldenthread.config.findings import Finding
from goldenthread.config.problems import Problem

WITHIN: Final = 10.0  # seconds for each step
BY_SMTP: Final = "django.core.mail.backends.smtp.EmailBackend"
LATE: Final = 9  # of 90 days the last ten; Caddy renews when a third of the time is left
REFUSED: Final = 400  # answers from here on say no
LONGEST: Final = 120
TEST_SUBJECT: Final = "Test message from Golden Thread"
TEST_TEXT: Final = """\
This message shows that Golden Thread can send mail.

It was sent by the person who looks after the machine. You can sign in here:
{address}

Give your address there, and a code comes by mail.
"""


def mail(_now: datetime) -> Finding:
    """The mail server takes our letters, as far as one can ask without sending any."""
    if settings.EMAIL_DELIVERY != BY_SMTP:
        return Finding(True, f"Mail does not leave this machine: {settings.EMAIL_DELIVERY}.")
    try:
        with _post() as server:
            _hand_over_sender(server)
    except Problem as problem:
        return Finding(False, str(problem))
    where = f"{settings.EMAIL_HOST}, port {settings.EMAIL_PORT}"
    return Finding(True, f"The mail server {where}, takes mail from {settings.DEFAULT_FROM_EMAIL}.")


def send_test(to: str) -> Finding:
    """Send one message to `to`, and say what became of it."""
    text = TEST_TEXT.format(address=f"{settings.SITE_URL}{reverse('account_login')}")
    try:
        if settings.EMAIL_DELIVERY == BY_SMTP:
            with _post() as server:
                _hand_over_sender(server)
        with _told(f"{settings.EMAIL_HOST} refuses to deliver to {to}"):
            EmailMessage(TEST_SUBJECT, text, to=[to]).send()
    except Problem as problem:
        return Finding(False, str(problem))
    except ValueError:
        return Finding(False, f"{to} is not the address of one person.")
    return Finding(True, f"The mail server has taken a test message to {to}: see whether it came.")


@contextmanager
def _post() -> "Iterator[smtplib.SMTP]":
    """Give a line to the mail server, signed in.

    :raises Problem: it cannot be reached, is not trusted, or refuses us
    """
    host, port = settings.EMAIL_HOST, settings.EMAIL_PORT
    context = ssl.create_default_context()
    with _told(f"{host} does not speak as a mail server at port {port}"):
        if settings.EMAIL_USE_SSL:
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=WITHIN, context=context)
        else:
            server = smtplib.SMTP(host, port, timeout=WITHIN)
    with _told(f"{host} hung up"), server:
        if settings.EMAIL_USE_TLS:
            with _told(f"{host} offers no STARTTLS at port {port}: is it smtps://, port 465?"):
                server.starttls(context=context)
        if settings.EMAIL_HOST_USER:
            with _told(f"{host} refuses the user name or the password of GOLDENTHREAD_SMTP"):
                server.login(settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD)
        yield server


def _hand_over_sender(server: smtplib.SMTP) -> None:
    sender = settings.DEFAULT_FROM_EMAIL
    with _told(f"{settings.EMAIL_HOST} hung up"):
        server.ehlo_or_helo_if_needed()
        code, said = server.mail(sender)
        server.rset()
    if code >= REFUSED:
        raise Problem(f"{settings.EMAIL_HOST} refuses the sender {sender}: {_answer(code, said)}.")


@contextmanager
def _told(otherwise: str) -> Iterator[None]:
    """Turn what can go wrong on the way into one sentence; `otherwise` when the server said no."""
    host, port = settings.EMAIL_HOST, settings.EMAIL_PORT
    try:
        yield
    except smtplib.SMTPServerDisconnected:
        raise Problem(f"{host} hung up in the middle, at port {port}.") from None
    except smtplib.SMTPResponseException as error:
        raise Problem(f"{otherwise}: {_answer(error.smtp_code, error.smtp_error)}.") from None
    except smtplib.SMTPRecipientsRefused as error:
        said = next(iter(error.recipients.values()))
        raise Problem(f"{otherwise}: {_answer(*said)}.") from None
    except smtplib.SMTPException:
        raise Problem(f"{otherwise}.") from None
    except OSError as error:
        raise Problem(f"{_unreached(error, host, port)}") from None


def _answer(code: int, said: bytes | str) -> str:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(text.split())[:LONGEST]}".strip().rstrip(".")


def _unreached(error: OSError, host: str, port: int) -> str:
    """Say in one sentence why nobody answered."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"The certificate of {host} is not trusted: {error.verify_message.rstrip('.')}."
    if isinstance(error, ssl.SSLError):
        return f"{host} speaks no TLS at port {port}."
    if isinstance(error, socket.gaierror):
        return f"Nobody knows a machine called {host}."
    if isinstance(error, TimeoutError):
        return f"{host} does not answer at port {port}: does somebody block it?"
    return f"Nothing answers at {host}, port {port}."


def door(now: datetime) -> Finding:
    """People reach the site under its address, by HTTPS, with a certificate that lasts."""
    address = urlsplit(settings.SITE_URL)
    host, port = address.hostname or "", address.port or 443
    if address.scheme != "https":
        return Finding(True, f"{settings.SITE_URL} is for this machine alone, without HTTPS.")
    try:
        since, until, status = _knock(host, port)
    except OSError as error:
        return Finding(False, f"{_unreached(error, host, port)} People cannot come in.")
    if status != "200":
        return Finding(False, f"{settings.SITE_URL} answers {status or 'nothing'}, not its page.")
    if until - now < (until - since) / LATE:
        return Finding(False, f"The certificate of {host} ends on {until:%-d %B}: renew it.")
    return Finding(True, f"{host} answers by HTTPS; its certificate lasts until {until:%-d %B}.")


def _knock(host: str, port: int) -> tuple[datetime, datetime, str]:
    """Ask for the first page; return from and until when the certificate lasts, and the status."""
    context = ssl.create_default_context()
    with (
        socket.create_connection((host, port), timeout=WITHIN) as line,
        context.wrap_socket(line, server_hostname=host) as covered,
    ):
        shown = covered.getpeercert() or {}
        lasts = [ssl.cert_time_to_seconds(str(shown[each])) for each in ("notBefore", "notAfter")]
        ask = f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        covered.sendall(ask.encode("ascii"))
        with covered.makefile("rb") as answer:
            first = answer.readline(200).decode(errors="replace").split()
    since, until = (datetime.fromtimestamp(each, UTC) for each in lasts)
    return since, until, "".join(first[1:2])
