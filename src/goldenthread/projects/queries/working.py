"""What waits for a person in the projects themselves."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.text import say_day
from goldenthread.organisations.roles import current_roles
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Partner, Project, ProjectRole, Terms
from goldenthread.projects.permissions import RUNS
from goldenthread.projects.queries.finding import asked_of
from goldenthread.projects.roles import held_by
from goldenthread.projects.work import Tone, Work, lists

NEAR = timedelta(days=14)
State = Project.State
ANSWERS = {
    ProjectRole.Name.FACILITATOR,
    ProjectRole.Name.CO_LEAD,
    ProjectRole.Name.DECISION_MAKER,
}


@lists
def what_waits(person: Person, projects: list[Project], *, now: datetime) -> Iterator[Work]:
    """Drafts to prepare, promised days, boxes that are closed. Four queries."""
    del projects  # we ask by role: drafts of an organisation are nobody's own yet
    today = clock.today(now)
    roles = held_by(person, now=now)
    answering = {each.project for each in roles if each.name in ANSWERS}
    mine = answering | set(_run_by(person, now))
    for project in sorted(mine, key=lambda each: each.title):
        yield from _of_project(project)
    yield from _promised(answering, today)
    for partner in asked_of(person, now=now):
        yield Work(
            f"{partner.organisation.name} is asked to share “{partner.project.title}”.",
            reverse("projects:invited", args=[partner.project.address]),
        )


def _run_by(person: Any, now: datetime) -> list[Project]:
    """Drafts and closed boxes of organisations that this person runs."""
    runs = current_roles(today=clock.today(now)).filter(membership__person=person, name__in=RUNS)
    partners = Partner.objects.filter(
        project=OuterRef("ref"),
        waiting_since=None,
        organisation__in=runs.values("membership__organisation"),
    )
    wanted = Q(state=State.DRAFT) | (Q(state=State.OPEN) & ~Q(box_closed_because=""))
    return list(Project.objects.filter(wanted, Exists(partners)))


def _of_project(project: Project) -> Iterator[Work]:
    href = reverse("projects:prepare", args=[project.address])
    if project.state == State.DRAFT:
        yield Work(f"“{project.title}” is not open yet. See what is missing.", href)
    elif project.state == State.OPEN and project.box_closed_because:
        why = (
            _("Readers are late") if project.box_closed_because == "readers-late" else _("By hand")
        )
        yield Work(f"The box of “{project.title}” is closed. {why}.", href, "overdue")


def _promised(projects: set[Project], today: date) -> Iterator[Work]:
    newest = Terms.objects.filter(project=OuterRef("project"), sealed_on__isnull=False)
    terms = (
        Terms.objects.filter(project__in=[each for each in projects if each.state == State.OPEN])
        .filter(sealed_on__isnull=False, version=newest.order_by("-version").values("version")[:1])
        .select_related("project")
    )
    for each in terms:
        title, href = each.project.title, reverse("projects:terms", args=[each.project.address])
        days = (
            (each.hear_by, _("People who spoke in “{}” {} hear by {}."), ("are to", "were to")),
            (each.debrief_on, _("The debrief of “{}” {} promised for {}."), ("is", "was")),
        )
        for day, sentence, (ahead, past) in days:
            if day <= today + NEAR:
                tone: Tone = "overdue" if day < today else "due"
                verb = past if day < today else ahead
                yield Work(sentence.format(title, verb, say_day(day)), href, tone)
