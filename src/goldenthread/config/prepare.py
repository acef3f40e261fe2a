"""Before the first page: tables and static files up to date."""

from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from goldenthread.config import unsafe
from goldenthread.config.installation import Installation


def prepare(data: Path, *, example: bool) -> None:
    """Migrate and collect; note that the worked example is wanted when the database is new."""
    unsafe.refuse(settings)
    if example and not connection.introspection.table_names():
        Installation(data).example_wanted.touch()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
