"""Readers who are lent: what was offered to a project, and what an organisation lends."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.text import say_day
from goldenthread.organisations.models import Organisation
from goldenthread.people.accounts.models import Person
from goldenthread.projects import permissions
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.queries.finding import by_ref
from goldenthread.projects.work import Does, Work, lists


def _lent() -> QuerySet[ProjectRole]:
    rows = ProjectRole.objects.filter(lent_by__isnull=False)
    rows = rows.select_related("person", "lent_by", "project__organisation")
    return rows.order_by("starts_on", "person__name", "ref")


def offers_to(project: Project) -> list[ProjectRole]:
    """Return readers who are offered to a project and wait for its answer."""
    return list(_lent().filter(project=project, waiting_since__isnull=False))


def lent_by(organisation: Organisation, *, now: datetime) -> list[ProjectRole]:
    """Return whom an organisation lends or offers, until the loan is over."""
    return list(_lent().filter(lent_by=organisation, ends_on__gte=clock.today(now)))


def loan_of(ref: str, **where: Any) -> ProjectRole | None:
    """Return the loan with that ref, of that project or that lender."""
    return by_ref(_lent().filter(**where), ref)


def say_loan(role: ProjectRole) -> str:
    """Say who is lent to whom, and when."""
    lender = role.lent_by.name if role.lent_by else ""
    days = ""
    if role.ends_on:
        said = {"from": say_day(role.starts_on), "until": say_day(role.ends_on)}
        days = _("%(from)s to %(until)s") % said
    who = role.person.name or role.person.email
    return _("%(who)s of %(lender)s, %(days)s") % {"who": who, "lender": lender, "days": days}


def _offered(
    person: Person, projects: Iterable[Project], *, now: datetime
) -> Iterator[QuerySet[ProjectRole]]:
    del person, now
    yield _lent().filter(Q(project__in=list(projects)), waiting_since__isnull=False)


@lists(Does.ANSWER, when=_offered)
def to_answer(person: Person, projects: Iterable[Project], *, now: datetime) -> list[Work]:
    """Readers who are offered to projects that this person may staff."""
    (rows,) = _offered(person, projects, now=now)
    return [
        Work(
            _("%(lender)s offers a reader: %(title)s")
            % {"lender": each.lent_by.name if each.lent_by else "", "title": each.project.title},
            reverse("projects:people", args=[each.project.address]),
        )
        for each in rows
        if permissions.may_give_roles(person, each.project, now=now)
    ]
