"""Which roles someone holds in a project today."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q

from goldenthread.kit import clock
from goldenthread.organisations.models import Membership
from goldenthread.projects.models import Project, ProjectRole

Name = ProjectRole.Name


def roles_of(speaker: Any, project: Project, *, now: datetime) -> frozenset[str]:
    """Return the names of the roles held today; none for guests and suspended members. One query."""
    if not speaker.is_member:
        return frozenset()
    known = speaker.__dict__.setdefault("_project_roles", {})
    key = (project.ref, clock.today(now))
    if key not in known:
        known[key] = frozenset(
            _held(now).filter(person=speaker, project=project).values_list("name", flat=True)
        )
    return known[key]


def has_role(speaker: Any, project: Project, *names: Name, now: datetime) -> bool:
    """Return whether the speaker holds one of these roles in the project today."""
    return bool(roles_of(speaker, project, now=now) & set(names))


def _held(now: datetime) -> Any:
    today = clock.today(now)
    suspended = Membership.objects.filter(
        person=OuterRef("person"),
        organisation__partnerships__project=OuterRef("project"),
        suspended_on__isnull=False,
    )
    return ProjectRole.objects.filter(
        ~Exists(suspended), Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today
    )


def holders(project: Project, *names: Name, now: datetime) -> list[ProjectRole]:
    """Return who holds these roles today, with their people."""
    return list(
        _held(now)
        .filter(project=project, name__in=names)
        .select_related("person")
        .order_by("person__name")
    )


def held_by(person: Any, *, now: datetime) -> list[ProjectRole]:
    """Return every role a person holds today, with its project."""
    return list(_held(now).filter(person=person).select_related("project__organisation"))
