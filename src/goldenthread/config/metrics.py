"""Figures for those who keep it running, in the OpenMetrics format; none about people.

Counts of requests come from the processes that answer on this machine. All else is asked of the
database, so that it is the same whichever machine is asked.
"""

import os
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import Error, connection
from django.db.models import Case, Min, Q, When
from django_tasks_db.models import DBTaskResult
from prometheus_client import REGISTRY, CollectorRegistry
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from goldenthread.config import backups, doctor, verified
from goldenthread.config.readiness import cache_answers
from goldenthread.config.upkeep import worker_alive
from goldenthread.kit import clock
from goldenthread.people.notifications.models import Letter

CONTENT_TYPE = CONTENT_TYPE_LATEST
COUNTS = ("goldenthread_requests", "goldenthread_failures", "goldenthread_request_seconds")
Figure = tuple[str, str, float]  # name, what it is, value


def written() -> bytes:
    """Return all figures as they stand."""
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # untyped library
    else:
        registry.register(_Ours())
    registry.register(_Asked())
    return bytes(generate_latest(registry))  # type: ignore[no-untyped-call]  # as above


class _Ours(Collector):
    """The counts of this process, without what the library tells of Python."""

    def collect(self) -> Iterator[Metric]:
        return (each for each in REGISTRY.collect() if each.name in COUNTS)


class _Asked(Collector):
    """What the database, the folder and the cache say."""

    def collect(self) -> Iterator[Metric]:
        for name, said, value in _figures(clock.now()):
            yield GaugeMetricFamily(f"goldenthread_{name}", said, value=value)


def _figures(now: datetime) -> Iterator[Figure]:
    yield "cache_up", "1 while the cache answers.", float(cache_answers())
    yield from _of_notes(now)
    try:
        found = [*_of_tasks(now), *_of_letters(now), *_of_server(now)]
    except Error:
        found = []
    yield "database_up", "1 while the database answers.", float(bool(found))
    yield from found


def _of_notes(now: datetime) -> Iterator[Figure]:
    if backup := backups.last(settings.DATA):
        yield "backup_age_seconds", "Since the last backup.", (now - backup.at).total_seconds()
    if record := verified.last(settings.DATA):
        yield "record_verified_age_seconds", "Since then.", (now - record.at).total_seconds()
        yield "record_faults", "What did not match then.", float(len(record.faults))


def _of_tasks(now: datetime) -> Iterator[Figure]:
    due = DBTaskResult.objects.ready()
    since = Case(When(run_after__lte=now, then="run_after"), default="enqueued_at")
    yield "worker_up", "1 while a worker moves on.", float(worker_alive(now))
    yield "tasks_due", "Tasks that could be done now.", float(due.count())
    oldest = due.aggregate(since=Min(since))["since"]
    yield "tasks_oldest_seconds", "How long the oldest waits.", _age(oldest, now)
    yield "tasks_failed", "Given up after five tries.", float(DBTaskResult.objects.failed().count())


def _of_letters(now: datetime) -> Iterator[Figure]:
    waiting = Letter.objects.filter(state=Letter.State.WAITING)
    due = waiting.filter(Q(not_before=None) | Q(not_before__lte=now))
    yield "letters_waiting", "Mails that have not gone.", float(waiting.count())
    yield "letters_due", "Those that could go now.", float(due.count())


def _of_server(now: datetime) -> Iterator[Figure]:
    late = doctor.readers(now)
    yield "reading_late", "1 while words wait a day longer than promised.", float(not late.well)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), current_setting('max_connections')::int FROM pg_stat_activity"
            " WHERE datname = current_database()"
        )
        used, most = cursor.fetchone() or (0, 0)
    yield "database_connections", "Open to our database.", float(used)
    yield "database_connections_most", "How many the server takes.", float(most)


def _age(since: datetime | None, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds()) if since else 0.0
