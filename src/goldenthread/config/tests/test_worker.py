import time
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from goldenthread.config import upkeep
from goldenthread.config.worker import TRIES, Worker, do, rescue
from goldenthread.kit import clock, schedule
from goldenthread.kit.models import Round

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
done: list[str] = []


@task()
def remember(word):
    done.append(word)


@task()
def stumble(word):
    raise ValueError(f"{word} is in the message")


@pytest.fixture(autouse=True)
def nothing_done_yet():
    done.clear()


@pytest.fixture
def worker():
    return Worker()


# Among the rounds tables are rewritten, which nothing can do in a transaction.
WITH_ALL_ROUNDS = pytest.mark.django_db(transaction=True)


@WITH_ALL_ROUNDS
def test_what_is_ready_is_done_once(worker):
    remember.enqueue("one")
    remember.enqueue("two")
    worker.round(clock.now())
    worker.round(clock.now())
    assert done == ["one", "two"]
    assert DBTaskResult.objects.successful().count() == 2


@pytest.mark.django_db
def test_a_failure_is_tried_again_later_and_then_given_up(worker):
    row = DBTaskResult.objects.get(id=stumble.enqueue("canary").id)
    now = NOW
    waits = []
    for _ in range(TRIES):
        row.refresh_from_db()
        row.claim(worker.name)
        do(row, now)
        waits.append(row.run_after - now)
        now = row.run_after
    assert row.status == TaskResultStatus.FAILED
    assert waits[: TRIES - 1] == sorted(waits[: TRIES - 1])
    assert waits[0] >= timedelta(seconds=10)


@WITH_ALL_ROUNDS
def test_the_words_of_an_error_reach_neither_row_nor_log(worker, caplog):
    stumble.enqueue("canary")
    worker.round(clock.now())
    row = DBTaskResult.objects.get()
    assert "ValueError" in row.exception_class_path
    assert row.traceback == ""
    assert "stumble" in caplog.text
    assert "canary" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_task_is_taken_over_only_when_its_worker_is_dead(worker):
    row = DBTaskResult.objects.get(id=remember.enqueue("mine").id)
    row.claim(worker.name)
    with psycopg.connect(**connection_of(settings)) as alive:
        alive.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [worker.name])
        assert rescue(NOW) == 0
    for _moment in range(100):  # the server lets go a moment after the line is cut
        if rescued := rescue(NOW):
            break
        time.sleep(0.1)
    assert rescued == 1
    Worker().round(clock.now())
    assert done == ["mine"]


def connection_of(settings):
    """How to reach the database of this test beside Django's own connection."""
    given = connection.get_connection_params()
    return {name: given[name] for name in ("dbname", "user", "host", "port") if name in given}


@pytest.mark.django_db(transaction=True)
def test_a_running_worker_shows_its_presence(worker):
    worker.show_presence()
    worker.show_presence()
    with psycopg.connect(**connection_of(settings)) as other:
        held = other.execute(
            "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database"
            " WHERE locktype = 'advisory' AND datname = current_database()"
        )
        assert held.fetchone() == (1,)
    connection.close()


@task()
def lose_the_line():
    connection.close()


@task()
def look_whether_we_are_seen():
    name = DBTaskResult.objects.running().get().worker_ids[-1]
    with psycopg.connect(**connection_of(settings)) as other:
        free = other.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
        done.append("dead" if free.fetchone()[0] else "alive")


@WITH_ALL_ROUNDS
def test_a_worker_that_lost_its_line_is_seen_again_before_its_next_task(worker):
    lose_the_line.enqueue()
    look_whether_we_are_seen.enqueue()
    worker.show_presence()
    worker.round(clock.now())
    assert done == ["alive"]
    connection.close()


at_work: list[Worker] = []


@task()
def take_long():
    """Goes on until somebody else has moved the heartbeat."""
    heart = Round.objects.filter(name=upkeep.HEARTBEAT)
    heart.update(due_at=clock.now() - timedelta(hours=1))
    for _moment in range(1000):
        if upkeep.worker_alive(clock.now()):
            done.append("seen")
            break
        time.sleep(0.05)
    at_work.pop().stop()


@WITH_ALL_ROUNDS
def test_a_worker_is_seen_while_it_does_something_long(worker, monkeypatch):
    monkeypatch.setattr(upkeep, "HEARTBEAT_EVERY", timedelta(seconds=0.1))
    take_long.enqueue()
    at_work.append(worker)
    worker.run()
    assert done == ["seen"]
    connection.close()


@pytest.mark.django_db
def test_before_its_first_round_no_worker_is_seen():
    upkeep.beat(NOW)
    assert not upkeep.worker_alive(NOW)


@WITH_ALL_ROUNDS
def test_the_heartbeat_shows_a_worker_and_its_absence(worker):
    assert not upkeep.worker_alive(NOW)
    schedule.run_due(NOW)
    assert upkeep.worker_alive(NOW)
    assert upkeep.worker_alive(NOW + timedelta(seconds=60))
    assert not upkeep.worker_alive(NOW + timedelta(minutes=5))


@pytest.mark.django_db
def test_finished_tasks_are_forgotten(worker):
    for days, status in ((0, "SUCCESSFUL"), (2, "SUCCESSFUL"), (2, "FAILED"), (31, "FAILED")):
        row = DBTaskResult.objects.get(id=remember.enqueue(f"{days}").id)
        row.status, row.finished_at = status, NOW - timedelta(days=days)
        row.save()
    upkeep.forget_finished_tasks(now=NOW)
    assert DBTaskResult.objects.count() == 2
