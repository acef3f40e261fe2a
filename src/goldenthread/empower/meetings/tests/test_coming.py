from datetime import timedelta

import pytest

from goldenthread.empower.groups.tests.factories import panel
from goldenthread.empower.meetings import letters, permissions, queries, services, tasks
from goldenthread.empower.meetings.models import Coming, Meeting
from goldenthread.empower.meetings.tests.factories import STARTS, MeetingFactory, announced
from goldenthread.kit.refusals import Refusal
from goldenthread.organisations.models import Membership
from goldenthread.people.notifications.models import Letter
from goldenthread.projects.speaker import Guest
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.projects.work import work_for

YES, NO = Coming.Answer.YES, Coming.Answer.NO


def test_only_those_with_a_seat_answer_and_until_it_begins(here: Listening) -> None:
    meeting = announced(panel(here.project, here.mina))
    for moment, may in ((NOW, True), (STARTS - timedelta(minutes=1), True), (STARTS, False)):
        assert permissions.may_answer(here.mina, meeting, now=moment) is may
    for speaker in (here.tom, here.nell, here.stranger, Guest()):
        assert not permissions.may_answer(speaker, meeting, now=NOW)
    assert not permissions.may_answer(
        here.mina, MeetingFactory.create(group=meeting.group), now=NOW
    )
    with pytest.raises(Refusal, match="until the meeting begins"):
        services.answer_coming(by=here.tom, meeting=meeting, answer=YES, now=NOW)


def test_who_is_suspended_neither_answers_nor_checks(here: Listening) -> None:
    meeting = announced(panel(here.project, here.mina), link="https://example.org/room")
    after = STARTS + timedelta(days=1)
    assert permissions.may_check(here.mina, meeting, now=after)
    Membership.objects.filter(person=here.mina).update(suspended_on=NOW.date())
    assert not permissions.may_see_the_link(here.mina, meeting, now=NOW)
    assert not permissions.may_check(here.mina, meeting, now=after)
    with pytest.raises(Refusal):
        services.answer_coming(by=here.mina, meeting=meeting, answer=YES, now=NOW)
    for moment in (NOW, after):
        assert work_for(here.mina, [here.project], now=moment) == []
    letters.invite(meeting, by=here.tom, now=NOW)
    tasks.ask_how_it_was(now=after)
    assert not Letter.objects.exists()


def test_needs_are_sealed_and_open_for_facilitators(here: Listening) -> None:
    meeting = announced(panel(here.project, here.mina))
    services.answer_coming(
        by=here.mina, meeting=meeting, answer=YES, needs="A chair by the door", now=NOW
    )
    assert b"chair" not in bytes(Coming.objects.get().needs)
    [mina] = queries.invited_to(meeting, with_needs=True)
    assert (mina.name, mina.answer, mina.needs) == ("Mina", "I am coming", "A chair by the door")
    [mina] = queries.invited_to(meeting, with_needs=False)
    assert mina.needs == ""


def test_an_answer_may_change(here: Listening) -> None:
    meeting = announced(panel(here.project, here.mina))
    services.answer_coming(by=here.mina, meeting=meeting, answer=YES, needs="Tea", now=NOW)
    services.answer_coming(by=here.mina, meeting=meeting, answer=NO, now=NOW)
    coming = Coming.objects.get()
    assert (coming.answer, coming.needs) == ("no", None)


def test_needs_are_destroyed_thirty_days_after(here: Listening) -> None:
    meeting = announced(panel(here.project, here.mina))
    services.answer_coming(by=here.mina, meeting=meeting, answer=YES, needs="Tea", now=NOW)
    assert services.forget_needs(now=STARTS + timedelta(days=29)) == 0
    assert services.forget_needs(now=STARTS + timedelta(days=31)) == 1
    assert Coming.objects.get().needs is None


def texts(person: object, here: Listening, now: object) -> list[tuple[str, str]]:
    return [(work.text, work.tone) for work in work_for(person, [here.project], now=now)]


def test_an_invitation_waits_until_it_is_answered(here: Listening) -> None:
    meeting = announced(panel(here.project, here.mina), agenda="Welcome")
    assert texts(here.mina, here, NOW) == [
        ("Say if you are coming: What to do about the wait", "due")
    ]
    services.answer_coming(by=here.mina, meeting=meeting, answer=NO, now=NOW)
    assert texts(here.mina, here, NOW) == []


def test_organisers_are_told_of_late_agendas_and_missing_notes(here: Listening) -> None:
    meeting = announced(panel(here.project))
    assert texts(here.tom, here, STARTS - timedelta(days=8)) == []
    [late] = texts(here.tom, here, STARTS - timedelta(days=6))
    assert late == ("What to do about the wait: the agenda is late", "overdue")
    notes = "What to do about the wait: write the notes"
    assert texts(here.tom, here, STARTS + timedelta(days=1)) == [(notes, "due")]
    assert texts(here.tom, here, STARTS + timedelta(days=8)) == [(notes, "overdue")]
    assert texts(here.dev, here, STARTS + timedelta(days=8)) == []
    Meeting.objects.filter(ref=meeting.ref).update(state="held")
    assert texts(here.tom, here, STARTS + timedelta(days=8)) == []
