from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from goldenthread.empower.groups.tests.factories import SeatFactory, panel
from goldenthread.empower.meetings import permissions, promises, services
from goldenthread.empower.meetings.models import Meeting
from goldenthread.empower.meetings.tests.factories import KEPT, STARTS, MeetingFactory, announced
from goldenthread.kit.refusals import Refusal
from goldenthread.people.notifications.models import Letter
from goldenthread.projects.speaker import Guest
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.thread.models import Entry

PEOPLE = ["mina", "tom", "rosa", "sam", "priya", "dev", "cara", "ada", "nell", "stranger"]


@pytest.mark.parametrize("name", PEOPLE)
def test_a_draft_is_seen_by_those_who_plan_it(here: Listening, name: str) -> None:
    person, draft = getattr(here, name), MeetingFactory.create(group=panel(here.project, here.mina))
    plans = name in {"tom", "cara"}
    assert permissions.may_plan(person, here.project, now=NOW) is plans
    assert permissions.may_see(person, draft, now=NOW) is plans
    assert permissions.may_see(person, announced(draft.group), now=NOW)


@pytest.mark.parametrize("name", PEOPLE)
def test_needs_are_for_facilitators_and_the_link_for_those_with_a_seat(
    here: Listening, name: str
) -> None:
    person, meeting = getattr(here, name), announced(panel(here.project, here.mina))
    assert permissions.may_see_needs(person, meeting, now=NOW) is (name == "tom")
    sees_link = permissions.may_see_the_link(person, meeting, now=NOW)
    assert sees_link is (name in {"tom", "cara", "mina"})
    assert not permissions.may_see_the_link(Guest(), meeting, now=NOW)


@pytest.mark.parametrize("missing", list(promises.BEFORE_ANNOUNCING))
def test_it_is_refused_while_a_promise_has_no_answer(here: Listening, missing: str) -> None:
    facts = {**KEPT, missing: None if missing.endswith("_at") else ""}
    meeting = MeetingFactory.create(group=panel(here.project, here.mina), **facts)
    with pytest.raises(Refusal) as refused:
        services.announce(by=here.tom, meeting=meeting, now=NOW)
    assert refused.value.field == missing
    assert refused.value.message == promises.BEFORE_ANNOUNCING[missing]
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.DRAFT
    assert not Letter.objects.exists()


def test_the_database_refuses_it_too(here: Listening) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        announced(panel(here.project), quiet_space="")


def test_a_link_alone_is_a_way_in(here: Listening) -> None:
    facts = {**KEPT, "place": "", "link": "https://example.org/room"}
    meeting = MeetingFactory.create(group=panel(here.project), **facts)
    assert services.announce(by=here.cara, meeting=meeting, now=NOW).state == "announced"


def test_those_with_a_seat_and_an_account_get_one_letter_without_words(here: Listening) -> None:
    group = panel(here.project, here.mina, here.cara)
    SeatFactory.create(group=group, name="Jo")
    meeting = services.plan_meeting(by=here.tom, group=group, now=NOW, **KEPT)
    services.announce(by=here.tom, meeting=meeting, now=NOW)
    letters = Letter.objects.all()
    assert {letter.person for letter in letters} == {here.mina, here.cara}
    for letter in letters:
        assert letter.text == "meeting"
        assert letter.link.startswith("/asked/")
        assert set(letter.names) == {
            "project",
            "meeting",
            "seal",
            "asks",
            "organisation",
            "can_change",
            "hear_by",
        }
        assert letter.names["seal"] == "The record is not sealed yet."
    kinds = list(Entry.objects.filter(about=meeting.ref).order_by("seq").values_list("kind"))
    assert kinds == [("meeting.planned",), ("meeting.announced",)]


def test_a_time_that_has_passed_is_refused(here: Listening) -> None:
    meeting = MeetingFactory.create(group=panel(here.project), **KEPT)
    with pytest.raises(Refusal, match="has passed"):
        services.announce(by=here.tom, meeting=meeting, now=STARTS + timedelta(minutes=1))


def test_it_is_announced_once(here: Listening) -> None:
    with pytest.raises(Refusal, match="announced already"):
        services.announce(by=here.tom, meeting=announced(panel(here.project)), now=NOW)


def test_a_new_time_is_told_and_a_new_agenda_is_not(here: Listening) -> None:
    meeting = announced(panel(here.project, here.mina))
    services.edit_meeting(by=here.tom, meeting=meeting, agenda="Welcome, 10 min", now=NOW)
    assert not Letter.objects.exists()
    later = STARTS + timedelta(hours=1)
    services.edit_meeting(by=here.tom, meeting=meeting, starts_at=later, now=NOW)
    [letter] = Letter.objects.all()
    assert (letter.text, letter.person) == ("meeting-changed", here.mina)
    meeting.refresh_from_db()
    assert meeting.sequence == 2


def test_an_announced_meeting_keeps_its_promises(here: Listening) -> None:
    meeting = announced(panel(here.project))
    with pytest.raises(Refusal, match="quiet place"):
        services.edit_meeting(by=here.tom, meeting=meeting, quiet_space="", now=NOW)


def test_the_end_comes_after_the_start(here: Listening) -> None:
    facts = {"starts_at": STARTS, "ends_at": STARTS}
    with pytest.raises(Refusal, match="later than the start"):
        services.plan_meeting(by=here.tom, group=panel(here.project), title="T", now=NOW, **facts)


def test_cancelling_needs_a_reason_and_is_told(here: Listening) -> None:
    meeting = announced(panel(here.project, here.mina))
    with pytest.raises(Refusal, match="Say why"):
        services.cancel(by=here.tom, meeting=meeting, because=" ", now=NOW)
    services.cancel(by=here.tom, meeting=meeting, because="The room is flooded.", now=NOW)
    [letter] = Letter.objects.all()
    assert letter.text == "meeting-changed"
    with pytest.raises(Refusal, match="over already"):
        services.cancel(by=here.tom, meeting=meeting, because="Again.", now=NOW)


def test_a_draft_is_cancelled_without_letters(here: Listening) -> None:
    draft = MeetingFactory.create(group=panel(here.project, here.mina))
    services.cancel(by=here.tom, meeting=draft, because="No need.", now=NOW)
    assert not Letter.objects.exists()


@pytest.mark.parametrize("name", ["mina", "dev", "ada", "nell", "stranger"])
def test_others_are_refused(here: Listening, name: str) -> None:
    person, group = getattr(here, name), panel(here.project, here.mina)
    draft = MeetingFactory.create(group=group, **KEPT)
    with pytest.raises(Refusal, match="Only organisers"):
        services.plan_meeting(by=person, group=group, title="T", now=NOW)
    with pytest.raises(Refusal, match="Only organisers"):
        services.announce(by=person, meeting=draft, now=NOW)
    with pytest.raises(Refusal, match="Only organisers"):
        services.cancel(by=person, meeting=draft, because="No.", now=NOW)
