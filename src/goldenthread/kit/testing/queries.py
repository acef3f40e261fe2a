"""How many queries something may cost, with a failure that shows which they were."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

SHOWN = 160


@contextmanager
def at_most(queries: int) -> Iterator[CaptureQueriesContext]:
    """Fail when the block asks the database more often than this."""
    with CaptureQueriesContext(connection) as captured:
        yield captured
    if len(captured) > queries:
        asked = "\n".join(
            f"{number:3}. {query['sql'][:SHOWN]}"
            for number, query in enumerate(captured.captured_queries, 1)
        )
        message = f"{len(captured)} queries, at most {queries} were agreed:\n{asked}"
        raise AssertionError(message)
