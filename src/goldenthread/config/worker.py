"""Background work: the queue of the database, and what comes round by the clock."""

import logging
import os
import secrets
import signal
import socket
import threading
from contextlib import suppress
from datetime import datetime, timedelta
from types import FrameType
from typing import TYPE_CHECKING

from django.db import Error, OperationalError, close_old_connections, connection, transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from goldenthread.config import upkeep
from goldenthread.kit import clock, schedule

log = logging.getLogger(__name__)

if TYPE_CHECKING:
    Task = DBTaskResult[..., object]

TRIES = 5
REST = 1.0  # seconds to wait when there is nothing to do
LOOK_ROUND = 15.0  # seconds between looks for tasks whose worker died


class Worker:
    """Takes one task after another until told to stop; several may run beside each other."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"
        self._stop = threading.Event()
        self._looked_round: datetime | None = None

    def stop(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        """Finish the task at hand, then leave."""
        self._stop.set()

    def run(self) -> None:
        """Work until stopped; a database that is away is waited for."""
        threading.Thread(target=self._beat, daemon=True).start()
        while not self._stop.is_set():
            try:
                close_old_connections()
                self.show_presence()
                self.round(clock.now())
            except OperationalError:
                log.warning("The database is away; waiting for it.")
                connection.close()
            self._stop.wait(REST)

    def round(self, now: datetime) -> None:
        """Do all that is ready and due."""
        if self._looked_round is None or now - self._looked_round > timedelta(seconds=LOOK_ROUND):
            self._looked_round = now
            rescue(now)
        self._scheduled()
        while not self._stop.is_set() and (task := self._next()):
            do(task, clock.now())

    def show_presence(self) -> None:
        """Hold a lock that the database lets go of when we die: others see it and take over."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()"
            )
            if cursor.fetchone() is None:
                cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [self.name])

    def _beat(self) -> None:
        """Show beside a long task or round that we live; never in the first moments of a start."""
        while not self._stop.wait(upkeep.HEARTBEAT_EVERY.total_seconds()):
            with suppress(Error):
                upkeep.beat(clock.now())
            connection.close()  # this thread's own

    def _next(self) -> "Task | None":
        self.show_presence()  # a task that lost its connection took our lock with it
        with transaction.atomic():
            task: Task | None = DBTaskResult.objects.ready().get_locked()
            if task is not None:
                task.claim(self.name)
        return task

    def _scheduled(self) -> None:
        try:
            schedule.run_due()
        except OperationalError:
            raise
        except Exception as error:  # noqa: BLE001 -- one round's fault must not stop the others
            log.warning("Scheduled work failed (%s); it comes again.", _kind(error))


def do(task: "Task", now: datetime) -> None:
    """Run one task; if it fails, try again later, a few times. Words never reach log or row."""
    try:
        given = task.args_kwargs
        task.task.call(*given["args"], **given["kwargs"])
    except Exception as error:  # noqa: BLE001 -- whatever it was, it is tried again
        _failed(task, error, now)
    else:
        task.set_successful(None)


def _failed(task: "Task", error: Exception, now: datetime) -> None:
    tried = len(task.worker_ids)
    log.warning(
        "Task %(task)s failed (%(kind)s), try %(tried)d of %(tries)d.",
        {"task": task.task_path, "kind": _kind(error), "tried": tried, "tries": TRIES},
    )
    task.exception_class_path = _kind(error)
    if tried < TRIES:
        task.status = TaskResultStatus.READY
        task.run_after = now + timedelta(seconds=10 * 4**tried)
    else:
        task.status = TaskResultStatus.FAILED
        task.finished_at = now
    task.save(update_fields=["status", "run_after", "finished_at", "exception_class_path"])


def rescue(now: datetime) -> int:
    """Make tasks ready again whose worker died in the middle; return how many."""
    with transaction.atomic():
        running = DBTaskResult.objects.running().select_for_update(no_key=True, skip_locked=True)
        lost = [task for task in running if not _works(task.worker_ids[-1])]
        for task in lost:
            task.status = TaskResultStatus.READY
            task.run_after = now
            task.save(update_fields=["status", "run_after"])
    return len(lost)


def _works(name: str) -> bool:
    """Whether the worker of this name still holds its lock."""
    with connection.cursor() as cursor:
        free_lock = "SELECT pg_try_advisory_xact_lock_shared(hashtextextended(%s, 0))"
        cursor.execute(free_lock, [name])
        (free,) = cursor.fetchone()
    return not free


def _kind(error: Exception) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def work() -> None:
    """Run a worker in this process until SIGTERM or Ctrl-C."""
    worker = Worker()
    signal.signal(signal.SIGTERM, worker.stop)
    signal.signal(signal.SIGINT, worker.stop)
    worker.run()
