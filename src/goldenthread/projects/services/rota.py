"""Days on which somebody is away or nobody reads, and who reads instead."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts.models import Person
from goldenthread.projects import events, hours, permissions, rota
from goldenthread.projects.models import DayOff, Duty, Project
from goldenthread.projects.services.guards import locked, require, require_not_closed
from goldenthread.thread.services import record

LONGEST = timedelta(days=92)
NOT_YOURS = gettext_lazy("Only readers of this project and those who prepare it change its rota.")


@transaction.atomic
def take_off(
    *,
    by: Person,
    project: Project,
    reader: Person | None,
    starts_on: date,
    ends_on: date,
    note: str = "",
    now: datetime,
) -> DayOff:
    """Say that a reader is away on some days, or, without a reader, that nobody reads.

    A reader says so of themselves; those who prepare the project of anybody, and of all.

    :raises Refusal: not theirs to say, or the days do not fit
    """
    prepares = permissions.may_prepare(by, project, now=now)
    own = reader == by and permissions.may_read(by, project, now=now)
    require(allowed=prepares or own, otherwise=NOT_YOURS)
    project = locked(project)
    require_not_closed(project)
    if ends_on < starts_on:
        raise Refusal(_("The last day is before the first."), field="ends_on")
    if ends_on < clock.today(now):
        raise Refusal(_("These days are over."), field="ends_on")
    if ends_on - starts_on > LONGEST:
        raise Refusal(_("At most three months. End the role instead."), field="ends_on")
    made = DayOff.objects.create(
        project=project,
        reader=reader,
        starts_on=starts_on,
        ends_on=ends_on,
        note="" if reader else note,
    )
    _record(project, now)
    return made


@transaction.atomic
def take_back(*, by: Person, day_off: DayOff, now: datetime) -> None:
    """Read on these days after all.

    :raises Refusal: not theirs to change
    """
    project = day_off.project
    own = day_off.reader_id == by.pk and permissions.may_read(by, project, now=now)
    require(
        allowed=own or permissions.may_prepare(by, project, now=now),
        otherwise=NOT_YOURS,
    )
    day_off.delete()
    _record(locked(project), now)


@transaction.atomic
def read_instead(*, by: Person, project: Project, start: datetime, now: datetime) -> Duty:
    """Take a stretch, on its day alone, that another reader leaves because they are away.

    :raises Refusal: no reader, away too, or somebody took it already
    """
    require(allowed=permissions.may_read(by, project, now=now), otherwise=NOT_YOURS)
    project = locked(project)
    week = rota.shifts_of(project)
    gap = next((each for each in hours.uncovered(week, now=now) if each.start == start), None)
    if gap is None:
        raise Refusal(_("Somebody reads then already. Thank you."))
    if week.is_away(by.pk, gap.day):
        raise Refusal(_("You are away on that day yourself."))
    duty = Duty.objects.create(
        project=project,
        reader=by,
        weekday=gap.day.weekday(),
        only_on=gap.day,
        from_time=gap.start.astimezone(week.zone).time(),
        until_time=gap.end.astimezone(week.zone).time(),
    )
    _record(project, now)
    return duty


def _record(project: Project, now: datetime) -> None:
    facts = {"stretches": Duty.objects.filter(project=project).count()}
    record(events.ROTA_CHANGED, about=project.ref, project=project.ref, facts=facts, now=now)
