"""The figures of the chain: heard, decided, changed, told, confirmed, each with its denominator."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Count, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.act.decisions.models import Decision
from goldenthread.debrief.replies.models import Confirmation, Told
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.voices.models import Voice
from goldenthread.projects.models import Project
from goldenthread.projects.work import by_project
from goldenthread.safety.reading.models import Words
from goldenthread.safety.release import registry
from goldenthread.safety.release.queries import Figures, latest

PLACES = list(Theme.Place)
KEPT = ~Q(voice__words__state__in=Words.GONE)


class Link(NamedTuple):
    """One figure of the chain: a large numeral, and the rest of its sentence."""

    numeral: str
    sentence: str


def chain(project: Project, figures: Figures | None = None) -> list[Link]:
    """Return the chain of a project. People's numbers come from the release, deeds are exact."""
    figures = latest(project) if figures is None else figures
    deeds = _deeds(project)
    return [
        _heard(figures),
        _decided(deeds),
        _changed(deeds),
        _told(figures),
        _confirmed(figures),
    ]


@registry.tells
def chain_told(_project: Project, figures: Figures) -> registry.Section:
    """Say who was heard, told and asked again, in a release."""
    links = [_heard(figures), _told(figures), _confirmed(figures)]
    return registry.Section(_("From heard to told"), [f"{a} {b}." for a, b in links])


def _deeds(project: Project) -> dict[str, int]:
    """Count the themes by how far they came, and the decisions by outcome. One query."""
    standing = Theme.objects.filter(project=project).exclude(
        state__in=[Theme.State.MERGED, Theme.State.WORKING]
    )
    published = Decision.objects.filter(project=project, state=Decision.State.PUBLISHED)
    counted = by_project(
        all=standing,
        decided=standing.exclude(place=Theme.Place.HEARD),
        changed=standing.filter(place=Theme.Place.CHANGED),
        **{outcome: published.filter(outcome=outcome) for outcome in ("yes", "partly", "no")},
    )
    return {kind: found.get(project.ref, 0) for kind, found in counted.items()}


def _heard(figures: Figures) -> Link:
    days = figures.number("heard")
    if days is None:
        return Link(_("Not yet"), _("known how soon people are heard: fewer than ten so far"))
    if days == 0:
        return Link(_("The same day"), _("a person had read it, for half of what was said"))
    numeral = ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
    return Link(numeral, _("until a person had read or answered, for half of what was said"))


def _decided(deeds: dict[str, int]) -> Link:
    if not deeds["all"]:
        return Link(_("No topics yet"), _("to decide on: people are still being heard"))
    sentence = _("topics decided, each with a reason (%(yes)s yes, %(partly)s partly, %(no)s no)")
    return Link(_of(deeds["decided"], deeds["all"]), sentence % deeds)


def _changed(deeds: dict[str, int]) -> Link:
    if not deeds["decided"]:
        return Link(_("Nothing yet"), _("has changed: nothing is decided so far"))
    sentence = _("decided topics have led to something that is different now")
    return Link(_of(deeds["changed"], deeds["decided"]), sentence)


def _told(figures: Figures) -> Link:
    told, voices = figures.number("told"), figures.number("voices")
    if told is None or voices is None:
        return Link(_("Fewer than 10"), _("voices have been told what came of them"))
    sentence = _("voices have been told what came of them, in rounded numbers")
    return Link(_of(min(told, voices), voices), sentence)


def _confirmed(figures: Figures) -> Link:
    answered, confirmed = figures.number("answered"), figures.number("confirmed")
    if answered is None:
        return Link(_("Fewer than 10"), _("people have said whether it changed for them"))
    if confirmed is None and "confirmed" in figures.veiled:
        numeral = _("Some of %(all)s") % {"all": f"{answered:,}"}
    elif confirmed is None:
        numeral = _("Fewer than 10 of %(all)s") % {"all": f"{answered:,}"}
    else:
        numeral = _of(min(confirmed, answered), answered)
    return Link(numeral, _("who answered say it changed for them, in rounded numbers"))


def _of(part: int, whole: int) -> str:
    return _("%(part)s of %(whole)s") % {"part": f"{part:,}", "whole": f"{whole:,}"}


@registry.figure("told")
def count_told(project: Project) -> int:
    """Voices whose author has been reached."""
    return _voices_told(project, *Told.COUNTS)


@registry.figure("answered")
def count_answered(project: Project) -> int:
    """Voices whose author has said whether it changed."""
    answers = Confirmation.objects.filter(KEPT, change__project=project)
    return answers.values("voice").distinct().count()


@registry.figures
def count_parts(project: Project) -> dict[str, int]:
    """Voices by how they stand, and by what their authors answered."""
    answers = Confirmation.objects.filter(KEPT, change__project=project)
    by_answer = answers.values("answer").annotate(n=Count("voice", distinct=True)).order_by()
    counts = {f"answered:{row['answer']}": row["n"] for row in by_answer}
    return {
        "waiting": _voices_told(project, Told.State.WAITING, but=Told.COUNTS),
        "board": _voices_told(project, Told.State.BOARD, but=(*Told.COUNTS, Told.State.WAITING)),
        "confirmed": counts.get("answered:yes", 0),
        **counts,
    }


@registry.figures
def count_confirmed(project: Project) -> dict[str, int]:
    """For each change, how many authors answered, and what."""
    answers = Confirmation.objects.filter(KEPT, change__project=project)
    counts: dict[str, int] = {}
    for row in answers.values("change", "answer").annotate(n=Count("ref")).order_by():
        whole = f"change:{row['change']}:answered"
        counts[whole] = counts.get(whole, 0) + row["n"]
        counts[f"change:{row['change']}:{row['answer']}"] = row["n"]
    return counts


@registry.adds_up
def answers_about_changes(names: Iterable[str]) -> dict[str, list[str]]:
    """For each change, what authors answered adds up to how many answered; and so for all."""
    sums: dict[str, list[str]] = {}
    for name in names:
        whole, _last, answer = name.rpartition(":")
        if whole.startswith("change:") and answer != "answered":
            sums.setdefault(f"{whole}:answered", []).append(name)
        elif whole == "answered":
            sums.setdefault("answered", []).append(name)
    if "answered:yes" in names:
        sums["confirmed"] = ["answered:yes"]
    return sums


@registry.adds_up
def answers_about_all_changes(names: Iterable[str]) -> dict[str, list[str]]:
    """Where each author answered about one change, what was answered about each makes up all."""
    sums: dict[str, list[str]] = {}
    for name in names:
        if name.startswith("change:"):
            answer = name.rpartition(":")[2]
            sums.setdefault(f"all:{answer}", []).append(name)
    return {
        "answered:" + answer.removeprefix("all:"): parts
        for answer, parts in sums.items()
        if answer != "all:answered"
    }


@registry.median("heard")
def days_until_heard(project: Project) -> list[int]:
    """Days from each voice to the first time a person read, asked or answered it."""
    voices = Voice.objects.filter(project=project, came_by=Voice.CameBy.WRITTEN).annotate(
        asked_on=Min("words__exchanges__on", filter=Q(words__exchanges__by__isnull=False)),
        told_on=Min("told__on", filter=Q(told__state__in=Told.COUNTS)),
    )
    rows = voices.values_list("words__received_on", "words__released_on", "asked_on", "told_on")
    heard = ((said, [day for day in days if day]) for said, *days in rows.iterator())
    return [max(0, (min(days) - said).days) for said, days in heard if days]


def _voices_told(project: Project, *states: Told.State, but: tuple[Told.State, ...] = ()) -> int:
    told = Told.objects.filter(KEPT, voice__project=project, state__in=states)
    if but:
        better = Told.objects.filter(voice__project=project, state__in=but)
        told = told.exclude(voice__in=better.values("voice"))
    return told.values("voice").distinct().count()
