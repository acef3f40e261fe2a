"""Making erased bytes go: what was deleted or emptied stays in its file until that is rewritten.

Each night the tables in which something was changed are rewritten whole, with their indexes and
statistics; then the write-ahead log is closed and what is behind the checkpoint deleted.
"""

import logging
from collections.abc import Iterable

from django.db import OperationalError, ProgrammingError, connection

from goldenthread.kit.held import holdings

LIBRARIES = ("account_emailaddress", "django_session", "mfa_authenticator")
WAIT = "10s"  # for a lock; a table that is busy is rewritten the next night
log = logging.getLogger("goldenthread.retention")


def scrub() -> list[str]:
    """Rewrite the tables about people in which rows were changed or deleted; returns their names.

    Not in a transaction. On a server of your own, what its rights do not allow is left out.
    """
    done = [table for table in _changed() if _try(f'VACUUM (FULL, ANALYZE) "{table}"')]
    for table in done:
        _try("SELECT pg_stat_reset_single_table_counters(%s::regclass)", table)
    if done:
        _try("VACUUM (FULL) pg_catalog.pg_statistic")  # it keeps frequent values of columns
        _try("SELECT pg_switch_wal()")
        _try("CHECKPOINT")
    return done


def _changed() -> list[str]:
    ours: Iterable[str] = (model._meta.db_table for model, _held in holdings())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(
            "SELECT relname FROM pg_stat_user_tables"
            " WHERE relname = ANY(%s) AND n_tup_upd + n_tup_del > 0 ORDER BY relname",
            [[*ours, *LIBRARIES]],
        )
        return [row[0] for row in cursor.fetchall()]


def _try(statement: str, *given: str) -> bool:
    """Run it by itself; what may not be done here, or must wait too long, is left for later."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = %s", [WAIT])
            cursor.execute(statement, given or None)
    except (OperationalError, ProgrammingError) as error:
        log.warning("what was erased was not rewritten: %s", type(error).__name__)
        return False
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET lock_timeout")
    return True
