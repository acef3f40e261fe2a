"""Tasks whose effect carries a unique key, and a worker that does them; run as a program."""

import time

import django
from django.db import connection, transaction
from django_tasks import task

WORKERS = 2


@task()
def chore(key: int, *, broken: bool) -> None:
    """An effect in the database, once by its key; then a mail, which cannot be taken back."""
    if broken:  # on purpose: what is still to be done is said to be done already
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE django_tasks_database_dbtaskresult SET status = 'SUCCESSFUL'"
                " WHERE status = 'RUNNING'"
            )
        time.sleep(0.02)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO chores (key) VALUES (%s) ON CONFLICT DO NOTHING", [key])
    time.sleep(0.005)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO mailed (key) VALUES (%s)", [key])


@task()
def meet() -> None:
    """Wait until as many workers do this: so all of them are at work, however slowly they woke."""
    query = (
        "SELECT count(*) FROM django_tasks_database_dbtaskresult"
        " WHERE task_path LIKE '%chores.meet' AND status <> 'READY'"
    )
    for _try in range(6000):
        with connection.cursor() as cursor:
            cursor.execute(query)
            if cursor.fetchone()[0] >= WORKERS:
                return
        time.sleep(0.05)


if __name__ == "__main__":
    django.setup()
    from goldenthread.config.worker import work

    work()
