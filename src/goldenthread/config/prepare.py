"""Before the first page: tables and static files up to date."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from goldenthread.config import unsafe
from goldenthread.config.installation import Installation
from goldenthread.config.restoring import erase_again
from goldenthread.kit.translation.catalogues import compile_into
from goldenthread.kit.translation.offered import checked_by, languages
from goldenthread.thread.published import newest
from goldenthread.thread.services import keep_name

ASK_AGAIN = 0.5  # seconds


def keep_record_name() -> None:
    """A record from before names were kept has its heads' name, whatever the address is now."""
    if newest() is not None:
        keep_name()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait until no other machine prepares; the database lets go of the lock if we die.

    It is held by the connection, so it needs the database itself, not a pooler before it. We ask
    again and again: a statement that waits would hold up an index that is made concurrently.
    """
    while not _lock("pg_try_advisory_lock"):
        time.sleep(ASK_AGAIN)
    try:
        yield
    finally:
        _lock("pg_advisory_unlock")


def _lock(function: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(hashtextextended('goldenthread prepare', 0))")
        (done,) = cursor.fetchone()
    return bool(done)


def prepare(data: Path, *, example: bool) -> None:
    """Migrate, keep the record's name, erase again, collect static files.

    When the database is new it is noted that the example is wanted. Erasing again is for a
    database that was put back by other means than ours.
    """
    unsafe.refuse(settings)
    with one_at_a_time():
        if example and not connection.introspection.table_names():
            Installation(data).example_wanted.touch()
        call_command("migrate", interactive=False, verbosity=0)
        keep_record_name()
        erase_again()
    compile_into(data / "languages", [code for code in languages() if checked_by(code)])
    call_command("collectstatic", interactive=False, verbosity=0)
