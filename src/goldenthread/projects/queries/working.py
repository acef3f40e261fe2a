"""What waits for a person in the projects themselves."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.text import say_day
from goldenthread.organisations.roles import current_roles
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Partner, Project, ProjectRole, Terms
from goldenthread.projects.permissions import RUNS
from goldenthread.projects.queries.finding import waiting_partners
from goldenthread.projects.roles import held_by
from goldenthread.projects.work import Does, Tone, Work, lists

NEAR = timedelta(days=14)
State = Project.State
ANSWERS = {
    ProjectRole.Name.FACILITATOR,
    ProjectRole.Name.CO_LEAD,
    ProjectRole.Name.DECISION_MAKER,
}


@lists(Does.PREPARE)
def what_waits(person: Person, projects: list[Project], *, now: datetime) -> Iterator[Work]:
    """Drafts to prepare, boxes that are closed. No query."""
    del projects  # we ask by role
    for project in sorted(_answering(person, now), key=lambda each: each.title):
        yield from _of_project(project)


def _answering(person: Any, now: datetime) -> set[Project]:
    return {each.project for each in held_by(person, now=now) if each.name in ANSWERS}


def _run_by(person: Any, projects: list[Project], *, now: datetime) -> Iterator[QuerySet[Project]]:
    """Other drafts and closed boxes of organisations that this person runs."""
    del projects  # drafts of an organisation are nobody's own yet
    runs = current_roles(today=clock.today(now)).filter(membership__person=person, name__in=RUNS)
    partners = Partner.objects.filter(
        project=OuterRef("ref"),
        waiting_since=None,
        organisation__in=runs.values("membership__organisation"),
    )
    wanted = Q(state=State.DRAFT) | (Q(state=State.OPEN) & ~Q(box_closed_because=""))
    known = [each.ref for each in _answering(person, now)]
    yield Project.objects.filter(wanted, Exists(partners)).exclude(ref__in=known)


@lists(Does.PREPARE, when=_run_by)
def what_waits_unowned(person: Person, projects: list[Project], *, now: datetime) -> Iterator[Work]:
    """Do the same for projects in which the person holds no role yet."""
    (found,) = _run_by(person, projects, now=now)
    for project in found.order_by("title", "ref"):
        yield from _of_project(project)


def _shared(person: Any, projects: list[Project], *, now: datetime) -> Iterator[QuerySet[Partner]]:
    del projects
    yield waiting_partners(person, now)


@lists(Does.ANSWER, when=_shared)
def to_share(person: Person, projects: list[Project], *, now: datetime) -> Iterator[Work]:
    """Projects that organisations of this administrator are asked to share."""
    for partner in next(_shared(person, projects, now=now)):
        yield Work(
            _("%(organisation)s is asked to share “%(title)s”.")
            % {"organisation": partner.organisation.name, "title": partner.project.title},
            reverse("projects:invited", args=[partner.project.address]),
        )


def _of_project(project: Project) -> Iterator[Work]:
    href = reverse("projects:prepare", args=[project.address])
    if project.state == State.DRAFT:
        # Whether anything is missing would be asked anew for each of them: its page says it.
        said = _("“%(title)s” is not open yet. See if anything is missing, then open it.")
        yield Work(said % {"title": project.title}, href)
    elif project.state == State.OPEN and project.box_closed_because:
        said = _("The box of “%(title)s” is closed. By hand.")
        if project.box_closed_because == "readers-late":
            said = _("The box of “%(title)s” is closed. Readers are late.")
        yield Work(said % {"title": project.title}, href, "overdue")


def _near(person: Any, projects: list[Project], *, now: datetime) -> Iterator[QuerySet[Terms]]:
    """Terms in force with a promised day that is past or near."""
    del projects
    newest = Terms.objects.filter(project=OuterRef("project"), sealed_on__isnull=False)
    last = clock.today(now) + NEAR
    yield (
        Terms.objects.filter(Q(hear_by__lte=last) | Q(debrief_on__lte=last))
        .filter(project__in=[each for each in _answering(person, now) if each.state == State.OPEN])
        .filter(sealed_on__isnull=False, version=newest.order_by("-version").values("version")[:1])
    )


@lists(Does.TELL, when=_near)
def promised(person: Person, projects: list[Project], *, now: datetime) -> Iterator[Work]:
    """Days on which people were promised to hear, and to look back."""
    today = clock.today(now)
    for each in next(_near(person, projects, now=now)).select_related("project"):
        title, href = each.project.title, reverse("projects:terms", args=[each.project.address])
        days = (
            (
                each.hear_by,
                _("People who spoke in “%(title)s” are to hear by %(day)s."),
                _("People who spoke in “%(title)s” were to hear by %(day)s."),
            ),
            (
                each.debrief_on,
                _("The debrief of “%(title)s” is promised for %(day)s."),
                _("The debrief of “%(title)s” was promised for %(day)s."),
            ),
        )
        for day, ahead, past in days:
            if day <= today + NEAR:
                tone: Tone = "overdue" if day < today else "due"
                sentence = past if day < today else ahead
                yield Work(sentence % {"title": title, "day": say_day(day)}, href, tone)
