"""What waits for those who decide: agreed themes without a decision, and drafts to publish."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import ngettext

from goldenthread.act.decisions.models import Decision
from goldenthread.act.decisions.permissions import WRITERS
from goldenthread.listen.themes.models import Theme
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import held_by
from goldenthread.projects.work import Does, Work, by_project, lists

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
    counted = by_project(themes=agreed, drafts=written)
    themes, drafts = counted["themes"], counted["drafts"]
    for project in projects:
        ref = project.ref
        if number := themes.get(ref, 0):
            href = reverse("decisions:new", args=[project.address])
            yield Work(_decide(project, number), href, n=number)
        if number := drafts.get(ref, 0):
            href = reverse("decisions:list", args=[project.address])
            yield Work(_publish(project, number), href, n=number)


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
