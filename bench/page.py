"""One page to measure: how it is asked for, and what shows that it is the real one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

from goldenthread.kit import clock
from goldenthread.listen.voices import formkeys

LARGE = "bench"  # the address of the large project
FACILITATOR = "fred@bench.example"
Ask = Callable[[Any, int], Any]


def nothing(_client: Any, _number: int) -> None:
    """Nothing has to be done before."""


@dataclass(frozen=True)
class Page:
    """A page to measure. `ask` gets a client and the number of the request."""

    name: str
    ask: Ask  # of a test client, or of one that only notes what is asked
    path: str = ""  # to open in a browser; empty for what is only sent
    by: str = ""  # who is signed in
    answers: int = 200
    counted: str = ""  # what stands in the page once a row
    rows: int = 0  # as many at least, or it is not the page we mean
    alone: bool = False  # each needs what the one before has done: never many at once
    before: Ask = nothing  # what leads to it, and is not measured


def get(name: str, path: str, counted: str = "", rows: int = 0) -> Page:
    """Return a page that is only read."""
    return Page(name, lambda client, _n: client.get(path), path, "", 200, counted, rows)


def staff(page: Page) -> Page:
    """Let the facilitator ask for it."""
    return replace(page, by=FACILITATOR)


def begun(project: UUID) -> str:
    """Return the key of a form that was begun long enough ago."""
    return formkeys.begin(project, now=clock.now() - timedelta(minutes=5))
