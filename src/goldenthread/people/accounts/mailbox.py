"""Reading the mails that a development installation writes to files instead of sending them."""

import email
import email.policy
import re
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from django.conf import settings

SHOWN = 40
_BETWEEN = re.compile(rb"^-{79}\n", re.MULTILINE)
_CODE = re.compile(r"^ {4}([A-Z]{4}-[A-Z]{4})$", re.MULTILINE)
_LINK = re.compile(r"^ {4}(https?://\S+)$", re.MULTILINE)


@dataclass(frozen=True)
class Mail:
    """One mail as its reader would see it; code and link stand out."""

    to: str
    subject: str
    on: str
    text: str
    html: str = ""
    key: str = ""
    code: str = ""
    path: str = ""


def is_here() -> bool:
    """Return whether mails land in it, and are not sent."""
    return bool(settings.DEV) and "filebased" in settings.EMAIL_DELIVERY


def newest() -> list[Mail]:
    """Return the last mails, newest first."""
    folder = Path(settings.EMAIL_FILE_PATH)
    if not folder.is_dir():
        return []
    files = sorted(folder.glob("*.log"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    mails = [mail for file in files[:SHOWN] for mail in reversed(_in(file))]
    return mails[:SHOWN]


def _in(file: Path) -> list[Mail]:
    parts = _BETWEEN.split(file.read_bytes())
    return [_read(part) for part in parts if part.strip()]


def _read(raw: bytes) -> Mail:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    plain, rich = message.get_body(("plain",)), message.get_body(("html",))
    text = str(plain.get_content()) if plain else ""
    code, link = _CODE.search(text), _LINK.search(text)
    return Mail(
        to=str(message["To"]),
        subject=str(message["Subject"]),
        on=str(message["Date"]),
        text=text,
        html=str(rich.get_content()) if rich else "",
        key=sha256(raw).hexdigest()[:16],
        code=code[1] if code else "",
        path=link[1].removeprefix(settings.SITE_URL) if link else "",
    )
