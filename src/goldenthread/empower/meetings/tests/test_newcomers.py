"""Whoever takes a seat after a meeting was announced is invited to it, too."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from goldenthread.empower.groups import services as groups
from goldenthread.empower.groups.models import Group, Seat
from goldenthread.empower.groups.tests.factories import panel
from goldenthread.empower.meetings import services, tasks
from goldenthread.empower.meetings.models import Coming, Meeting
from goldenthread.empower.meetings.tests.factories import KEPT, STARTS
from goldenthread.kit import clock
from goldenthread.kit.testing.queries import at_most
from goldenthread.organisations.tests.factories import member
from goldenthread.people.accounts.models import Person
from goldenthread.people.notifications.models import Letter
from goldenthread.projects.models import ProjectRole
from goldenthread.projects.tests.factories import NOW, Listening

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


def announce(here: Listening, group: Group) -> Meeting:
    meeting = services.plan_meeting(by=here.cara, group=group, now=NOW, **KEPT)
    return services.announce(by=here.cara, meeting=meeting, now=NOW)


def seated(here: Listening, group: Group, person: Person, **given: Any) -> Seat:
    how = {"filled": Seat.Filled.INVITED, "lived_experience": True, **given}
    return groups.fill_seat(by=here.tom, group=group, person=person, now=NOW, **how)


def invited() -> list[str]:
    letters = Letter.objects.filter(text="meeting").order_by("person__name")
    return [letter.person.name for letter in letters if letter.person]


def test_a_new_seat_is_invited_once_and_nobody_again(here: Listening) -> None:
    group, noor = panel(here.project, here.mina), member("Noor", here.organisation)
    meeting = announce(here, group)
    seated(here, group, noor)
    services.edit_meeting(by=here.tom, meeting=meeting, agenda="Welcome, 10 min", now=NOW)
    for days in (1, 2):
        tasks.invite_newcomers(now=NOW + days * DAY)
    assert invited() == ["Mina", "Noor"]
    letter = Letter.objects.get(text="meeting", person=noor)
    with clock.frozen(NOW + DAY):
        page = Client().get(letter.link).content.decode()
    assert f"of {here.organisation.name}" in page
    assert "to come to a meeting on" in page


def test_a_meeting_that_moved_is_still_told_to_all(here: Listening) -> None:
    group, noor = panel(here.project, here.mina), member("Noor", here.organisation)
    meeting = announce(here, group)
    seated(here, group, noor)
    tasks.invite_newcomers(now=NOW + DAY)
    later = {"starts_at": STARTS + DAY, "ends_at": STARTS + DAY + timedelta(hours=2)}
    services.edit_meeting(by=here.tom, meeting=meeting, now=NOW + DAY, **later)
    tasks.invite_newcomers(now=NOW + 2 * DAY)
    told = Letter.objects.filter(text="meeting-changed")
    assert {letter.person for letter in told} == {here.mina, noor}
    assert told.count() == 2
    assert invited() == ["Mina", "Noor"]


def test_a_seat_that_begins_later_is_invited_when_it_begins(here: Listening) -> None:
    group, noor = panel(here.project), member("Noor", here.organisation)
    announce(here, group)
    seated(here, group, noor, starts_on=NOW.date() + 5 * DAY)
    tasks.invite_newcomers(now=NOW + DAY)
    assert invited() == []
    tasks.invite_newcomers(now=NOW + 5 * DAY)
    assert invited() == ["Noor"]


def test_who_has_said_whether_they_come_and_who_comes_too_late_is_left_alone(
    here: Listening,
) -> None:
    group, noor = panel(here.project), member("Noor", here.organisation)
    meeting = announce(here, group)
    seated(here, group, noor)
    services.answer_coming(by=noor, meeting=meeting, answer=Coming.Answer.YES, now=NOW)
    tasks.invite_newcomers(now=NOW + DAY)
    seated(here, group, here.mina)
    tasks.invite_newcomers(now=STARTS)
    assert invited() == []


def test_while_nobody_organises_nobody_is_invited(here: Listening) -> None:
    group = panel(here.project)
    announce(here, group)
    seated(here, group, here.mina)
    names = ("facilitator", "co-lead")
    ProjectRole.objects.filter(project=here.project, name__in=names).delete()
    tasks.invite_newcomers(now=NOW + DAY)
    assert invited() == []


@pytest.mark.parametrize("many", [1, 3])
def test_a_round_asks_no_more_for_more_seats(here: Listening, many: int) -> None:
    group = panel(here.project)
    announce(here, group)
    for number in range(many):
        seated(here, group, member(f"Noor {number}", here.organisation))
    with at_most(9):
        tasks.invite_newcomers(now=NOW + DAY)
    assert len(invited()) == many
