"""What waits for those who decide: agreed themes without a decision, and drafts to publish."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from goldenthread.act.decisions.models import Decision
from goldenthread.act.decisions.permissions import WRITERS
from goldenthread.kit import clock
from goldenthread.listen.themes.models import Theme
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project, ProjectRole, Terms
from goldenthread.projects.roles import held_by
from goldenthread.projects.work import Does, Tone, Work, by_project, lists

Name = ProjectRole.Name


def _waiting(person: Person, projects: list[Project], *, now: datetime) -> Iterator[QuerySet[Any]]:
    """Agreed themes without a decision where this person writes them, and drafts they publish."""
    known = {project.ref for project in projects if project.state != Project.State.CLOSED}
    roles = [role for role in held_by(person, now=now) if role.project_id in known]
    writes = {role.project_id for role in roles if role.name in WRITERS}
    yield Theme.objects.filter(project__in=writes, state=Theme.State.AGREED, decided=None)
    yield _drafts(roles).filter(project__in=writes)


@lists(Does.DECIDE, when=_waiting)
def to_decide(person: Person, projects: list[Project], *, now: datetime) -> Iterator[Work]:
    """Name the projects that are not closed in which something is to decide. One query."""
    agreed, written = _waiting(person, projects, now=now)
    late = _late([project.ref for project in projects], now)
    counted = by_project(themes=agreed, drafts=written, late=late)
    for project in projects:
        ref = project.ref
        tone: Tone = "overdue" if ref in counted["late"] else "due"
        if number := counted["themes"].get(ref, 0):
            href = reverse("decisions:new", args=[project.address])
            yield Work(_decide(project, number), href, tone, n=number)
        if number := counted["drafts"].get(ref, 0):
            href = reverse("decisions:list", args=[project.address])
            yield Work(_publish(project, number), href, tone, n=number)


def _late(projects: Iterable[UUID], now: datetime) -> QuerySet[Terms]:
    """Return the terms in force by which people should have heard by now."""
    sealed = Terms.objects.filter(project__in=projects, sealed_on__isnull=False)
    newer = sealed.filter(project=OuterRef("project"), version__gt=OuterRef("version"))
    return sealed.filter(~Exists(newer), hear_by__lt=clock.today(now))


def _drafts(roles: list[ProjectRole]) -> QuerySet[Decision]:
    """Return the drafts this person may publish: all as decision-maker, else those of groups."""
    drafts = Decision.objects.filter(state=Decision.State.DRAFT)
    decides = {role.project_id for role in roles if role.name == Name.DECISION_MAKER}
    for_groups = {role.project_id for role in roles if role.name == Name.FACILITATOR}
    return drafts.filter(project__in=decides) | drafts.filter(
        project__in=for_groups, group__isnull=False
    )


def _decide(project: Project, number: int) -> str:
    sentence = ngettext(
        "%(project)s: one agreed theme waits for a decision",
        "%(project)s: %(n)s agreed themes wait for a decision",
        number,
    )
    return sentence % {"project": project.title, "n": number}


def _publish(project: Project, number: int) -> str:
    sentence = ngettext(
        "%(project)s: one decision waits to be published",
        "%(project)s: %(n)s decisions wait to be published",
        number,
    )
    return sentence % {"project": project.title, "n": number}
