from datetime import date, datetime

from django.db.models import OuterRef, Q

from goldenthread.empower.groups.models import Group, Seat
from goldenthread.kit import clock
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import has_role, still_belongs
from goldenthread.projects.speaker import Speaker

ORGANISERS = (ProjectRole.Name.FACILITATOR, ProjectRole.Name.CO_LEAD)


def may_make_groups(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    """Facilitators and co-leads set up groups and fill seats, while the project is not closed."""
    open_still = project.state != Project.State.CLOSED
    return open_still and has_role(speaker, project, *ORGANISERS, now=now)


def may_see_names(speaker: Speaker, group: Group, *, now: datetime) -> bool:
    """Organisers and those with a seat see who sits in the group; nobody else does."""
    return has_role(speaker, group.project, *ORGANISERS, now=now) or has_seat(
        speaker, group, now=now
    )


def has_seat(speaker: Speaker, group: Group, *, now: datetime) -> bool:
    """Return whether the speaker sits in the group today, and still belongs to the project."""
    if not isinstance(speaker, Person):
        return False
    seats = Seat.objects.filter(held_on(clock.today(now)), in_standing())
    return seats.filter(group=group, person=speaker).exists()


def in_standing() -> Q:
    """Return the condition that whoever holds a seat belongs to the project, not suspended."""
    return still_belongs(OuterRef("person"), OuterRef("group__project"))


def held_on(today: date) -> Q:
    """Return the condition that a seat is held on a day."""
    return Q(starts_on__lte=today) & (Q(ends_on=None) | Q(ends_on__gt=today))
