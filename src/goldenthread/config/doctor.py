"""Is this installation sound? Each check answers with one sentence."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from goldenthread.config import unsafe
from goldenthread.config.installation import OLDEST_SERVER
from goldenthread.config.upkeep import worker_alive
from goldenthread.kit import clock
from goldenthread.organisations.models import HelpLine

CHECKED_WITHIN = timedelta(days=90)
SPACE_NEEDED = 1024**3


@dataclass(frozen=True)
class Finding:
    """One sentence, and whether all is well."""

    well: bool
    sentence: str


def examine() -> int:
    """Print every finding; return 0 when all is well, otherwise 1."""
    findings = list(look(clock.now()))
    for finding in findings:
        print("  well " if finding.well else "  MEND ", finding.sentence)
    faults = sum(not finding.well for finding in findings)
    print("All is well." if not faults else f"{faults} to mend.")
    return 1 if faults else 0


def look(now: datetime) -> Iterator[Finding]:
    """Go through all checks."""
    checks: list[Callable[[datetime], Finding]] = [
        database,
        tables,
        durability,
        silence,
        safe_settings,
        worker,
        help_lines,
        disk,
        django_checks,
    ]
    for check in checks:
        yield check(now)


def database(_now: datetime) -> Finding:
    """PostgreSQL, and new enough."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (version,) = cursor.fetchone() or ("0",)
    well = int(str(version).split(".", maxsplit=1)[0]) >= OLDEST_SERVER
    wanted = "" if well else f"; {OLDEST_SERVER} or newer is needed"
    return Finding(well, f"The database is PostgreSQL {version}{wanted}.")


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
    names = HelpLine.objects.filter(verified_on__lt=oldest).values_list("name", flat=True)[:5]
    if stale := list(names):
        return Finding(False, f"Help lines not checked for 90 days: {', '.join(stale)}.")
    return Finding(True, "Every help line was checked within 90 days.")


def disk(_now: datetime) -> Finding:
    """Room to write."""
    free = shutil.disk_usage(settings.DATA).free
    return Finding(free >= SPACE_NEEDED, f"{free / 1024**3:.1f} GB of disk are free.")


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
