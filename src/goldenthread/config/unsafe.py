"""Settings with which people must not be asked to speak: each stops the start with one sentence."""

import os
import stat
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from django.db import connection

from goldenthread.config import several
from goldenthread.config.backups import key_folder
from goldenthread.config.front import LARGEST_BODY
from goldenthread.config.problems import Problem

HERE = {"localhost", "127.0.0.1", "::1"}
SHORTEST_KEY = 50
PEPPER_BYTES = 32
SHORTEST_TOKEN = 32
ONE_RECIPIENT = "goldenthread.people.notifications.backend.OneRecipientBackend"
GUARDS = {
    "csp.middleware.CSPMiddleware": "pages would run scripts of others",
    "django.middleware.csrf.CsrfViewMiddleware": "other sites could send forms in people's names",
    "django.middleware.security.SecurityMiddleware": "browsers would guess what a file is",
    "django.middleware.clickjacking.XFrameOptionsMiddleware": "other sites could frame our pages",
}


class Settings(Protocol):
    """Django's settings, by name."""

    def __getattr__(self, name: str) -> Any: ...


def refuse(settings: Settings) -> None:
    """Stop the start when something would betray people.

    :raises Problem: the first fault, in one sentence
    """
    if found := faults(settings) or database_faults():
        raise Problem(found[0])
    several.refuse(settings)


def faults(settings: Settings) -> list[str]:
    """Everything wrong with the settings."""
    return [
        *_secrets(settings),
        *_errors(settings),
        *_address(settings),
        *_pages(settings),
        *_sessions(settings),
        *_sending(settings),
        *_keeping(settings),
    ]


def _secrets(settings: Settings) -> list[str]:
    found = []
    named = os.environ.get("GOLDENTHREAD_KEYS", "")
    if not named:
        found.append("GOLDENTHREAD_KEYS names no keys file: receipts would not last a restart.")
    elif stat.S_IMODE(Path(named).stat().st_mode) & 0o077:
        found.append(f"Others can read the keys file: run “chmod 600 {named}”.")
    if len(settings.SECRET_KEY) < SHORTEST_KEY or "insecure" in settings.SECRET_KEY:
        found.append("The secret key is too short: let a new keys file be made.")
    if len(settings.PEPPER) < PEPPER_BYTES:
        found.append("The pepper of the receipts is too short: let a new keys file be made.")
    if 0 < len(settings.METRICS_TOKEN or "") < SHORTEST_TOKEN:
        found.append(f"GOLDENTHREAD_METRICS_TOKEN is shorter than {SHORTEST_TOKEN} signs.")
    if not settings.SEALING_KEYS:
        found.append("There is no key to seal contacts with: let a new keys file be made.")
    return found


def _errors(settings: Settings) -> list[str]:
    found = []
    if settings.DEBUG:
        found.append("DEBUG is on: error pages would show what people wrote.")
    if settings.ADMINS or settings.MANAGERS:
        found.append("ADMINS or MANAGERS is set: error mails would carry what people wrote.")
    return found


def _address(settings: Settings) -> list[str]:
    found = []
    address = urlsplit(settings.SITE_URL)
    host = address.hostname or ""
    if settings.DEV and host not in HERE:
        found.append(
            "GOLDENTHREAD_DEV is for one's own machine: here anyone could read every mail."
        )
    if address.scheme != "https" and host not in HERE:
        found.append(f"{settings.SITE_URL} is not https: others could read what people write.")
    if "*" in settings.ALLOWED_HOSTS:
        found.append("GOLDENTHREAD_HOSTS allows every host: links could lead people elsewhere.")
    elif host not in settings.ALLOWED_HOSTS:
        found.append(f"GOLDENTHREAD_HOSTS does not name {host}, the host of GOLDENTHREAD_URL.")
    return found


def _pages(settings: Settings) -> list[str]:
    found = [
        f"{guard} is missing: {consequence}."
        for guard, consequence in GUARDS.items()
        if guard not in settings.MIDDLEWARE
    ]
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    if directives.get("default-src") != ["'none'"]:
        found.append("The content policy must begin with default-src 'none'.")
    allowed = {str(source) for sources in directives.values() for source in sources}
    if strange := sorted(allowed - {"'none'", "'self'"}):
        found.append(f"The content policy allows {', '.join(strange)}; only we may be.")
    return found


def _sessions(settings: Settings) -> list[str]:
    found = []
    if not settings.SESSION_COOKIE_HTTPONLY:
        found.append("SESSION_COOKIE_HTTPONLY is off: scripts could take people's sessions.")
    if settings.SESSION_COOKIE_SAMESITE not in {"Lax", "Strict"}:
        found.append("SESSION_COOKIE_SAMESITE must be Lax: other sites could use sessions.")
    secure = settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE
    if settings.SITE_URL.startswith("https:") and not secure:
        found.append("Cookies must be Secure: they would travel in the open.")
    if not any("Argon2" in hasher for hasher in settings.PASSWORD_HASHERS[:1]):
        found.append("PASSWORD_HASHERS must begin with Argon2.")
    return found


def _sending(settings: Settings) -> list[str]:
    found = []
    if settings.EMAIL_BACKEND != ONE_RECIPIENT:
        found.append("EMAIL_BACKEND must be ours: it cannot send one mail to two people.")
    covered = settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL
    if settings.EMAIL_HOST_PASSWORD and not covered and settings.EMAIL_HOST not in HERE:
        found.append(
            "The mail password would travel in the open: use smtp+starttls:// or smtps://."
        )
    if settings.DATA_UPLOAD_MAX_MEMORY_SIZE >= LARGEST_BODY:
        found.append("DATA_UPLOAD_MAX_MEMORY_SIZE is more than the web server lets through.")
    if not settings.USE_TZ:
        found.append("USE_TZ is off: deadlines would be wrong twice a year.")
    if not settings.DATABASES["default"]["ENGINE"].endswith("postgresql"):
        found.append("The database must be PostgreSQL.")
    return found


def _keeping(settings: Settings) -> list[str]:
    """A backup beside its key is no more than an open book."""
    if settings.BACKUPS is None:
        return []
    keys, folder = key_folder(settings.DATA).resolve(), Path(settings.BACKUPS).resolve()
    found = []
    if keys == folder or folder in keys.parents:
        found.append(f"The keys of the backups lie in {folder}, beside what they lock.")
    if keys.exists() and stat.S_IMODE(keys.stat().st_mode) & 0o077:
        found.append(f"Others can read the keys of the backups: run “chmod 700 {keys}”.")
    return found


def database_faults() -> list[str]:
    """Settings of the database with which it may lose what it has acknowledged."""
    names = ["fsync", "synchronous_commit", "full_page_writes"]
    with connection.cursor() as cursor:
        query = "SELECT name FROM pg_settings WHERE name = ANY(%s) AND setting = 'off'"
        cursor.execute(query, [names])
        off = {name for (name,) in cursor.fetchall()}
    loose = [name for name in names if name in off]
    if not loose:
        return []
    return [f"The database may lose what people wrote: {' and '.join(loose)} is off."]
