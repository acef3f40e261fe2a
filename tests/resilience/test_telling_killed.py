"""A reply on its way to many voices, and its worker killed: each is told once, nobody twice."""

import time
from collections import Counter

import psycopg
import pytest
from tests.resilience.house import ROOT, inside, wait_until
from tests.resilience.telling import LINGERS, SLICE
from tests.resilience.test_worker_killed import Killed

from goldenthread.kit.database import Server

pytestmark = [pytest.mark.submission, pytest.mark.xdist_group("lived-in")]
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
ARRIVED = "SELECT count(*) FROM thread_entry WHERE kind = 'reply.arrived' AND about = %s"


def test_each_voice_is_told_once_and_each_person_written_to_once(lived_in):
    reply = inside(lived_in.data, SEND, people=PEOPLE, each=EACH, kept=KEPT)
    lived_in.stop()
    server = Server(lived_in.data)
    server.start()
    worker = Killed(lived_in, server, program="tests.resilience.telling")

    def asked(query):
        with psycopg.connect(server.url) as connection:
            return [key for (key,) in connection.execute(query, [reply]).fetchall()]

    try:
        for kill in range(KILLS):
            worker.start()
            wait_until(lambda: len(asked(TOLD)) >= (kill + 1) * 2 * SLICE)  # noqa: B023 -- at once
            time.sleep(LINGERS / 2)  # the next slice is written and not yet kept
            worker.kill()
            assert asked(STANDS)[0].startswith("sending ")
        worker.start()
        wait_until(lambda: asked(STANDS)[0].startswith("sent "))
        worker.kill()
        voices = PEOPLE * EACH + KEPT
        assert asked(STANDS) == [f"sent {voices}"]
        assert set(Counter(asked(TOLD)).values()) == {1}
        assert len(asked(TOLD)) == voices
        assert set(Counter(asked(LETTERS)).values()) == {1}
        assert len(asked(LETTERS)) == PEOPLE
        assert asked(ARRIVED) == [1]
    finally:
        if worker.process.poll() is None:
            worker.kill()
        server.stop()
