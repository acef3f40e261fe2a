"""Which roles someone holds in a project today."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from goldenthread.kit import clock
from goldenthread.organisations.models import Membership
from goldenthread.organisations.roles import current_roles
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Partner, Project, ProjectRole

Name = ProjectRole.Name
Held = frozenset[tuple[UUID, str]]  # where (a project or an organisation), and which role


def roles_of(speaker: Any, project: Project, *, now: datetime) -> frozenset[str]:
    """Return the roles held today; none for guests and suspended members. One query."""
    return frozenset(
        name for where, name in _held_around(speaker, project, now) if where == project.ref
    )


def has_role(speaker: Any, project: Project, *names: Name, now: datetime) -> bool:
    """Return whether the speaker holds one of these roles in the project today."""
    return bool(roles_of(speaker, project, now=now) & set(names))


def partner_roles_of(speaker: Any, project: Project, *, now: datetime) -> frozenset[str]:
    """Return the roles held today in any organisation that the project belongs to."""
    return frozenset(
        name for where, name in _held_around(speaker, project, now) if where != project.ref
    )


def roles_in_its_organisation(speaker: Any, project: Project, *, now: datetime) -> frozenset[str]:
    """Return the roles held today in the organisation that began the project."""
    return frozenset(
        name
        for where, name in _held_around(speaker, project, now)
        if where == project.organisation_id
    )


def roles_in_partner(speaker: Any, partner: Partner, *, now: datetime) -> frozenset[str]:
    """Return the roles held today in that one of the organisations the project belongs to."""
    return frozenset(
        name
        for where, name in _held_around(speaker, partner.project, now)
        if where == partner.organisation_id
    )


def _held_around(speaker: Any, project: Project, now: datetime) -> Held:
    """Fetch all at once; remembered on the speaker's object, which lives for one request."""
    if not speaker.is_member:
        return frozenset()
    known: dict[Any, Held] = speaker.__dict__.setdefault("_roles_around_projects", {})
    key = (project.ref, clock.today(now))
    if key not in known:
        here = held(now).filter(person=speaker, project=project)
        partners = current_roles(today=clock.today(now)).filter(
            membership__person=speaker,
            membership__organisation__partnerships__project=project,
            membership__organisation__partnerships__waiting_since=None,
        )
        known[key] = frozenset(
            here.values_list("project_id", "name").union(
                partners.values_list("membership__organisation_id", "name")
            )
        )
    return known[key]


def know_roles(people: Sequence[Person], project: Project, *, now: datetime) -> None:
    """Fetch at once which roles several people hold around a project. Two queries."""
    key, known = (project.ref, clock.today(now)), {each.ref: set[Any]() for each in people}
    here = held(now).filter(person__in=people, project=project)
    partners = current_roles(today=clock.today(now)).filter(
        membership__person__in=people,
        membership__organisation__partnerships__project=project,
        membership__organisation__partnerships__waiting_since=None,
    )
    around = ("membership__person_id", "membership__organisation_id", "name")
    rows = [*here.values_list("person_id", "project_id", "name"), *partners.values_list(*around)]
    for ref, where, name in rows:
        known[ref].add((where, name))
    for each in people:
        each.__dict__.setdefault("_roles_around_projects", {})[key] = frozenset(known[each.ref])


@cache  # built once: every use makes its own copy
def in_good_standing() -> QuerySet[ProjectRole]:
    """Return the project roles, whatever their dates, of people who still belong to a partner.

    Or, for readers who are lent, to the organisation that lends them.
    """
    own = Q(lent_by=None) & still_belongs(OuterRef("person"), OuterRef("project"))
    return ProjectRole.objects.filter(own | _still_lent())


def _still_lent() -> Q:
    """Return the condition that a lender's offer stands, and its reader belongs to it."""
    lender = Membership.objects.filter(
        person=OuterRef("person"), organisation=OuterRef("lent_by"), suspended_on=None
    )
    suspended = Membership.objects.filter(
        person=OuterRef("person"),
        organisation__partnerships__project=OuterRef("project"),
        suspended_on__isnull=False,
    )
    accepted = Q(lent_by__isnull=False, waiting_since=None)
    return accepted & Q(Exists(lender)) & ~Q(Exists(suspended))


def still_belongs(person: Any, project: Any) -> Q:
    """Return the condition that a person belongs to a partner, and is suspended in none."""
    belongs = Membership.objects.filter(
        person=person,
        organisation__partnerships__project=project,
        organisation__partnerships__waiting_since=None,
    )
    return Q(Exists(belongs.filter(suspended_on=None))) & ~Q(
        Exists(belongs.filter(suspended_on__isnull=False))
    )


def stands_in(person: Any, project: Project) -> bool:
    """Return whether a person belongs to the project today, with a role in it or without."""
    belongs = still_belongs(person.ref, OuterRef("ref"))
    return Project.objects.filter(belongs, ref=project.ref).exists()


def held(now: datetime) -> QuerySet[ProjectRole]:
    """Return the project roles that count today."""
    today = clock.today(now)
    return in_good_standing().filter(Q(ends_on=None) | Q(ends_on__gte=today), starts_on__lte=today)


def holders(project: Project, *names: Name, now: datetime) -> list[ProjectRole]:
    """Return who holds these roles today, with their people."""
    return list(
        held(now)
        .filter(project=project, name__in=names)
        .select_related("person")
        .order_by("person__name", "ref")
    )


def held_by(person: Any, *, now: datetime) -> list[ProjectRole]:
    """Return every role a person holds today, with its project.

    Remembered on the person's object, which lives for one request.
    """
    known: dict[Any, list[ProjectRole]] = person.__dict__.setdefault("_project_roles", {})
    today = clock.today(now)
    if today not in known:
        rows = held(now).filter(person=person).select_related("project__organisation")
        known[today] = list(rows)
    return list(known[today])


def as_if_holding(role: ProjectRole | None, *, now: datetime) -> Person:
    """Return a stand-in who holds this one role, or none, and is nobody.

    To ask what goes with a role, whoever holds it: what waits for its holder in their own right,
    as an author or guest of a meeting, waits for nobody here.
    """
    stand_in, today = Person(), clock.today(now)
    stand_in.__dict__["_project_roles"] = {today: [role] if role else []}
    if role is not None:
        here: Held = frozenset({(role.project_id, role.name)})
        stand_in.__dict__["_roles_around_projects"] = {(role.project_id, today): here}
    return stand_in


def is_stand_in(person: Any) -> bool:
    """Return whether this is nobody: all that goes with the role waits, in whosever hands."""
    return bool(person._state.adding)  # noqa: SLF001  Django's own name for it
