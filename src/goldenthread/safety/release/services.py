"""Freezing figures: ten people at least behind each, rounded to 5, never live."""

from datetime import datetime
from statistics import median

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.figures import SMALLEST, in_fives
from goldenthread.kit.refusals import Refusal
from goldenthread.projects.models import Project, Stage
from goldenthread.projects.speaker import Speaker
from goldenthread.safety.release import registry
from goldenthread.safety.release.events import FIGURES_FROZEN
from goldenthread.safety.release.models import Release
from goldenthread.safety.release.permissions import may_freeze
from goldenthread.thread.services import record


@transaction.atomic
def freeze(*, project: Project, by: Speaker | None = None, now: datetime) -> Release:
    """Freeze the project's figures; `by` is nobody when the daily round does it.

    :raises Refusal: fewer than ten people are new since the last release
    """
    if by is not None and not may_freeze(by, project, now=now):
        raise Refusal(_("Only the people who run this project can freeze its figures."))
    project = Project.objects.select_for_update().get(ref=project.ref)
    last = Release.objects.filter(project=project).order_by("-number").first()
    wholes = registry.wholes_of(project)
    if last is not None and not _is_due(project, last, wholes, now):
        raise Refusal(_("Figures change when ten more people are in them. Please wait a little."))
    bases = wholes | registry.parts_of(project)
    release = Release.objects.create(
        project=project,
        number=last.number + 1 if last else 1,
        figures={name: in_fives(count) for name, count in bases.items()} | _medians(project),
        bases=bases,
        frozen_on=clock.today(now),
    )
    facts = {"number": release.number}
    record(FIGURES_FROZEN, about=release.ref, project=project.ref, facts=facts, now=now)
    return release


def freeze_all_due(*, now: datetime) -> int:
    """Freeze the figures of every project where that is allowed and says anything; how many."""
    frozen = 0
    for project in Project.objects.exclude(state=Project.State.DRAFT).iterator(chunk_size=200):
        last = Release.objects.filter(project=project).order_by("-number").first()
        wholes = registry.wholes_of(project)
        first = last is None and max(wholes.values(), default=0) >= SMALLEST
        if first or (last is not None and _is_due(project, last, wholes, now)):
            freeze(project=project, now=now)
            frozen += 1
    return frozen


def _is_due(project: Project, last: Release, wholes: dict[str, int], now: datetime) -> bool:
    """Ten more (or fewer) people in any whole, a stage that has begun since, or the close."""
    moved = any(abs(count - last.bases.get(name, 0)) >= SMALLEST for name, count in wholes.items())
    if moved or _closed_since(project, last):
        return True
    begun = Stage.objects.filter(
        project=project, opens_on__gt=last.frozen_on, opens_on__lte=clock.today(now)
    )
    return begun.exists()


def _closed_since(project: Project, last: Release) -> bool:
    return project.closed_on is not None and last.frozen_on < project.closed_on


def _medians(project: Project) -> dict[str, int | None]:
    return {
        name: round(median(lengths)) if len(lengths) >= SMALLEST else None
        for name, lengths in registry.lengths_of(project).items()
    }
