"""What goes with a role, and how its hand-over stands."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet
from django.urls import reverse

from goldenthread.handover import permissions
from goldenthread.handover.models import HandOver
from goldenthread.handover.posts import Post, post_of
from goldenthread.kit import clock
from goldenthread.organisations.models import Membership, Role
from goldenthread.organisations.queries import waiting_in
from goldenthread.organisations.roles import current_roles
from goldenthread.people.accounts.models import Person
from goldenthread.projects.ahead import Ahead, ahead_of
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.queries import current_terms, newest_terms, parts_of
from goldenthread.projects.roles import as_if_holding, held, still_belongs
from goldenthread.projects.work import Work, work_for

State = HandOver.State
STANDING = (State.ASKED, State.ACCEPTED)
FROM = timedelta(days=60)
LATE = timedelta(days=14)
WITH_ROLE = ("role__membership__person", "role__membership__organisation")
WITH_PROJECT_ROLE = ("project_role__person", "project_role__project__organisation")
MOST = 50  # projects of an organisation whose promised days are listed


def post_at(ref: UUID) -> Post | None:
    """Return the role of that key, in an organisation or a project."""
    rows = ProjectRole.objects.select_related("person", "project__organisation")
    role = rows.filter(ref=ref).first() or (
        Role.objects.select_related("membership__person", "membership__organisation")
        .filter(ref=ref)
        .first()
    )
    return Post(role) if role else None


def standing_of(post: Post) -> HandOver | None:
    """Return the hand-over of a role that runs or was accepted."""
    rows = HandOver.objects.select_related("successor")
    return rows.filter(Q(**post.columns), state__in=STANDING).first()


def newest_of(post: Post) -> HandOver | None:
    """Return what was asked last, whatever came of it."""
    rows = HandOver.objects.select_related("successor").filter(Q(**post.columns))
    return standing_of(post) or rows.order_by("-asked_on", "-answered_on", "ref").first()


def posts_of(person: Any, *, now: datetime) -> list[Post]:
    """Return every role that a person holds today and can hand on, soonest end first."""
    today = clock.today(now)
    mine: list[Any] = list(
        current_roles(today=today)
        .filter(membership__person=person)
        .select_related("membership__person", "membership__organisation")
    )
    mine += (
        held(now)
        .filter(person=person, lent_by=None)
        .exclude(project__state=Project.State.CLOSED)
        .select_related("person", "project__organisation")
    )
    posts = [Post(each) for each in mine]
    return sorted(posts, key=lambda each: (each.ends_on or date.max, each.where, each.name))


def ending(people: Q, project_people: Q, *, within: timedelta, now: datetime) -> list[Post]:
    """Return the roles of these people that end within a time. Two queries."""
    today = clock.today(now)
    soon = Q(ends_on__isnull=False, ends_on__lte=today + within)
    roles: list[Any] = list(
        current_roles(today=today)
        .filter(people, soon)
        .select_related("membership__person", "membership__organisation")
    )
    roles += (
        held(now)
        .filter(project_people, soon, lent_by=None)
        .exclude(project__state=Project.State.CLOSED)
        .select_related("person", "project__organisation")
    )
    return [Post(each) for each in roles]


def accepted_among(posts: Iterable[Post]) -> set[UUID]:
    """Return which of these roles somebody has agreed to take over. One query."""
    refs = [each.ref for each in posts]
    if not refs:
        return set()
    rows = HandOver.objects.filter(
        Q(role__in=refs) | Q(project_role__in=refs), state=State.ACCEPTED
    )
    pairs = rows.values_list("role", "project_role")
    return set(refs) & {ref for pair in pairs for ref in pair}


def asked_of(person: Any, *, now: datetime) -> list[tuple[HandOver, Post]]:
    """Return what a person is asked to take over. One query."""
    rows = permissions.answerable(now=now).filter(successor=person)
    found = rows.select_related(*WITH_ROLE, *WITH_PROJECT_ROLE).order_by("last_day", "ref")
    return [(each, post_of(each)) for each in found]


def who_may_follow(post: Post, *, offered: bool = True) -> QuerySet[Person]:
    """Return the members among whom the holder may choose; nobody, where there is no choice."""
    if not offered:
        return Person.objects.none()
    if post.project is None:
        belongs = Membership.objects.filter(organisation=post.organisation, suspended_on=None)
        members = Q(memberships__in=belongs)
    else:
        members = still_belongs(OuterRef("pk"), post.project.ref)
    return Person.objects.filter(members, is_active=True).exclude(pk=post.holder.pk)


@dataclass(frozen=True)
class Promised:
    """What was promised in one project."""

    project: Project
    href: str
    parts: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Bundle:
    """All that goes with a role: promises, dates, open work."""

    promises: list[Promised]
    dates: list[Ahead]
    work: list[Work]

    @property
    def waiting(self) -> int:
        """How many things wait."""
        return sum(each.n for each in self.work)

    @property
    def late(self) -> int:
        """How many of them are late."""
        return sum(each.n for each in self.work if each.tone == "overdue")


def bundle_of(post: Post, *, now: datetime) -> Bundle:
    """Gather what goes with the role, whoever holds it: nothing of the holder's own."""
    if isinstance(post.role, ProjectRole):
        projects, stand_in = [post.role.project], as_if_holding(post.role, now=now)
        work = work_for(stand_in, projects, now=now)
    else:
        stand_in, projects = as_if_holding(None, now=now), _open_projects(post)
        work = []
        if post.role.name == Role.Name.ADMINISTRATOR:
            work = [
                Work(each.text, each.href, each.tone)
                for each in waiting_in([post.organisation], now=now)
            ]
    dates = ahead_of(post.holder if post.project else stand_in, projects, now=now)
    return Bundle([_promised(each, whole=bool(post.project)) for each in projects], dates, work)


def _open_projects(post: Post) -> list[Project]:
    rows = Project.objects.filter(
        partners__organisation=post.organisation,
        partners__waiting_since=None,
        state=Project.State.OPEN,
    )
    return list(rows.select_related("organisation").order_by("title", "ref")[:MOST])


def _promised(project: Project, *, whole: bool) -> Promised:
    href = reverse("projects:terms", args=[project.address])
    if not whole:
        return Promised(project, href)
    terms = current_terms(project) or newest_terms(project)
    return Promised(project, href, [part for part in parts_of(terms) if part[1]])
