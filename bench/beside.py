"""Every other page that is read: in the large project where it needs no more than its address.

All else is asked for in a small project beside it, that of the role matrix, in which there is one
of everything; each page by somebody whom the table of the matrix lets in.
"""

import json
import statistics
import sys
import time
from collections.abc import Collection, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from costs import spent
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from page import LARGE

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.matrix.test_matrix import ADDRESS, GOLDEN, filled, routes  # noqa: E402
from tests.matrix.world import AT, ROLES, World, build, client_of  # noqa: E402

from goldenthread.kit import clock  # noqa: E402
from goldenthread.people.accounts.models import Person  # noqa: E402

TIMES = 5
OK = 200
STAFF = {"facilitator": "fred", "reader": "rita", "safeguarder": "prue", "decision-maker": "dora"}


@dataclass
class Other:
    """One page, who asked for it, and what it cost."""

    route: str
    by: str
    large: bool  # whether in the large project
    queries: int = 0
    app: float = 0.0
    database: float = 0.0
    kilobytes: float = 0.0


def small_world() -> World:
    """Build the small project; before the large one, since its days lie before."""
    with clock.frozen(AT):
        return build("beside")


def measure_others(world: World, done: Collection[str]) -> list[dict[str, Any]]:
    """Measure every page that somebody may read and that is not done already."""
    return [asdict(other) for other in _others(world, done)]


def readers() -> dict[str, str]:
    """Return for each route that is read the first role that the matrix lets in."""
    table = json.loads(GOLDEN.read_text())
    found: dict[str, str] = {}
    for role in ROLES:
        for route, answers in table.get(role, {}).items():
            if answers.startswith(f"get {OK}"):
                found.setdefault(route, role)
    return found


def _others(world: World, done: Collection[str]) -> Iterator[Other]:
    who = readers()
    for name, path in sorted(routes()):
        role = who.get(f"{name} {path}")
        if role is None or name in done:
            continue
        if set(ADDRESS.findall(path)) == {"project"} and (role == "guest" or role in STAFF):
            other = Other(name, role, large=True)
            if _measure(other, _staff(role), filled(path, {"project": LARGE})):
                yield other
                continue
        with clock.frozen(AT):
            other = Other(name, role, large=False)
            client = client_of(world, role)
            client.defaults["SERVER_NAME"] = "localhost"  # that of tests is not let in here
            if _measure(other, client, filled(path, world.refs)):
                yield other


def _staff(role: str) -> Client:
    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    if role in STAFF:
        client.force_login(Person.objects.get(email=f"{STAFF[role]}@bench.example"))
    return client


def _measure(other: Other, client: Client, path: str) -> bool:
    """Ask a few times; false where it is not to be had here."""
    if _ask(client, path)[0] != OK:
        return False
    with CaptureQueriesContext(connection) as statements:
        _status, size = _ask(client, path)
    other.queries, other.kilobytes = len(statements), size / 1000
    process = connection.connection.info.backend_pid
    app, database = [], []
    for _again in range(TIMES):
        before, began = spent(process), time.process_time_ns()
        _ask(client, path)
        app.append((time.process_time_ns() - began) / 1e6)
        database.append((spent(process) - before) / 1e6)
    other.app, other.database = statistics.median(app), statistics.median(database)
    return True


def _ask(client: Client, path: str) -> tuple[int, int]:
    answer: Any = client.get(path)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer.status_code, len(body)
