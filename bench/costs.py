"""What a page costs: statements, and CPU of application and database."""

import gc
import statistics
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from page import Page

from goldenthread.people.accounts.models import Person

ROUNDS, A_ROUND = 5, 10


@dataclass
class Row:
    """One measured page."""

    page: Page
    queries: int = 0
    rows: int = 0
    app: list[float] = field(default_factory=list)  # milliseconds, one a request
    database: list[float] = field(default_factory=list)
    kilobytes: float | None = None
    requests: int | None = None
    served: dict[int, tuple[float, float]] = field(default_factory=dict)  # by clients
    numbers: Any = field(default_factory=count)

    def as_told(self) -> dict[str, Any]:
        """Return it as it is kept in a file, one for each size."""
        return {
            "page": self.page.name,
            "writes": not self.page.path,
            "rows": self.rows,
            "queries": self.queries,
            "app": self.app_ms,
            "least": self.least_ms,
            "database": self.database_ms,
            "kilobytes": self.kilobytes,
            "requests": self.requests,
            "served": {str(clients): list(ms) for clients, ms in self.served.items()},
        }

    @property
    def app_ms(self) -> float:
        """CPU of the application, for one request."""
        return statistics.median(self.app)

    @property
    def least_ms(self) -> float:
        """CPU of the application, for the request that was disturbed least."""
        return min(self.app)

    @property
    def database_ms(self) -> float:
        """CPU of the database, for one request."""
        return statistics.median(self.database)


def measure(
    pages: Sequence[Page], *, rounds: int = ROUNDS, few: bool = False
) -> tuple[list[Row], float]:
    """Measure every page in turn, several rounds, so that a slow minute hits all alike.

    Where few have spoken, lists are shorter than `pages` says. Returns the pages, and the
    yardstick: how fast this machine was meanwhile.
    """
    with connection.cursor() as cursor:  # all of a plan in the process that we look at
        cursor.execute("set max_parallel_workers_per_gather = 0")
    rows = [_look(page, at_least=min(page.rows, 1) if few else page.rows) for page in pages]
    loops = []
    for _round in range(rounds):
        for row in rows:
            _time(row)
            loops.append(yardstick())
    return rows, statistics.median(loops)


def client_for(page: Page) -> Any:
    """Return a client after its first page, signed in where that is meant.

    The first page of a client is another thing: Django loads its middleware then.
    """
    client = Client(SERVER_NAME="localhost")
    if page.by:
        client.force_login(Person.objects.get(email=page.by))
    client.get("/")  # notes the sign of life that is noted once a minute
    return client


def _look(page: Page, *, at_least: int) -> Row:
    """Warm templates and plans, make sure that it is the real page, and count statements."""
    row = Row(page)
    client = client_for(page)
    for _again in range(3):
        number = next(row.numbers)
        page.before(client, number)
        with CaptureQueriesContext(connection) as statements:
            answer = page.ask(client, number)
    row.queries = len(statements)
    row.rows = answer.content.decode().count(page.counted) if page.counted else 0
    if answer.status_code != page.answers or row.rows < at_least:
        sys.exit(
            f"{page.name}: answered {answer.status_code} with {row.rows} rows, "
            f"not {page.answers} with {at_least} or more"
        )
    return row


def _time(row: Row) -> None:
    database = connection.connection.info.backend_pid
    client = client_for(row.page)
    gc.collect()
    for _again in range(A_ROUND):
        _forget(client, row.page)
        number = next(row.numbers)
        row.page.before(client, number)
        worked, began = spent(database), time.process_time_ns()
        answer = row.page.ask(client, number)
        row.app.append((time.process_time_ns() - began) / 1e6)
        row.database.append((spent(database) - worked) / 1e6)
        if answer.status_code != row.page.answers:
            sys.exit(f"{row.page.name}: answered {answer.status_code} while it was measured")


def yardstick() -> float:
    """Return the milliseconds of CPU that a million additions take."""
    began, total = time.process_time_ns(), 0
    for number in range(1_000_000):
        total += number
    return (time.process_time_ns() - began) / 1e6


def _forget(client: Any, page: Page) -> None:
    """Come as a guest who has not been here before, where nobody is signed in."""
    if not page.by:
        client.cookies.clear()


def spent(process: int) -> int:
    """Return the nanoseconds that a process has spent on a CPU."""
    return int(Path(f"/proc/{process}/schedstat").read_text().split()[0])
