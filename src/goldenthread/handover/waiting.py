"""What waits for people: roles of theirs that end, roles they are asked to take, and gaps."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.handover import queries
from goldenthread.handover.models import HandOver
from goldenthread.handover.posts import Post
from goldenthread.kit import clock
from goldenthread.kit.text import say_day
from goldenthread.organisations.models import Role
from goldenthread.organisations.queries import administered_by
from goldenthread.organisations.roles import current_roles
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.projects.roles import held
from goldenthread.projects.work import Does, Work, lists


def _changing(person: Any, projects: list[Project], *, now: datetime) -> Iterator[QuerySet[Any]]:
    del projects
    today = clock.today(now)
    soon, late = Q(ends_on__lte=today + queries.FROM), Q(ends_on__lte=today + queries.LATE)
    roles = current_roles(today=today)
    runs = roles.filter(membership__person=person, name=Role.Name.ADMINISTRATOR)
    run = runs.values("membership__organisation")
    yield roles.filter(
        soon & Q(membership__person=person) | late & Q(membership__organisation__in=run)
    )
    own, around = Q(person=person), Q(project__partners__organisation__in=run)
    yield held(now).filter(soon & own | late & around, lent_by=None)
    yield HandOver.objects.filter(successor=person, state=HandOver.State.ASKED)


@lists(Does.PREPARE, when=_changing)
def roles_that_change_hands(
    person: Person, projects: list[Project], *, now: datetime
) -> Iterator[Work]:
    """Name roles that end, asked for, or without anybody to follow. Four queries."""
    del projects  # roles in organisations are handed on too
    runs = administered_by(person, now=now)
    posts = _ending_around(person, runs, now)
    passed = queries.accepted_among(posts)
    for post in posts:
        if post.ref not in passed and post.ends_on is not None:
            yield from _of(post, person, now)
    for _asked, post in queries.asked_of(person, now=now):
        said = _("%(who)s asks you to take over: %(role)s in %(where)s.")
        yield Work(said % {"who": post.holder.name or post.where, **_said(post)}, _href(post))


def _ending_around(person: Any, runs: list[Any], now: datetime) -> list[Post]:
    mine = Q(membership__person=person)
    own = Q(person=person)
    if runs:
        late = Q(ends_on__lte=clock.today(now) + queries.LATE)
        mine |= Q(membership__organisation__in=runs) & late
        own |= late & Q(
            project__partners__organisation__in=runs, project__partners__waiting_since=None
        )
    posts = queries.ending(mine, own, within=queries.FROM, now=now)
    return list({post.ref: post for post in posts}.values())


def _of(post: Post, person: Any, now: datetime) -> Iterator[Work]:
    ends_on = post.ends_on or clock.today(now)
    late = ends_on <= clock.today(now) + queries.LATE
    words = {**_said(post), "day": say_day(ends_on)}
    if post.holder == person:
        said = _("Your role as %(role)s in %(where)s ends on %(day)s. Hand it over.")
        yield Work(said % words, _href(post), "due" if late else "quiet")
    elif late:
        said = _("Nobody follows yet: %(role)s in %(where)s ends on %(day)s.")
        yield Work(said % words, _href(post), "overdue")


def _said(post: Post) -> dict[str, str]:
    return {"role": post.name, "where": post.where}


def _href(post: Post) -> str:
    return reverse("handover:role", args=[post.ref])
