"""What waits for people: to tell, drafts of answers, and whether it changed for them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.act.decisions.models import Decision
from goldenthread.act.plans.models import Change
from goldenthread.debrief.replies.about import without_reply
from goldenthread.debrief.replies.models import Reply, Told
from goldenthread.debrief.replies.permissions import REPLIERS
from goldenthread.debrief.replies.queries import ASK_AFTER
from goldenthread.kit import clock
from goldenthread.listen.voices.models import Voice
from goldenthread.people.accounts.models import Person
from goldenthread.projects import work
from goldenthread.projects.models import Project, Terms
from goldenthread.projects.roles import held_by
from goldenthread.projects.work import Does, Work, by_project
from goldenthread.safety.reading.models import Words
from goldenthread.thread.queries import what_came_of


def _untold(person: Person, projects: list[Project], *, now: datetime) -> Iterator[QuerySet[Any]]:
    """Decisions and changes on which no reply has gone out, and drafts of replies."""
    mine = _run_by(person, projects, now)
    published = Decision.objects.filter(project__in=mine, state=Decision.State.PUBLISHED)
    yield without_reply(published)
    yield without_reply(Change.objects.filter(project__in=mine))
    yield Reply.objects.filter(project__in=mine, state=Reply.State.DRAFT)


@work.lists(Does.TELL, when=_untold)
def to_tell(person: Person, projects: list[Project], *, now: datetime) -> Iterator[Work]:
    """Name the decisions and changes nobody was told about, and the drafts. Two queries."""
    mine = _run_by(person, projects, now)
    decided, changed, written = _untold(person, projects, now=now)
    counted = by_project(decided=decided, changed=changed, drafts=written)
    waiting, drafts = counted["decided"], counted["drafts"]
    for ref, number in counted["changed"].items():
        waiting[ref] = waiting.get(ref, 0) + number
    late = _late(mine, now) if waiting else set()
    for project in mine:
        if number := waiting.get(project.ref, 0):
            yield Work(
                _tell(project, number),
                f"/p/{project.address}/replies/",
                "overdue" if project.ref in late else "due",
                number,
            )
        if number := drafts.get(project.ref, 0):
            yield Work(_finish(project, number), f"/p/{project.address}/replies/", "quiet", number)


def _told(person: Person, projects: list[Project], *, now: datetime) -> Iterator[QuerySet[Voice]]:
    del projects, now
    spoke = Voice.objects.filter(author=person).exclude(words__state__in=Words.GONE)
    yield spoke.filter(told__state__in=Told.COUNTS)


@work.lists(Does.ANSWER, when=_told)
def to_confirm(person: Person, projects: list[Project], *, now: datetime) -> Iterator[Work]:
    """Ask the person whether it changed for them, where they spoke themselves. Three queries."""
    (told,) = _told(person, projects, now=now)
    mine = list(told.values_list("pk", flat=True).distinct()[:100])
    came = what_came_of(mine, "change") if mine else []
    ripe = Change.objects.filter(ref__in=came, since_on__lte=clock.today(now) - ASK_AFTER)
    if came and ripe.exclude(confirmations__voice__in=mine).exists():
        yield Work(_("Has it changed for you? One question waits."), "/my-voices/", "quiet")


def _run_by(person: Person, projects: list[Project], now: datetime) -> list[Project]:
    refs = {role.project_id for role in held_by(person, now=now) if role.name in REPLIERS}
    return [project for project in projects if project.ref in refs]


def _late(projects: list[Project], now: datetime) -> set[Any]:
    """Return the projects in which people were promised an answer by a day that has passed."""
    sealed = Terms.objects.filter(sealed_on__isnull=False, project__in=projects)
    newest = sealed.order_by("project", "-version").distinct("project")
    return {terms.project_id for terms in newest if terms.hear_by < clock.today(now)}


def _tell(project: Project, number: int) -> str:
    sentence = ngettext(
        "%(project)s: tell people about one thing that was decided or has changed",
        "%(project)s: tell people about %(n)s things that were decided or have changed",
        number,
    )
    return sentence % {"project": project.title, "n": number}


def _finish(project: Project, number: int) -> str:
    sentence = ngettext(
        "%(project)s: one answer is still being written",
        "%(project)s: %(n)s answers are still being written",
        number,
    )
    return sentence % {"project": project.title, "n": number}
