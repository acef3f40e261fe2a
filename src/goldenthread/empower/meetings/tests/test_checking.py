from datetime import timedelta

import pytest
from django.test import Client

from goldenthread.empower.groups.models import Group
from goldenthread.empower.groups.tests.factories import SeatFactory, panel
from goldenthread.empower.meetings import permissions, promises, queries, services, tasks
from goldenthread.empower.meetings.models import Meeting, PromiseCheck, Tally
from goldenthread.empower.meetings.tests.factories import STARTS, announced
from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.organisations.tests.factories import member
from goldenthread.people.notifications.models import Letter
from goldenthread.projects.speaker import Guest
from goldenthread.projects.tests.factories import Listening
from goldenthread.projects.work import work_for
from goldenthread.thread.models import HeldEntry

AFTER = STARTS + timedelta(days=1)
Answers = dict[str, str]
KEPT = {"time": "kept", "place": "partly"}


def test_there_are_fourteen_promises_each_said_once() -> None:
    assert [promise.number for promise in promises.PROMISES] == list(range(1, 15))
    assert len(promises.KEYS) == len(promises.ASKED) == 14
    assert promises.ASKED[0].at_a_meeting


def test_contributors_check_after_the_meeting_and_no_staff(here: Listening) -> None:
    group = panel(here.project, here.mina, here.cara)
    SeatFactory.create(group=group, person=here.tom, lived_experience=False, filled="post")
    SeatFactory.create(group=group, person=here.sam, lived_experience=False, carer=True)
    meeting = announced(group)
    people = ("mina", "cara", "sam", "tom", "dev", "nell")
    may = [
        name for name in people if permissions.may_check(getattr(here, name), meeting, now=AFTER)
    ]
    assert may == ["mina", "cara", "sam"]
    assert not permissions.may_check(here.mina, meeting, now=STARTS)
    assert not permissions.may_check(Guest(), meeting, now=AFTER)
    meeting.state = Meeting.State.CANCELLED
    assert not permissions.may_check(here.mina, meeting, now=AFTER)
    with pytest.raises(Refusal, match="Only people with lived experience"):
        services.check_promises(by=here.tom, meeting=announced(group), answers=KEPT, now=AFTER)


def test_who_left_since_may_still_check_and_who_came_later_may_not(here: Listening) -> None:
    group = panel(here.project, here.mina)
    meeting = announced(group)
    group.seats.update(ends_on=STARTS.date() + timedelta(days=1))
    SeatFactory.create(group=group, person=here.cara, starts_on=AFTER.date())
    assert permissions.may_check(here.mina, meeting, now=AFTER + timedelta(days=1))
    assert not permissions.may_check(here.cara, meeting, now=AFTER + timedelta(days=1))


def test_a_check_is_kept_under_a_mark_that_names_nobody(here: Listening) -> None:
    meeting = announced(panel(here.project, here.mina))
    services.check_promises(by=here.mina, meeting=meeting, answers={**KEPT, "equal": ""}, now=AFTER)
    check = PromiseCheck.objects.get()
    assert check.answers == KEPT
    assert here.mina.ref.bytes not in bytes(check.mark)
    assert HeldEntry.objects.get().kind == "meeting.promises-checked"
    assert queries.has_checked(here.mina, meeting)


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, "at least one"),
        ({"time": ""}, "at least one"),
        ({"time": "great"}, "Choose one of the answers"),
        ({"made-up": "kept"}, "Choose one of the answers"),
    ],
)
def test_only_the_answers_offered_count(
    here: Listening, answers: dict[str, str], said: str
) -> None:
    meeting = announced(panel(here.project, here.mina))
    with pytest.raises(Refusal, match=said):
        services.check_promises(by=here.mina, meeting=meeting, answers=answers, now=AFTER)


def test_nobody_checks_twice(here: Listening) -> None:
    meeting = announced(panel(here.project, here.mina))
    services.check_promises(by=here.mina, meeting=meeting, answers=KEPT, now=AFTER)
    with pytest.raises(Refusal, match="answered already"):
        services.check_promises(by=here.mina, meeting=meeting, answers=KEPT, now=AFTER)


def check_by(
    here: Listening, meeting: Meeting, number: int, start: int = 0, answers: Answers = KEPT
) -> None:
    for at in range(start, start + number):
        person = member(f"Person{at}", here.organisation)
        SeatFactory.create(group=meeting.group, person=person)
        services.check_promises(by=person, meeting=meeting, answers=answers, now=AFTER)


def test_totals_are_frozen_from_ten_and_again_after_ten_more(here: Listening) -> None:
    meeting = announced(panel(here.project))
    check_by(here, meeting, 9)
    tasks.freeze_tallies(now=AFTER)
    assert queries.latest_tally(meeting.group) is None
    check_by(here, meeting, 1, start=9)
    tasks.freeze_tallies(now=AFTER)
    tally = frozen(meeting.group)
    assert (tally.checks, tally.totals["time"]["kept"], tally.totals["place"]["partly"]) == (
        10,
        10,
        10,
    )
    check_by(here, meeting, 9, start=10)
    tasks.freeze_tallies(now=AFTER)
    assert frozen(meeting.group).checks == 10
    check_by(here, meeting, 1, start=19)
    tasks.freeze_tallies(now=AFTER)
    assert (frozen(meeting.group).number, frozen(meeting.group).checks) == (2, 20)


def test_a_total_shows_no_answer_of_fewer_than_ten(here: Listening, client: Client) -> None:
    meeting = announced(panel(here.project))
    check_by(here, meeting, 12)
    check_by(here, meeting, 1, start=12, answers={"time": "not-kept", "place": "partly"})
    tasks.freeze_tallies(now=AFTER)
    tally = frozen(meeting.group)
    assert tally.totals["time"] == {
        "kept": 10,
        "partly": None,
        "not-kept": None,
        "not-relevant": None,
    }
    rows = {row[0]: row[1:] for row in queries.tally_rows(tally)}
    few = "fewer than 10"
    assert rows["I knew the day and time early enough to plan."] == ["about 10", few, few]
    assert rows["I was treated as an equal."] == [few, few, few]
    with clock.frozen(AFTER):
        for place in (f"groups/{meeting.group.ref}/", f"meetings/{meeting.ref}/"):
            body = client.get(f"/p/{here.project.address}/{place}").content.decode()
            assert "about 15 times" in body
            assert few in body
            assert ">12</td>" not in body
            assert ">1</td>" not in body


def frozen(group: Group) -> Tally:
    found = queries.latest_tally(group)
    assert found is not None
    return found


def test_contributors_are_asked_once_by_letter(here: Listening) -> None:
    group = panel(here.project, here.mina)
    SeatFactory.create(group=group, person=here.tom, lived_experience=False)
    meeting = announced(group)
    tasks.ask_how_it_was(now=STARTS)
    assert not Letter.objects.exists()
    for _ in range(2):
        tasks.ask_how_it_was(now=AFTER)
    [letter] = Letter.objects.all()
    assert (letter.text, letter.person) == ("check-promises", here.mina)
    assert letter.link == f"/p/{here.project.address}/meetings/{meeting.ref}/check/"


def test_mending_a_meeting_asks_nobody_again_and_putting_it_off_does(here: Listening) -> None:
    meeting, day = announced(panel(here.project, here.mina)), timedelta(days=1)
    tasks.ask_how_it_was(now=AFTER)
    services.edit_meeting(by=here.tom, meeting=meeting, agenda="Welcome, 10 min", now=AFTER)
    tasks.ask_how_it_was(now=AFTER + day)
    asked = Letter.objects.filter(text="check-promises")
    assert asked.count() == 1
    put_off = {"starts_at": STARTS + 3 * day, "ends_at": STARTS + 3 * day + timedelta(hours=2)}
    services.edit_meeting(by=here.tom, meeting=meeting, now=AFTER + day, **put_off)
    tasks.ask_how_it_was(now=AFTER + 4 * day)
    assert asked.count() == 2


def test_the_check_waits_for_contributors_until_it_is_done(here: Listening) -> None:
    meeting = announced(panel(here.project, here.mina))
    waits = [work.text for work in work_for(here.mina, [here.project], now=AFTER)]
    assert waits == ["How was the meeting? What to do about the wait"]
    services.check_promises(by=here.mina, meeting=meeting, answers=KEPT, now=AFTER)
    assert work_for(here.mina, [here.project], now=AFTER) == []
