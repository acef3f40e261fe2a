"""Freezing figures: ten people at least behind each, rounded to 5, never live."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.figures import SMALLEST
from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Speaker
from goldenthread.safety.equality import services as equality
from goldenthread.safety.equality.queries import is_over
from goldenthread.safety.release import about, early, figures, queries, registry
from goldenthread.safety.release.control.profiles import PROFILES
from goldenthread.safety.release.events import FIGURES_FROZEN, RULE_CHOSEN
from goldenthread.safety.release.models import Release, Rule
from goldenthread.safety.release.permissions import may_freeze
from goldenthread.thread.services import record


@transaction.atomic
def freeze(*, project: Project, by: Speaker | None = None, now: datetime) -> Release:
    """Freeze the project's figures; `by` is nobody when the daily round does it.

    :raises Refusal: fewer than ten people are new since the last release
    """
    if by is not None and not may_freeze(by, project, now=now):
        raise Refusal(_("Only the people who run this project can freeze its figures."))
    project = _locked(project)
    earlier = list(Release.objects.filter(project=project).order_by("number"))
    last = earlier[-1] if earlier else None
    counts = figures.counts_of(project)
    if last is not None and not _is_due(project, last, counts, now):
        raise Refusal(_("Figures change when ten more people are in them. Please wait a little."))
    over = is_over(project, today=clock.today(now))
    profile = queries.rule_of(project)
    told = figures.told(project, counts, earlier)
    tables = about.tables(project, profile, earlier, over=over)
    release = Release.objects.create(
        project=project,
        number=len(earlier) + 1,
        figures=told.shown,
        bases=told.bases | told.people | about.bases(tables),
        frozen_on=clock.today(now),
        profile=profile.name,
        about=[table.shown for table in tables],
        hidden=about.summary(told.bases, told.audited, tables) | {"veiled": sorted(told.veiled)},
    )
    if over:
        equality.end(project=project, now=now)
    facts = {"number": release.number}
    record(FIGURES_FROZEN, about=release.ref, project=project.ref, facts=facts, now=now)
    early.show_first(release, now=now)
    return release


def _locked(project: Project) -> Project:
    locked = Project.objects.select_for_update(no_key=True, of=["self"]).select_related(
        "organisation"
    )
    return locked.get(ref=project.ref)


@transaction.atomic
def choose_rule(*, by: Person, project: Project, profile: str, now: datetime) -> None:
    """Choose by which rule the project shows who it heard from.

    :raises Refusal: figures are out already: two rules side by side would tell what one hides
    """
    project = Project.objects.select_for_update(no_key=True).get(ref=project.ref)
    if not may_freeze(by, project, now=now):
        raise Refusal(_("Only the people who run this project can choose this."))
    if profile not in PROFILES or Release.objects.filter(project=project).exists():
        raise Refusal(_("The rule is fixed once the first figures are out."))
    Rule.objects.update_or_create(project=project, defaults={"profile": profile})
    facts = {"profile": profile}
    record(RULE_CHOSEN, about=project.ref, project=project.ref, facts=facts, now=now)


def freeze_all_due(*, now: datetime) -> int:
    """Freeze the figures of every project where that is allowed and says anything; how many."""
    frozen = 0
    for project in Project.objects.exclude(state=Project.State.DRAFT).iterator(chunk_size=200):
        last = queries.newest_of(project)
        if _is_due(project, last, figures.counts_of(project), now):
            freeze(project=project, now=now)
            frozen += 1
    return frozen


def _is_due(
    project: Project, last: Release | None, counts: Mapping[str, int], now: datetime
) -> bool:
    """Ten more (or fewer) people in any figure, the close, or questions that end with listening.

    Days that organisers may set count for nothing here, but once: when listening is over while
    answers wait, these are counted and the questions end for good.
    """
    if is_over(project, today=clock.today(now)) and about.waits(project):
        return True
    if last is None:
        return max(registry.wholes_of(project).values(), default=0) >= SMALLEST
    now_in = {**counts, **about.wholes(project)}
    moved = any(abs(n - last.bases.get(name, 0)) >= SMALLEST for name, n in now_in.items())
    return moved or _closed_since(project, last)


def _closed_since(project: Project, last: Release) -> bool:
    return project.closed_on is not None and last.frozen_on < project.closed_on
