"""Before the first page: tables and static files up to date."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from goldenthread.config import unsafe
from goldenthread.config.installation import Installation
from goldenthread.config.restoring import erase_again


def prepare(data: Path, *, example: bool) -> None:
    """Migrate, erase again, collect; note that the example is wanted when the database is new.

    Erasing again is for a database that was put back by other means than ours.
    """
    unsafe.refuse(settings)
    if example and not connection.introspection.table_names():
        Installation(data).example_wanted.touch()
    call_command("migrate", interactive=False, verbosity=0)
    erase_again()
    call_command("collectstatic", interactive=False, verbosity=0)
