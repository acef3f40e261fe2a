"""Two machines over one database: what one knows the other knows, and one may die at any moment."""

import http.client
import signal
import threading
import time
from collections import Counter
from datetime import timedelta
from itertools import pairwise

import psycopg
import pytest
from tests.resilience.house import wait_until
from tests.resilience.nodes import FORMS_AN_HOUR, TOKEN, Several
from tests.resilience.visitor import Visitor
from tests.resilience.visitors import Sender

pytestmark = [pytest.mark.submission, pytest.mark.xdist_group("several")]
FORMS, SENDERS, READERS, TASKS = 160, 4, 2, 300
FORMS_AFTER = 10  # of each sender, when a machine was killed
MEMBER = "mina@example.org"
LEAVING = 6.0  # seconds: by then the web server has been asked to end; it waits ten for requests
SOMEBODY, SOMEBODY_LATER, SOMEBODY_ELSE = "203.0.113.7", "203.0.113.9", "203.0.113.8"
LISTEN = """
from datetime import timedelta
from goldenthread.kit import clock
from goldenthread.listen.voices import formkeys
from goldenthread.organisations.models import HelpLine
from goldenthread.projects.models import Stage
from goldenthread.projects.queries import listening
from goldenthread.projects.tests.factories import listening_project
now, day = clock.now(), timedelta(days=1)
around = listening_project()
HelpLine.objects.update(verified_on=clock.today(now))
window = Stage.objects.filter(project=around.project, name="listen")
window.update(opens_on=clock.today(now) - day, closes_on=clock.today(now) + 30 * day)
found = listening(around.project, now=now)
assert found.is_open, found.sentence
around.mina.email = given["member"]
around.mina.save()
begun = now - timedelta(minutes=1)
keys = [formkeys.begin(around.project.ref, now=begun) for _ in range(given["forms"])]
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE chores (key integer PRIMARY KEY)")
    cursor.execute("CREATE TABLE mailed (key integer)")
answer = [around.project.address, keys]
"""
LATER = """
from datetime import timedelta
from goldenthread.kit import clock
from tests.resilience.chores import WORKERS, chore, meet
at = clock.now() + timedelta(seconds=2)
for _worker in range(WORKERS):
    meet.using(run_after=at).enqueue()
for number in range(given["tasks"]):
    chore.using(run_after=at).enqueue(number, broken=False)
answer = at.timestamp()
"""
LEFT = """
SELECT count(*) FROM django_tasks_database_dbtaskresult
WHERE task_path LIKE '%chores.chore' AND status <> 'SUCCESSFUL'
"""
WHO_AND_WHEN = """
SELECT count(DISTINCT name), extract(epoch FROM min(started_at))
FROM django_tasks_database_dbtaskresult, jsonb_array_elements_text(worker_ids) AS name
WHERE task_path LIKE '%chores.%'
"""


@pytest.fixture(scope="module")
def several(tmp_path_factory):
    made = Several(tmp_path_factory.mktemp("several"))
    try:
        made.up()
        made.address, made.forms = made.ask(LISTEN, forms=FORMS, member=MEMBER)
        yield made
    finally:
        made.down()


@pytest.fixture
def both(several):
    """Both machines up, after each test that brought one down."""
    for each in (several.a, several.b):
        if not each.running():
            each.launch()
            each.wait()
    wait_until(lambda: all(status(n.port, "/ready/") == 200 for n in (several.a, several.b)))
    return several


def status(port, path, method="GET", **headers):
    """The status of a page; 0 when nothing answers."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        line.request(method, path, headers={"Host": f"localhost:{port}", **named})
        return line.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        line.close()


def rows(several, query, *values):
    with psycopg.connect(several.server.url) as connection:
        return connection.execute(query, values or None).fetchall()


def test_both_began_at_once_and_the_tables_were_made_once(both):
    done = Counter(rows(both, "SELECT app, name FROM django_migrations"))
    assert set(done.values()) == {1}
    assert both.a.data.joinpath("answers").resolve() == both.b.data.joinpath("answers").resolve()
    assert status(both.b.port, "/metrics/") == 404
    assert status(both.b.port, "/metrics/", authorization=f"Bearer {TOKEN}") == 200


def test_who_signed_in_on_one_machine_is_signed_in_on_the_other(both):
    here = signed_in(both.a)
    there = Visitor(both.b.port, "127.0.0.1")
    there.cookies = dict(here.cookies)
    code, page = there.get("/account/")
    assert code == 200
    assert "Mina" in page
    code, page = Visitor(both.b.port, "127.0.0.1").get("/account/")
    assert "Mina" not in page


def signed_in(node):
    visitor = Visitor(node.port, "127.0.0.1")
    visitor.post("/account/sign-in/", email=MEMBER)
    mail = max((node.data / "mailbox").iterdir(), key=lambda path: path.stat().st_mtime_ns)
    line = next(each for each in mail.read_text().splitlines() if each.startswith("    "))
    visitor.post("/account/sign-in/code/", code=line.strip())
    return visitor


def test_a_limit_reached_on_one_machine_holds_on_the_other(both):
    def send(node, address):
        return status(node.port, "/help/", "POST", X_Forwarded_For=address)

    for address in (SOMEBODY, SOMEBODY_LATER):
        hour = time.time() // 3600
        answers = {send(both.a, address) for _ in range(FORMS_AN_HOUR)}
        full = [send(node, address) for node in (both.a, both.b)]
        if time.time() // 3600 == hour:  # else counting began anew in the midst of it
            break
    assert 429 not in answers
    assert full == [429, 429]
    assert send(both.b, SOMEBODY_ELSE) != 429


class Reader(threading.Thread):
    """A member who opens one page after another; each again until it comes."""

    def __init__(self, several, cookies):
        super().__init__(daemon=True)
        self.several, self.stopped = several, threading.Event()
        self.cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self.tries: list[int] = []

    def run(self):
        path = f"/p/{self.several.address}/"
        while not self.stopped.is_set():
            tries = 1
            while status(self.several.site, path, cookie=self.cookie) != 200:
                tries += 1
                time.sleep(0.05)
            self.tries.append(tries)


def test_a_machine_killed_under_load_loses_nothing(both):
    cookies = signed_in(both.a).cookies
    forms = [(f"under load {number:03}", key) for number, key in enumerate(both.forms)]
    path = f"/p/{both.address}/speak/"
    killed = threading.Event()
    senders = [
        Sender(both.site, path, some_after(killed, forms[n::SENDERS])) for n in range(SENDERS)
    ]
    readers = [Reader(both, cookies) for _ in range(READERS)]
    at = both.ask(LATER, tasks=TASKS)
    for each in (*senders, *readers):
        each.start()
    wait_until(lambda: rows(both, "SELECT count(*) FROM mailed")[0][0] > 20)
    wait_until(lambda: sum(len(each.acknowledged) for each in senders) > 20)
    wait_until(lambda: rows(both, WHO_AND_WHEN)[0][0] == 2)
    killed.set()
    both.b.kill()
    for each in senders:
        each.join()
    before = [len(each.tries) for each in readers]
    wait_until(lambda: all(len(r.tries) > n + 3 for r, n in zip(readers, before, strict=True)))
    for each in readers:
        each.stopped.set()
        each.join()
    voices_are_there_once(both, senders, forms)
    assert max(max(each.tries) for each in readers) <= 3  # the other machine answered
    wait_until(lambda: left(both) == 0)
    tasks_were_done_once(both, at)


def some_after(event, forms):
    """Forms of which the last few are sent after an event, however fast the others were."""
    yield from forms[:-FORMS_AFTER]
    event.wait()
    yield from forms[-FORMS_AFTER:]


def voices_are_there_once(several, senders, forms):
    """What was acknowledged, and all was in the end, is there once."""
    said = {text for each in senders for text in each.acknowledged}
    assert said == {text for text, _key in forms}
    query = "SELECT text FROM reading_words WHERE text LIKE 'under load %'"
    assert Counter(text for (text,) in rows(several, query)) == Counter(said)


def left(several):
    return rows(several, LEFT)[0][0]


def tasks_were_done_once(several, at):
    """By both machines, not before their time; what the dead one had begun, by the other."""
    assert rows(several, "SELECT count(*) FROM chores") == [(TASKS,)]
    [(mailed, different)] = rows(several, "SELECT count(*), count(DISTINCT key) FROM mailed")
    assert different == TASKS
    assert mailed - TASKS <= 1  # at most the one in hand when it died
    [(workers, first)] = rows(several, WHO_AND_WHEN)
    assert workers == 2
    assert float(first) >= at


def test_two_workers_do_each_round_once_and_end_when_asked(several):
    """Each notes the moment it went by: the next is due a second after it."""
    with psycopg.connect(several.server.url) as connection:
        connection.execute("CREATE TABLE ticks (at timestamptz)")
    workers = [several.worker("tests.resilience.rounds") for _ in range(2)]
    wait_until(lambda: rows(several, "SELECT count(*) FROM ticks")[0][0] >= 5)
    for each in workers:
        each.send_signal(signal.SIGTERM)
    assert [each.wait(60) for each in workers] == [0, 0]
    moments = [at for (at,) in rows(several, "SELECT at FROM ticks ORDER BY at")]
    assert all(b - a >= timedelta(seconds=1) for a, b in pairwise(moments))


def test_a_machine_that_stops_finishes_what_it_began(both):
    answered = []
    path = f"/p/{both.address}/"
    slow = threading.Thread(target=lambda: answered.append(status(both.a.port, path)))
    with psycopg.connect(both.server.url) as held:
        held.execute("LOCK TABLE projects_project IN ACCESS EXCLUSIVE MODE")
        slow.start()
        wait_until(lambda: rows(both, "SELECT 1 FROM pg_locks WHERE NOT granted"))
        both.a.process.send_signal(signal.SIGTERM)
        wait_until(lambda: status(both.a.port, "/ready/") == 503)
        assert status(both.a.port, "/health/") == 200  # it still answers who comes
        time.sleep(LEAVING)
        assert {status(both.site, "/health/") for _ in range(20)} == {200}
        assert answered == []
        held.rollback()
    slow.join()
    assert answered == [200]
    assert both.a.process.wait(60) == 0
    assert both.a.words().rstrip().endswith("Stopped.")
