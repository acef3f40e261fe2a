"""The moderation log: every act by role and day, no words, no persons, safe to open."""

import csv
import io
import json

import pytest

from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.moderation import log, services
from goldenthread.safety.moderation.tests.factories import WORDS, removed, reported, shown_voice
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.tests.factories import WordsFactory
from goldenthread.thread.services import append_held

pytestmark = pytest.mark.django_db


def live(here: Listening) -> None:
    """One of everything."""
    unread = WordsFactory.create(project=here.project)
    reading.do_not_publish(
        by=here.rosa, words=unread, because="advert", explanation="An advert.", version=0, now=NOW
    )
    done = reported(here, shown_voice(here), note=WORDS)
    services.decide(by=here.rosa, report=done.report, outcome="kept", now=NOW)
    words = removed(here, shown_voice(here))
    appeal = services.appeal(words=words, text=WORDS, now=NOW)
    services.decide_appeal(by=here.sam, appeal=appeal, outcome="overturned", answer="Yes.", now=NOW)
    append_held(now=NOW)


def test_every_act_is_there_by_role_and_day_and_reason() -> None:
    here = listening_project()
    live(here)
    lines = [log.line_of(each) for each in log.entries(here.project).order_by("seq")]
    acts = {(each.act, each.role, each.reason) for each in lines}
    assert ("Not published", "Reader", "It is an advert or spam.") in acts
    assert ("Decided on a report", "Reader", "Kept") in acts
    assert ("Removed, with a second key", "Co-lead", "It is not about this question.") in acts
    assert ("Decided on an appeal", "Reader or co-lead", "Overturned") in acts
    assert ("Reported", "Anyone", "It names a person, or shows who they are.") in acts
    assert ("Appealed", "Author", "") in acts


def test_no_word_and_no_person_is_in_it_nor_anything_of_another_project() -> None:
    here, other = listening_project(), listening_project()
    live(here)
    said = log.as_json(log.line_of(each) for each in log.entries(here.project))
    assert "Kestrel" not in said
    for name in ("Rosa", "Sam", "Cara", "Mina", "Tom"):
        assert name not in said
    assert not log.entries(other.project).exists()


def test_it_comes_as_csv_and_json_alike() -> None:
    here = listening_project()
    live(here)
    lines = [log.line_of(each) for each in log.entries(here.project).order_by("seq")]
    rows = list(csv.DictReader(io.StringIO(log.as_csv(lines))))
    assert [row["act"] for row in rows] == [each["act"] for each in json.loads(log.as_json(lines))]


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula(begins: str) -> None:
    cell = f'{begins}HYPERLINK("http://x")'
    line = log.Line(1, "2026-03-10", cell, "Reader", cell)
    row = next(csv.reader(io.StringIO(log.as_csv([line]).split("\r\n", 1)[1], newline="")))
    assert row[2].startswith("'")
    assert row[4] == f"'{cell}"
    assert not cell.startswith("'")  # the control: unquoted it would run
    assert log.safe("Released") == "Released"
