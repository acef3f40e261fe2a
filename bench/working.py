"""The worker of a filled installation: what it holds, and a reply that it carries to its voices."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from memory import held

from goldenthread.debrief.replies.models import Reply
from goldenthread.debrief.replies.services import send_reply, write_reply
from goldenthread.kit import clock, schedule
from goldenthread.kit.models import Round
from goldenthread.listen.themes.models import Theme
from goldenthread.people.accounts.models import Person

SETTLES = 15  # seconds until a worker that has nothing to do has come to rest
PATIENCE = 600


@dataclass
class Carried:
    """A reply that has arrived: to how many voices, and after how many seconds."""

    voices: int
    seconds: float
    idle_mb: float
    most_mb: float


@contextmanager
def worker(goldenthread: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker whose nights are done, so that only what comes round often is due."""
    now = clock.now()
    for each in schedule.scheduled():
        due = {"due_at": each.next_due(now)}
        Round.objects.update_or_create(name=each.name, defaults=due)
    working = subprocess.Popen([goldenthread, "--data", str(folder), "worker"])  # noqa: S603
    try:
        _wait_until_it_works()
        yield working
    finally:
        working.terminate()
        working.wait(timeout=60)


def _wait_until_it_works() -> None:
    """Wait for the first of its rounds."""
    rounds = Round.objects.filter(name__endswith=".carry_replies")
    due, until = rounds.get().due_at, time.monotonic() + PATIENCE
    while rounds.get().due_at == due and time.monotonic() < until:
        time.sleep(0.2)


def write(theme: Theme, by: Person) -> Reply:
    """Write a reply to everyone whose voice is in a topic."""
    return write_reply(
        by=by,
        project=theme.project,
        about_kind="theme",
        about=theme.ref,
        text="We heard you. From now on you hear from us each week.",
        happens_next="We meet on Monday and say what changes.",
        signed_by="Fred Bench, facilitator",
        now=clock.now(),
    )


def carry(working: subprocess.Popen[bytes], reply: Reply, by: Person) -> Carried:
    """Send it, and wait until the worker has carried it to the last voice."""
    time.sleep(SETTLES)
    idle = most = held(working.pid)
    began = time.monotonic()
    send_reply(by=by, reply=reply, now=clock.now())
    while reply.state != Reply.State.SENT and time.monotonic() < began + PATIENCE:
        time.sleep(0.25)
        most = max(most, held(working.pid))
        reply.refresh_from_db()
    return Carried(reply.reached, time.monotonic() - began, idle, most)
