"""Staffed hours: over the weekly rota, in local time, across clock changes."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from goldenthread.projects import hours, rota, services
from goldenthread.projects.models import DayOff, Duty, ProjectRole
from goldenthread.projects.tests.factories import NOW, listening_project

pytestmark = pytest.mark.django_db


def at(day: int, hour: int, minute: int = 0, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "reading"),
    [
        (at(10, 8), at(10, 9)),  # Tuesday before the stretch
        (at(10, 10), at(10, 10)),  # while it runs: now
        (at(10, 13), at(11, 9)),  # it has just ended: tomorrow
        (at(13, 14), at(16, 9)),  # Friday afternoon: Monday
        (at(27, 14), at(30, 8)),  # over the weekend of the clock change: nine in summer time
    ],
)
def test_when_somebody_next_reads(now, reading):
    assert rota.next_reading(listening_project().project, now=now) == reading


@pytest.mark.parametrize(
    ("now", "due"),
    [
        (at(10, 9), at(11, 13)),  # four hours today, four tomorrow
        (at(10, 12), at(11, 13)),  # never later than the end of the next working day
        (at(10, 20), at(11, 13)),  # after hours: the next morning
        (at(13, 12), at(16, 13)),  # over a weekend
        (at(27, 9), at(30, 12)),  # over the clock change: until one o'clock in summer time
        (at(10, 10), at(11, 13)),  # the same as at noon: it does not tell when
    ],
)
def test_when_a_working_day_has_passed(now, due):
    assert rota.due_after(listening_project().project, now=now) == due


def test_stretches_that_overlap_count_once():
    who = listening_project()
    Duty.objects.create(
        project=who.project,
        reader=who.sam,
        weekday=1,
        from_time=time(12),
        until_time=time(17),
        stand_in=True,
    )
    assert rota.due_after(who.project, now=at(10, 9)) == at(10, 17)
    assert rota.due_after(who.project, first=True, now=at(10, 8)) == at(10, 17)


def test_a_stretch_through_the_lost_hour_is_as_long_as_the_clock_on_the_wall_is_not():
    who = listening_project()
    Duty.objects.filter(project=who.project).delete()
    Duty.objects.create(
        project=who.project,
        reader=who.rosa,
        weekday=6,
        from_time=time(0),
        until_time=time(4),  # 29 March 2026: only three hours long
    )
    stretches = list(rota.stretches(rota.shifts_of(who.project), after=at(28, 12), until=at(30, 0)))
    assert [end - start for start, end in stretches] == [timedelta(hours=3)]


def test_without_a_rota_nobody_reads_and_plain_hours_run():
    who = listening_project()
    Duty.objects.filter(project=who.project).delete()
    assert rota.next_reading(who.project, now=NOW) is None
    for now in (NOW, NOW + timedelta(minutes=47)):
        assert rota.due_after(who.project, now=now) == at(11, 0)


@pytest.mark.parametrize("change", ["ended", "suspended", "not yet", "left"])
def test_the_rota_of_somebody_who_does_not_read_counts_for_nothing(change):
    who = listening_project()
    roles = ProjectRole.objects.filter(project=who.project, name="reader")
    memberships = who.organisation.memberships.filter(person__in=[who.rosa, who.sam])
    if change == "ended":
        roles.update(ends_on=date(2026, 3, 9))
    elif change == "not yet":
        roles.update(starts_on=date(2026, 3, 16))
    elif change == "suspended":
        memberships.update(suspended_on=date(2026, 3, 9))
    else:
        memberships.all().delete()
    expected = at(16, 9) if change == "not yet" else None
    assert rota.next_reading(who.project, now=NOW) == expected


def test_twice_overdue_is_a_working_day_more():
    project = listening_project().project
    due_at = rota.due_after(project, now=at(10, 9))
    assert due_at == at(11, 13)
    assert not rota.is_twice_overdue(project, due_at=due_at, now=at(12, 12, 59))
    assert rota.is_twice_overdue(project, due_at=due_at, now=at(12, 13))


def test_the_hours_of_a_week_count_each_hour_once():
    who = listening_project()
    assert hours.weekly_hours(rota.shifts_of(who.project)) == 20
    Duty.objects.exclude(weekday=1).delete()
    assert hours.weekly_hours(rota.shifts_of(who.project)) == 4


def test_the_gaps_of_a_week_are_said():
    who = listening_project()
    assert rota.gaps(rota.shifts_of(who.project)) == []
    Duty.objects.filter(weekday__in=[1, 3], stand_in=False).delete()
    Duty.objects.filter(weekday=4, stand_in=True).delete()
    assert rota.gaps(rota.shifts_of(who.project)) == [
        "Nobody reads on Tuesday and Thursday.",
        "Nobody stands in on Friday.",
    ]


def test_the_rota_costs_three_queries_with_one_reader_and_with_three(django_assert_num_queries):
    who = listening_project()
    with django_assert_num_queries(3):
        rota.due_after(who.project, now=NOW)
    ProjectRole.objects.create(
        project=who.project, person=who.mina, name="reader", starts_on=date(2026, 3, 1)
    )
    services.add_duty(
        by=who.tom,
        project=who.project,
        reader=who.mina,
        weekdays=[5, 6],
        from_time=time(9),
        until_time=time(10),
        stand_in=False,
        now=NOW,
    )
    with django_assert_num_queries(3):
        rota.due_after(who.project, now=NOW)


@pytest.mark.parametrize(
    ("nation", "reading"),
    [("england", at(7, 8, month=4)), ("scotland", at(6, 8, month=4))],
)
def test_over_easter_the_nation_says_when_reading_resumes(nation, reading):
    """Good Friday is kept by both, Easter Monday not by Scotland."""
    who = listening_project()
    who.project.organisation.nation = nation
    assert rota.next_reading(who.project, now=at(2, 14, month=4)) == reading


def test_days_on_which_the_project_is_closed_and_a_reader_is_away():
    who = listening_project()
    days = {"starts_on": date(2026, 3, 11), "ends_on": date(2026, 3, 11)}
    DayOff.objects.create(project=who.project, reader=who.rosa, **days)
    assert rota.next_reading(who.project, now=at(10, 14)) == at(11, 9)  # Sam stands in
    DayOff.objects.create(project=who.project, note="Staff day", **days)
    assert rota.next_reading(who.project, now=at(10, 14)) == at(12, 9)
