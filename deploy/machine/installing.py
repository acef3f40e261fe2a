"""From an empty machine to one that serves; run again, it mends what is not as it should be."""

import argparse
import os
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

import health
import services
import sources
from answers import Answers
from places import (
    AUTHORITIES,
    BACKUPS,
    CADDYFILE,
    DATA,
    MOVING,
    OWN_AUTHORITY,
    RELEASES,
    SHUT,
    USER,
)
from settings import backups_folder, keep, kept
from system import Problem, do, goldenthread, say

SYSTEM_AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")
OURS = "Written by deploy/install of Golden Thread"
AFTERWARDS = """
Then: a firewall that lets in ports 22, 80 and 443 alone (apt-get install ufw), security updates of
Debian by themselves (apt-get install unattended-upgrades), and a copy of {data}/keys.json and
{data}/backup-keys kept apart from {backups}: docs/how-to/back-up-and-restore.md."""


def install(options: argparse.Namespace) -> int:
    """Install, or mend; returns 1 when it serves but something is to mend."""
    if MOVING.exists():
        raise Problem("An upgrade was interrupted.")
    answers = Answers(options)
    settings = answers.settings()
    _user()
    keep(settings)
    _folders()
    commit = sources.take_checkout()
    release = sources.current() or sources.make(commit)
    _start(release)
    _serve_by_https(release)
    administrator = options.administrator or ""
    if not health.state()["organisations"]:
        first = answers.first()
        _first_organisation(first)
        administrator = first["administrator"]
    SHUT.unlink(missing_ok=True)
    return _look(administrator)


def _user() -> None:
    if subprocess.run(["getent", "passwd", USER], capture_output=True, check=False).returncode:
        given = ["--system", "--user-group", "--home-dir", DATA, "--no-create-home"]
        do("useradd", *given, "--shell", "/usr/sbin/nologin", USER)


def _folders() -> None:
    for folder in (DATA, BACKUPS):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        do("chown", f"{USER}:{USER}", folder)
    elsewhere = backups_folder()
    if elsewhere and not elsewhere.exists():  # one that is there has an owner already
        elsewhere.mkdir(mode=0o700, parents=True)
        do("chown", f"{USER}:{USER}", elsewhere)
    RELEASES.mkdir(mode=0o755, parents=True, exist_ok=True)


def _start(release: Path) -> None:
    say("Preparing tables and files …")
    goldenthread("prepare", release=release)
    say(f"Starting version {release.name[:12]} …")
    services.switch(release)
    services.start()
    health.wait_until_well()


def _serve_by_https(release: Path) -> None:
    """Let Caddy answer for the site, with the certificate that was asked for."""
    settings = kept()
    text = (release / "deploy/Caddyfile").read_text()
    text = text.replace("{{host}}", urlsplit(settings["GOLDENTHREAD_URL"]).hostname or "")
    draft = CADDYFILE.with_name("Caddyfile.new")
    draft.write_text(text.replace("{{certificate}}", settings["CADDY_CERTIFICATE"]))
    check = ["caddy", "validate", "--adapter", "caddyfile", "--config", draft]
    do(*check, env=os.environ | {"HOME": "/nonexistent"})
    if CADDYFILE.exists() and OURS not in CADDYFILE.read_text():
        CADDYFILE.replace(CADDYFILE.with_name("Caddyfile.before-goldenthread"))
    draft.replace(CADDYFILE)
    for word in settings["CADDY_CERTIFICATE"].split():
        if word.startswith("/"):
            _readable_for_caddy(word)
    services.start_caddy()
    if settings["CADDY_CERTIFICATE"] == "tls internal":
        _trust_own_authority()


def _readable_for_caddy(path: str) -> None:
    as_caddy = ["setpriv", "--reuid=caddy", "--regid=caddy", "--init-groups", "test", "-r", path]
    if subprocess.run(as_caddy, check=False).returncode:
        raise Problem(f"Caddy cannot read {path}: let the group caddy read it.")


def _trust_own_authority() -> None:
    """Let `doctor` trust the authority of this machine, beside all others."""
    deadline = time.monotonic() + 30
    while not OWN_AUTHORITY.exists():
        if time.monotonic() > deadline:
            raise Problem("Caddy made no authority of its own; see its log.")
        time.sleep(0.5)
    AUTHORITIES.write_bytes(SYSTEM_AUTHORITIES.read_bytes() + OWN_AUTHORITY.read_bytes())
    keep({"SSL_CERT_FILE": str(AUTHORITIES)})
    say(f"Give {OWN_AUTHORITY} to those who are to trust this site.")


def _first_organisation(given: dict[str, str]) -> None:
    options = [part for name, value in given.items() for part in (f"--{name}", value)]
    say(goldenthread("organisation", "add", *options))
    where = f"{kept()['GOLDENTHREAD_URL']}/account/sign-in/"
    say(f"The first sign-in: {where}, by a code that comes by mail.")


def _look(administrator: str) -> int:
    """Prove that mail leaves and people can come in; then say what is still to do."""
    goldenthread("record", "verify")
    goldenthread("backup")
    say("\nWhat a server cannot do without:")
    mail = ["--mail-to", administrator] if administrator else []
    code = _doctor("--only", "Mail", "--only", "HTTPS", "--only", "Background work", *mail)
    say("\nEverything that “goldenthread doctor” looks at:")
    _doctor()
    say(f"\n{kept()['GOLDENTHREAD_URL']}/ is served.")
    say(AFTERWARDS.format(data=DATA, backups=backups_folder() or DATA / "backups"))
    return code


def _doctor(*options: str) -> int:
    try:
        goldenthread("doctor", *options, shown=True)
    except Problem:
        return 1
    return 0
