"""Is this installation sound? Each check answers with one sentence."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import StringIO
from typing import Final

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count

from goldenthread.config import backups, housing, outside, unsafe, vault, verified
from goldenthread.config.findings import Finding
from goldenthread.config.installation import OLDEST_SERVER
from goldenthread.config.problems import Problem
from goldenthread.config.upkeep import worker_alive
from goldenthread.kit import clock
from goldenthread.organisations.models import HelpLine
from goldenthread.people.notifications.models import Letter
from goldenthread.safety.reading.models import Words
from goldenthread.thread.published import witnesses

DAY = timedelta(days=1)
CHECKED_WITHIN = timedelta(days=90)
OPENS_WITHIN = timedelta(days=180)  # with older help lines no project opens
BACKED_UP_WITHIN = VERIFIED_WITHIN = timedelta(days=2)
LATE = timedelta(days=1)
ENOUGH_KEEPERS = 2


@dataclass(frozen=True)
class Answer:
    """What a check found, under the name that people know it by."""

    name: str
    finding: Finding


def examine(*, only: Sequence[str] = (), mail_to: str = "") -> int:
    """Print every finding, or those of `only`; return 0 when all is well, otherwise 1.

    :raises Problem: there is no check of that name
    """
    if unknown := [name for name in only if name not in EVERYTHING]:
        raise Problem(f"There is no check “{unknown[0]}”; there are: {', '.join(EVERYTHING)}.")
    now = clock.now()
    findings = [check(now) for name, check in EVERYTHING.items() if not only or name in only]
    if mail_to:
        findings.append(outside.send_test(mail_to))
    for finding in findings:
        print("  well " if finding.well else "  MEND ", finding.sentence)
    faults = sum(not finding.well for finding in findings)
    print("All is well." if not faults else f"{faults} to mend.")
    return 1 if faults else 0


def look(now: datetime) -> Iterator[Answer]:
    """Go through all checks that ask nobody outside."""
    for name, check in CHECKS.items():
        yield Answer(name, check(now))


def database(_now: datetime) -> Finding:
    """PostgreSQL, new enough, and noticing when a disk alters what it keeps."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), current_setting('data_checksums')"
        )
        version, checked = cursor.fetchone() or ("0", "off")
    if int(str(version).split(".", maxsplit=1)[0]) < OLDEST_SERVER:
        return Finding(False, f"PostgreSQL {version} is too old; {OLDEST_SERVER} is needed.")
    if checked != "on":
        return Finding(False, f"PostgreSQL {version} keeps no checksums: use pg_checksums.")
    return Finding(True, f"The database is PostgreSQL {version}, with checksums.")


def tables(_now: datetime) -> Finding:
    """All migrations done."""
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if missing:
        return Finding(False, f"{missing} changes of tables wait: run “goldenthread prepare”.")
    return Finding(True, "The tables are up to date.")


def durability(_now: datetime) -> Finding:
    """What was acknowledged survives a power cut."""
    if found := unsafe.database_faults():
        return Finding(False, found[0])
    return Finding(True, "The database keeps what it has acknowledged, also in a power cut.")


def silence(_now: datetime) -> Finding:
    """The database does not write people's words into its log when a statement fails."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW log_min_error_statement")
        (level,) = cursor.fetchone() or ("",)
    if level in {"log", "fatal", "panic"}:
        return Finding(True, "The log of the database holds no words.")
    return Finding(False, "The database logs words: set log_min_error_statement=panic.")


def worker(now: datetime) -> Finding:
    """Background work goes on."""
    if worker_alive(now):
        return Finding(True, "Background work is going on.")
    return Finding(False, "No worker has been seen lately: start “goldenthread worker”.")


def help_lines(now: datetime) -> Finding:
    """Somebody has checked the help lines lately."""
    oldest = clock.today(now) - CHECKED_WITHIN
    if HelpLine.objects.filter(verified_on__lt=clock.today(now) - OPENS_WITHIN).exists():
        told = "Nobody has checked some of the help lines for 180 days: no project opens with them."
        return Finding(False, told)
    if stale := HelpLine.objects.filter(verified_on__lt=oldest).count():
        return Finding(False, f"Nobody has checked {stale} of the help lines for 90 days.")
    return Finding(True, "Every help line was checked within 90 days.")


def readers(now: datetime) -> Finding:
    """Nothing waits much longer for a reader than people were told."""
    late = Words.objects.filter(state=Words.State.HELD, restricted=False, due_at__lt=now - LATE)
    if projects := late.aggregate(found=Count("project", distinct=True))["found"]:
        where = "one project" if projects == 1 else f"{projects} projects"
        return Finding(False, f"In {where} words wait a day longer for a reader than we promised.")
    return Finding(True, "No words wait a day longer for a reader than we promised.")


def backup(now: datetime) -> Finding:
    """A backup that was made lately, where it was meant to be."""
    last = backups.last(settings.DATA)
    if last is None:
        return Finding(False, "There is no backup yet: run “goldenthread backup”.")
    if now - last.at > BACKED_UP_WITHIN:
        days = (now - last.at).days
        return Finding(False, f"The last backup is {days} days old: run “goldenthread backup”.")
    return Finding(True, f"The last backup was made on {clock.today(last.at):%-d %B}.")


def old_keys(now: datetime) -> Finding:
    """Backups older than 35 days open no more, so that what was erased stays erased."""
    keys = vault.made_in(backups.key_folder(settings.DATA))
    if any(now - made > backups.OPENED_FOR + DAY for made in keys.values()):
        return Finding(False, "Keys of backups are older than 35 days: is the worker running?")
    return Finding(True, "No backup older than 35 days can be opened.")


def record(now: datetime) -> Finding:
    """The record was verified last night, and matched."""
    last = verified.last(settings.DATA)
    if last is None:
        return Finding(False, "The record was never verified: run “goldenthread record verify”.")
    if last.faults:
        return Finding(False, f"The record does not match. {last.faults[0]}")
    if now - last.at > VERIFIED_WITHIN:
        return Finding(False, "The record was not verified for two days: is the worker running?")
    return Finding(True, f"All {last.size:,} entries of the record matched last night.")


def keepers(now: datetime) -> Finding:
    """At least two bodies outside have co-signed the record lately."""
    yesterday = clock.today(now) - timedelta(days=1)
    lately = [each.name for each in witnesses() if each.agreed_on and each.agreed_on >= yesterday]
    if len(lately) < ENOUGH_KEEPERS:
        counted = f"{len(lately)} of {ENOUGH_KEEPERS} outside keepers"
        return Finding(False, f"{counted} co-signed the record since yesterday.")
    return Finding(True, f"These keep the record outside: {', '.join(lately)}.")


def letters(now: datetime) -> Finding:
    """Letters leave."""
    failed = Letter.objects.filter(state=Letter.State.FAILED).count()
    if failed:
        counted = "One letter" if failed == 1 else f"{failed} letters"
        return Finding(False, f"{counted} could not be sent: see “doctor --mail-to”.")
    waiting = Letter.objects.filter(state=Letter.State.WAITING, not_before__gt=now).count()
    if waiting:
        return Finding(False, f"The mail server did not take {waiting} letters; we try again.")
    return Finding(True, "No letter is stuck.")


def safe_settings(_now: datetime) -> Finding:
    """Nothing is set that would betray people."""
    if found := unsafe.faults(settings):
        return Finding(False, found[0])
    return Finding(True, f"The settings are safe; people reach this site at {settings.SITE_URL}.")


def django_checks(_now: datetime) -> Finding:
    """The framework's own checks, and ours."""
    try:
        call_command("check", databases=["default"], stdout=StringIO())
    except SystemCheckError as error:
        lines = [line for line in str(error).splitlines() if line.strip()]
        return Finding(False, f"The system check finds: {lines[-1].strip()}")
    return Finding(True, "The system check finds nothing.")


CHECKS: Final[dict[str, Callable[[datetime], Finding]]] = {
    "Settings": safe_settings,
    "Backup": backup,
    "Keys of backups": old_keys,
    "Record": record,
    "Keepers outside": keepers,
    "Background work": worker,
    "Readers": readers,
    "Help lines": help_lines,
    "Durability": durability,
    "Silence of the log": silence,
    "Database": database,
    "Tables": tables,
    "Disk": housing.disk,
    "Room for backups": housing.backup_disk,
    "Letters": letters,
    "Clock": housing.clock_right,
    "System check": django_checks,
    "Installed": housing.installed,
    "Versions": housing.versions,
}
OUTSIDE: Final[dict[str, Callable[[datetime], Finding]]] = {  # too slow for a page
    "Mail": outside.mail,
    "HTTPS": outside.door,
}
EVERYTHING: Final = CHECKS | OUTSIDE
