from datetime import date, datetime, timedelta
from typing import Any

import pytest

from goldenthread.config.cli import parser
from goldenthread.people.contacts.models import Contact
from goldenthread.people.notifications.models import Letter
from goldenthread.people.receipts import services as receipts
from goldenthread.people.receipts.models import Receipt
from goldenthread.projects.ages import words_leave_on
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.queries import current_terms
from goldenthread.projects.tests.factories import NOW, Listening, listening_project, opened
from goldenthread.safety.concerns.models import Concern
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.tests.factories import WordsFactory
from goldenthread.safety.retention import services
from goldenthread.safety.retention.queries import due
from goldenthread.thread.models import Entry
from goldenthread.thread.services import append_held
from goldenthread.thread.verifying import verify

pytestmark = pytest.mark.django_db
DAY, YEAR = timedelta(days=1), timedelta(days=365)
TODAY = NOW.date()


def close(project: Project, on: date = TODAY) -> None:
    Project.objects.filter(pk=project.pk).update(state=Project.State.CLOSED, closed_on=on)


def letter(here: Listening, **given: Any) -> Letter:
    kept = {"key": str(len(Letter.objects.all())), "person": here.mina, "text": "news", "link": "/"}
    return Letter.objects.create(**{**kept, **given})


def test_a_letter_goes_half_a_year_after_it_was_sent_and_not_a_day_before() -> None:
    letter(listening_project(), state="sent", sent_on=TODAY)
    assert services.sweep(now=NOW + 179 * DAY) == {}
    assert services.sweep(now=NOW + 180 * DAY) == {"notifications_letter": 1}
    assert not Letter.objects.exists()


def test_a_letter_that_nobody_took_goes_at_once_and_one_that_waits_stays() -> None:
    here = listening_project()
    waits = letter(here)
    letter(here, state="failed")
    services.sweep(now=NOW)
    assert list(Letter.objects.all()) == [waits]


def test_a_receipt_goes_a_week_after_it_was_closed_and_three_years_after_its_project() -> None:
    project = listening_project().project
    issued = receipts.issue(scope=project.ref, now=NOW).receipt
    services.sweep(now=NOW + 9 * YEAR)
    close(project)
    services.sweep(now=NOW + 3 * YEAR - DAY)
    assert Receipt.objects.get() == issued
    services.sweep(now=NOW + 3 * YEAR)
    assert not Receipt.objects.exists()
    closed = receipts.issue(scope=project.ref, now=NOW).receipt
    receipts.close(receipt=closed, now=NOW)
    services.sweep(now=NOW + 7 * DAY)
    assert not Receipt.objects.exists()


def test_a_contact_goes_a_year_after_its_project() -> None:
    project = listening_project().project
    kept = {"scope": project.ref, "how": "email", "sealed": b"x", "mark": b"m"}
    Contact.objects.create(**kept, wants_news=True, wants_to_help=False)
    close(project)
    services.sweep(now=NOW + YEAR - DAY)
    assert Contact.objects.exists()
    services.sweep(now=NOW + YEAR)
    assert not Contact.objects.exists()


def test_a_concern_goes_three_years_after_it_was_closed_with_its_notes() -> None:
    words = WordsFactory.create()
    given = {"project": words.project, "words": words, "raised_on": TODAY, "raised_at": NOW}
    concern = Concern.objects.create(**given, why="Worried.")
    concern.notes.create(on=TODAY, place=0, text="Rang.")
    services.sweep(now=NOW + 9 * YEAR)
    assert Concern.objects.exists()  # an open concern stays
    Concern.objects.update(closed_on=TODAY)
    services.sweep(now=NOW + 3 * YEAR)
    assert not Concern.objects.exists()


def test_a_role_goes_two_years_after_it_ended() -> None:
    here = listening_project()
    ProjectRole.objects.filter(person=here.tom).update(ends_on=TODAY)
    services.sweep(now=NOW + 2 * YEAR)
    assert not ProjectRole.objects.filter(person=here.tom).exists()
    assert ProjectRole.objects.filter(person=here.rosa).exists()


def test_words_are_destroyed_three_years_after_the_project_and_leave_a_stub() -> None:
    here = listening_project()
    opened(here.project)
    said = {"project": here.project, "purpose": Words.Purpose.CHECK, "now": NOW}
    shown, unread = (reading.hold_words(text=text, **said) for text in ("A kingfisher.", "A wren."))
    reading.release(by=here.rosa, words=shown, version=0, now=NOW)
    close(here.project)
    assert services.sweep(now=NOW + 3 * YEAR - DAY).get("reading_words") is None
    assert services.sweep(now=NOW + 3 * YEAR)["reading_words"] == 2
    found = {words.ref: words for words in Words.objects.all()}
    assert [found[each.ref].text for each in (shown, unread)] == [None, None]
    assert found[shown.ref].state == Words.State.REMOVED
    assert found[shown.ref].unpublished_because == "time-over"
    append_held(now=NOW)
    assert verify().faults == []
    assert services.sweep(now=NOW + 4 * YEAR).get("reading_words") is None


def test_words_of_children_are_destroyed_six_months_after_the_debrief() -> None:
    here = listening_project(ages=["13-15"])
    said = {"project": here.project, "would_have_helped": "", "now": NOW}
    words = reading.hold_words(text="A kingfisher.", **said)
    leave = words_leave_on(here.project, current_terms(here.project))
    assert leave is not None
    on = datetime.combine(leave, NOW.time(), NOW.tzinfo)
    services.sweep(now=on - DAY)
    words.refresh_from_db()
    assert words.text == "A kingfisher."
    services.sweep(now=on)
    words.refresh_from_db()
    assert words.text is None


def test_words_emptied_behind_the_records_back_are_noticed() -> None:
    here = listening_project()
    opened(here.project)
    words = reading.hold_words(
        project=here.project, text="A kingfisher.", would_have_helped="", now=NOW
    )
    append_held(now=NOW)
    Words.objects.filter(pk=words.pk).update(text=None, salt=None)
    assert [fault.code for fault in verify().faults] == ["deleted"]


def test_the_record_says_which_table_and_nothing_that_points_to_few() -> None:
    here = listening_project()
    for _ in range(11):
        letter(here, state="failed")
    letter(here, key="x", state="sent", sent_on=TODAY - YEAR)
    services.sweep(now=NOW)
    told = [bytes(entry.body) for entry in Entry.objects.filter(kind="erasure").order_by("seq")]
    assert [b'"fact_rows":0,' in told[0], b'"fact_rows":10,' in told[1]] == [True, True]
    assert all(b'"fact_table":"notifications_letter"' in body for body in told)


def test_a_dry_run_says_what_is_due_and_erases_nothing(capsys: Any) -> None:
    letter(listening_project(), state="failed")
    options = parser().parse_args(["retention", "run", "--dry-run"])
    assert options.act(options) == 0
    assert "notifications_letter: 1 due." in capsys.readouterr().out
    assert Letter.objects.count() == 1
    options = parser().parse_args(["retention", "run"])
    assert options.act(options) == 0
    assert capsys.readouterr().out == "notifications_letter: 1 erased\n"


def test_every_rule_can_be_asked_of_the_database() -> None:
    assert sum(each.rows.count() for each in due(today=TODAY)) == 0
