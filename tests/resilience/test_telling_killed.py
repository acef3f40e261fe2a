"""A reply on its way to many voices, and its worker killed: each is told once, nobody twice."""

from collections import Counter

import psycopg
import pytest
from tests.resilience.house import ROOT, House, clear, goldenthread, inside, wait_until
from tests.resilience.telling import HELD, SLICE, WHOLE
from tests.resilience.test_worker_killed import Killed

from goldenthread.kit.database import Server

pytestmark = pytest.mark.submission
PEOPLE, EACH, KEPT = 40, 3, 120  # people with accounts, their voices, voices of nobody known
KILLS = 3
SEND = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from goldenthread.act.decisions.tests.factories import agreed_theme
from goldenthread.debrief.replies.services import send_reply
from goldenthread.debrief.replies.tests.factories import by_member, by_nobody, written
from goldenthread.organisations.tests.factories import member
from goldenthread.projects.tests.factories import NOW, listening_project
here = listening_project()
people = [member(f"Told {{n}}", here.organisation) for n in range(given["people"])]
voices = [by_member(here, author=p) for p in people for _ in range(given["each"])]
voices += [by_nobody(here) for _ in range(given["kept"])]
theme = agreed_theme(here, [voice.ref for voice in voices])
answer = str(send_reply(by=here.tom, reply=written(here, "theme", theme), now=NOW).ref)
"""
TOLD = "SELECT voice_id FROM replies_told WHERE reply_id = %s"
LETTERS = "SELECT person_id FROM notifications_letter WHERE key LIKE 'reply:' || %s || ':%%'"
STANDS = "SELECT state || ' ' || reached FROM replies_reply WHERE ref = %s"
IN_A_SLICE = "SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction'"
ARRIVED = "SELECT count(*) FROM thread_entry WHERE kind = 'reply.arrived' AND about = %s"


def test_each_voice_is_told_once_and_each_person_written_to_once(tmp_path):
    house = House(tmp_path / "data")  # of its own: no record tells of voices made like these
    prepared = goldenthread(house.data, "prepare")
    assert prepared.returncode == 0, prepared.stderr
    reply = inside(house.data, SEND, people=PEOPLE, each=EACH, kept=KEPT)
    server = Server(house.data)
    server.start()
    worker = Killed(house, server, program="tests.resilience.telling")

    def asked(query, *values):
        with psycopg.connect(server.url) as connection:
            return [key for (key,) in connection.execute(query, values or None).fetchall()]

    try:
        for kill in range(KILLS):
            worker.start(HELD)
            kept = (kill + 1) * WHOLE * SLICE
            wait_until(lambda: len(asked(TOLD, reply)) == kept)  # noqa: B023 -- asked at once
            wait_until(lambda: asked(IN_A_SLICE) != [0])  # the next is begun and not yet kept
            worker.kill()
            assert asked(STANDS, reply) == [f"sending {kept}"]
        worker.start()
        wait_until(lambda: asked(STANDS, reply)[0].startswith("sent "))
        worker.kill()
        voices = PEOPLE * EACH + KEPT
        assert asked(STANDS, reply) == [f"sent {voices}"]
        assert set(Counter(asked(TOLD, reply)).values()) == {1}
        assert len(asked(TOLD, reply)) == voices
        assert set(Counter(asked(LETTERS, reply)).values()) == {1}
        assert len(asked(LETTERS, reply)) == PEOPLE
        assert asked(ARRIVED, reply) == [1]
    finally:
        if worker.process.poll() is None:
            worker.kill()
        server.stop()
        clear(house.data)
