"""What an upgrade needs to know of an installation before it changes anything, and afterwards."""

from datetime import datetime
from importlib.metadata import version as version_of
from typing import Any, Final

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from goldenthread.config.housing import commit
from goldenthread.config.upkeep import HEARTBEAT
from goldenthread.kit.models import Round
from goldenthread.organisations.models import Organisation

# What changes without anybody having written anything.
MACHINERY: Final = ("kit_round", "django_session", "django_tasks_database_dbtaskresult")
ROWS_WRITTEN: Final = """
    SELECT coalesce(sum(n_tup_ins + n_tup_upd + n_tup_del), 0)
    FROM pg_stat_user_tables WHERE schemaname = 'public' AND NOT relname = ANY(%s)
"""


def state() -> dict[str, Any]:
    """Tell the version, which changes of tables wait, and how much was ever written."""
    loader = MigrationLoader(connection)
    loader.build_graph()
    ours = {room for room, _ in loader.graph.nodes}
    unknown = [key for key in loader.applied_migrations if key not in loader.graph.nodes]
    return {
        "version": version_of("goldenthread"),
        "commit": commit(),
        "waiting": _waiting(),
        "unknown": sorted(_name(*key) for key in unknown if key[0] in ours),
        "written": _written(),
        "heartbeat": _heartbeat(),
        "organisations": _organisations(),
    }


def _name(room: str, migration: str) -> str:
    return f"{room}.{migration}"


def _waiting() -> list[dict[str, Any]]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [
        {
            "name": _name(each.app_label, each.name),
            "reversible": all(operation.reversible for operation in each.operations),
        }
        for each, _backwards in plan
    ]


def _written() -> int:
    with connection.cursor() as cursor:
        cursor.execute(ROWS_WRITTEN, [list(MACHINERY)])
        (rows,) = cursor.fetchone() or (0,)
    return int(rows)


def _heartbeat() -> str | None:
    """When the worker's next sign of life is due; moves on while one works."""
    if Round._meta.db_table not in connection.introspection.table_names():
        return None
    rounds = Round.objects.filter(name=HEARTBEAT)
    due: datetime | None = rounds.values_list("due_at", flat=True).first()
    return due.isoformat() if due else None


def _organisations() -> int:
    if Organisation._meta.db_table not in connection.introspection.table_names():
        return 0
    return Organisation.objects.count()
