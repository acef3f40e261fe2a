"""Whether this machine can answer people just now."""

from functools import cache as once
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.cache import cache
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from goldenthread.kit.caches import away

_found: Final[set[str]] = set()  # tables that were up to date stay so for as long as we run


def state() -> dict[str, bool]:
    """Say part by part what is well."""
    database = database_answers()
    return {
        "staying": not (Path(settings.DATA) / "stopping").exists(),
        "database": database,
        "tables": database and tables_are_there(),
        "cache": cache_answers(),
    }


def database_answers() -> bool:
    """Whether the database takes a question."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    return True


def tables_are_there() -> bool:
    """Whether every migration that this program knows has been done."""
    if "tables" not in _found:
        done = MigrationRecorder(connection).applied_migrations()
        if _wanted() <= done.keys():
            _found.add("tables")
    return "tables" in _found


def cache_answers() -> bool:
    """Whether the cache takes a question; that of this process alone always does."""
    try:
        cache.get("ready")
    except away():
        return False
    return True


@once
def _wanted() -> frozenset[tuple[str, str]]:
    """Return the last migration of each room."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())
