"""What waits for those who decide: agreed themes without a decision, and drafts to publish."""

from collections.abc import Iterable, Iterator
from datetime import datetime
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
from goldenthread.projects.work import Tone, Work, by_project, lists

Name = ProjectRole.Name


@lists
def to_decide(person: Person, projects: list[Project], *, now: datetime) -> Iterator[Work]:
    """Name the projects that are not closed in which something is to decide. One query."""
    known = {project.ref for project in projects if project.state != Project.State.CLOSED}
    roles = [role for role in held_by(person, now=now) if role.project_id in known]
    writes = {role.project_id: role.project for role in roles if role.name in WRITERS}
    if not writes:
        return
    agreed = Theme.objects.filter(project__in=writes, state=Theme.State.AGREED, decided=None)
    counted = by_project(themes=agreed, drafts=_drafts(roles), late=_late(writes, now))
    themes, drafts, late = counted["themes"], counted["drafts"], counted["late"]
    for ref, project in writes.items():
        tone: Tone = "overdue" if ref in late else "due"
        if number := themes.get(ref, 0):
            href = reverse("decisions:new", args=[project.address])
            yield Work(_decide(project, number), href, tone)
        if number := drafts.get(ref, 0):
            href = reverse("decisions:list", args=[project.address])
            yield Work(_publish(project, number), href, tone)


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
