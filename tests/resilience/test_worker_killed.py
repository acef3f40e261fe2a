"""R5: a worker that is killed again and again does each task's work once, and loses no letter."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter

import psycopg
import pytest
from tests.resilience.house import ROOT, inside, own_environment, wait_until

from goldenthread.kit.database import Server

pytestmark = [pytest.mark.submission, pytest.mark.xdist_group("lived-in")]
TASKS = 500
KILLS = 12
PREPARE = """
from django.db import connection
from tests.resilience.chores import chore
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE IF NOT EXISTS chores (key integer PRIMARY KEY)")
    cursor.execute("CREATE TABLE IF NOT EXISTS mailed (key integer)")
    cursor.execute("TRUNCATE chores, mailed")
for number in range(given["tasks"]):
    chore.enqueue(number, broken=given["broken"])
answer = True
"""


class Killed:
    """A worker of its own on a house, which is killed at random and started again."""

    def __init__(self, house, server, program="tests.resilience.chores"):
        self.program = program
        given = {
            "GOLDENTHREAD_DATA": str(house.data),
            "GOLDENTHREAD_KEYS": str(house.data / "keys.json"),
            "DATABASE_URL": server.url,
            "DJANGO_SETTINGS_MODULE": "goldenthread.config.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        }
        self.environment = own_environment() | given
        self.process = None

    def start(self, *options):
        command = [sys.executable, "-m", self.program, *options]
        self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def work_under_fire(house, *, broken=False):
    """Do all chores with a worker that is killed; return how often each was done and mailed."""
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r})\n" + PREPARE
    inside(house.data, code, tasks=TASKS, broken=broken)
    house.stop()
    server = Server(house.data)
    server.start()
    worker = Killed(house, server)

    def asked(query):
        with psycopg.connect(server.url) as connection:
            return [key for (key,) in connection.execute(query).fetchall()]

    def left():
        open_tasks = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status IN "
        return asked(f"{open_tasks} ('READY', 'RUNNING') AND task_path LIKE '%chores.chore'")[0]

    try:
        for kill in range(KILLS):
            worker.start()
            goal = TASKS - (kill + 1) * TASKS // (KILLS + 1)
            wait_until(lambda: left() <= goal)  # noqa: B023 -- asked at once
            time.sleep(random.uniform(0, 0.1))
            worker.kill()
        worker.start()
        wait_until(lambda: left() == 0)
        worker.kill()
        return Counter(asked("SELECT key FROM chores")), Counter(asked("SELECT key FROM mailed"))
    finally:
        if worker.process.poll() is None:
            worker.kill()
        server.stop()


def test_each_effect_happens_once_and_each_mail_at_least_once(lived_in):
    done, mailed = work_under_fire(lived_in)
    assert done == Counter(range(TASKS))
    assert set(mailed) == set(range(TASKS))
    assert mailed.total() - TASKS <= KILLS


@pytest.mark.weekly  # a control: it fails when the check is blind
def test_a_task_that_is_marked_done_before_its_work_is_caught(lived_in):
    done, _mailed = work_under_fire(lived_in, broken=True)
    assert set(done) < set(range(TASKS))
