"""The mail server, as one address."""

from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from goldenthread.config.problems import Problem

PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


class MailServer(NamedTuple):
    """What Django needs to know of it."""

    host: str
    port: int
    user: str
    password: str
    starttls: bool
    tls: bool


def mail_server(url: str) -> MailServer:
    """Read `smtp://host`, `smtp+starttls://user:password@host` or `smtps://user:password@host`.

    :raises Problem: it is written in another way
    """
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        raise Problem("The port in GOLDENTHREAD_SMTP must be a number to 65535.") from None
    if parts.scheme not in PORTS or not parts.hostname:
        raise Problem("GOLDENTHREAD_SMTP must be smtp://, smtp+starttls:// or smtps:// and a host.")
    return MailServer(
        host=parts.hostname,
        port=port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp+starttls",
        tls=parts.scheme == "smtps",
    )
