"""What the person who installs has to say: given as options, kept from before, or asked."""

import argparse
import getpass
import re
import sys
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from places import BACKUPS
from settings import kept
from system import Problem

HOST = re.compile(r"^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)+$")
ADDRESS = re.compile(r"^[^@\s'\"]+@[^@\s'\"]+$")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `install`."""
    machine = parser.add_argument_group("the machine")
    machine.add_argument("--domain", help="the name people type: voices.example.org")
    machine.add_argument(
        "--smtp",
        metavar="URL",
        help="your mail provider: smtp+starttls://user@host:587, smtps://user@host:465, or "
        "smtp://localhost",
    )
    machine.add_argument(
        "--smtp-password-file", metavar="FILE", type=Path, help="the password, alone in a file"
    )
    machine.add_argument("--mail-from", metavar="ADDRESS", help="the sender of all mails")
    machine.add_argument(
        "--certificate",
        metavar="HOW",
        help="“public” (the default: free certificates, by Caddy), “internal” (an authority of "
        "this machine, for networks of one’s own), or a file with certificate and chain",
    )
    machine.add_argument("--key", metavar="FILE", help="the key of that certificate")
    first = parser.add_argument_group("the first organisation (once)")
    first.add_argument("--organisation", metavar="NAME", help="as people know it")
    first.add_argument("--address", metavar="SHORT", help="short name in links: /o/SHORT/")
    first.add_argument("--kind", help="university, school, health, charity, …")
    first.add_argument("--nation", default="england", help="whose help lines to begin with")
    first.add_argument("--administrator", metavar="EMAIL", help="who runs it")
    parser.add_argument("--unattended", action="store_true", help="ask nothing; stop instead")


class Answers:
    """Gives each answer once."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.before = kept()

    def settings(self) -> dict[str, str]:
        """Return the settings of the machine.

        :raises Problem: one is missing or cannot be right
        """
        domain = self._get("domain", "The name people will type, such as voices.example.org", _host)
        smtp = self._get("smtp", "Your mail provider, such as smtp+starttls://user@host:587", str)
        sender = self._get("mail_from", "The sender of all mails", _address)
        return {
            "GOLDENTHREAD_URL": f"https://{domain}",
            "GOLDENTHREAD_HOSTS": ",".join([domain, *self._other_hosts(domain)]),
            "GOLDENTHREAD_SMTP": self._with_password(smtp),
            "GOLDENTHREAD_FROM": sender,
            "GOLDENTHREAD_BACKUPS": self.before.get("GOLDENTHREAD_BACKUPS", str(BACKUPS)),
            "CADDY_CERTIFICATE": self._certificate(),
        }

    def first(self) -> dict[str, str]:
        """Return what is to be known of the first organisation."""
        return {
            "name": self._get("organisation", "The first organisation, as people know it", str),
            "address": self._get("address", "Its short name in links, such as northmoor", str),
            "kind": self._get("kind", "Its kind: university, school, health, charity", str),
            "nation": self._get("nation", "Its nation", str),
            "administrator": self._get("administrator", "Who runs it: an e-mail address", _address),
        }

    def _get(self, name: str, question: str, read: "type[str] | object") -> str:
        given = getattr(self.options, name) or self._kept(name)
        if not given and (self.options.unattended or not sys.stdin.isatty()):
            raise Problem(f"Say it with --{name.replace('_', '-')}. {question}.")
        while not given:
            given = input(f"{question}: ").strip()
        return read(given)  # type: ignore[operator]

    def _other_hosts(self, domain: str) -> list[str]:
        """The names that whoever runs the machine has added by hand."""
        known = self.before.get("GOLDENTHREAD_HOSTS", "").split(",")
        return [host for host in known if host not in {"", domain, self._kept("domain")}]

    def _kept(self, name: str) -> str:
        """The answer of the last time."""
        names = {"smtp": "GOLDENTHREAD_SMTP", "mail_from": "GOLDENTHREAD_FROM"}
        if name == "domain":
            return urlsplit(self.before.get("GOLDENTHREAD_URL", "")).hostname or ""
        return self.before.get(names.get(name, ""), "")

    def _with_password(self, smtp: str) -> str:
        """Put the password into the address of the mail server: no list of processes shows it."""
        _plain(smtp)
        parts = urlsplit(smtp)
        if self.options.smtp_password_file:
            password = self.options.smtp_password_file.read_text().strip()
        elif parts.username and not parts.password:
            if self.options.unattended or not sys.stdin.isatty():
                raise Problem("Say the mail password with --smtp-password-file.")
            password = getpass.getpass("The password of the mail provider: ")
        else:
            return smtp
        where = parts.netloc.rpartition("@")[2]
        user = quote(parts.username or "", safe="%")
        return urlunsplit(parts._replace(netloc=f"{user}:{quote(password, safe='')}@{where}"))

    def _certificate(self) -> str:
        """The line of the Caddyfile that says whence the certificate comes."""
        wanted, key = self.options.certificate, self.options.key
        if wanted is None:
            return self.before.get("CADDY_CERTIFICATE", "")
        if wanted in {"public", "internal"}:
            return "tls internal" if wanted == "internal" else ""
        if not key or not Path(wanted).is_file() or not Path(key).is_file():
            raise Problem("Name the files of the certificate and its key: --certificate, --key.")
        return f"tls {_plain(str(Path(wanted).resolve()))} {_plain(str(Path(key).resolve()))}"


def _plain(text: str) -> str:
    if any(sign in text for sign in "'\"\\\n "):
        raise Problem(f"{text} holds a quotation mark, a backslash or a space: write them as %27.")
    return text


def _host(text: str) -> str:
    if not HOST.match(text.lower()):
        raise Problem(f"{text} is not a name such as voices.example.org.")
    return text.lower()


def _address(text: str) -> str:
    if not ADDRESS.match(text):
        raise Problem(f"{text} is not an e-mail address.")
    return text
