"""Freezing figures: ten people at least behind each, rounded to 5, never live."""

from datetime import datetime
from statistics import median

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.figures import SMALLEST, in_fives
from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project, Stage
from goldenthread.projects.speaker import Speaker
from goldenthread.safety.equality.queries import is_over
from goldenthread.safety.equality.services import forget_waiting
from goldenthread.safety.release import about, queries, registry
from goldenthread.safety.release.control.history import Audited, Frozen, audit
from goldenthread.safety.release.control.profiles import DEFAULT, PROFILES
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
    last = Release.objects.filter(project=project).order_by("-number").first()
    wholes = registry.wholes_of(project)
    if last is not None and not _is_due(project, last, wholes, now):
        raise Refusal(_("Figures change when ten more people are in them. Please wait a little."))
    bases = wholes | registry.parts_of(project)
    audited = _audited(project, bases)
    profile = queries.rule_of(project)
    over = is_over(project, today=clock.today(now))
    tables = about.tables(project, profile, last, over=over)
    release = Release.objects.create(
        project=project,
        number=last.number + 1 if last else 1,
        figures=_shown(bases, audited.beyond) | _medians(project),
        bases=bases | about.bases(tables),
        frozen_on=clock.today(now),
        profile=profile.name,
        about=[table.shown for table in tables],
        hidden=about.summary(bases, audited, tables),
    )
    if over:
        forget_waiting(project=project)
    facts = {"number": release.number}
    record(FIGURES_FROZEN, about=release.ref, project=project.ref, facts=facts, now=now)
    return release


def _locked(project: Project) -> Project:
    locked = Project.objects.select_for_update(of=["self"]).select_related("organisation")
    return locked.get(ref=project.ref)


def _audited(project: Project, bases: dict[str, int]) -> Audited:
    """Attack these figures together with everything that was ever released of the project."""
    earlier = [
        Frozen(each.bases, frozenset(n for n, shown in each.figures.items() if shown is None))
        for each in Release.objects.filter(project=project).order_by("number")
    ]
    return audit(earlier, bases, registry.sums_of(bases), PROFILES[DEFAULT])


def _shown(bases: dict[str, int], beyond: frozenset[str]) -> dict[str, int | None]:
    return {name: None if name in beyond else in_fives(count) for name, count in bases.items()}


@transaction.atomic
def choose_rule(*, by: Person, project: Project, profile: str, now: datetime) -> None:
    """Choose by which rule the project shows who it heard from.

    :raises Refusal: figures are out already: two rules side by side would tell what one hides
    """
    project = Project.objects.select_for_update().get(ref=project.ref)
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
        last = Release.objects.filter(project=project).order_by("-number").first()
        wholes = registry.wholes_of(project)
        first = last is None and max(wholes.values(), default=0) >= SMALLEST
        if first or (last is not None and _is_due(project, last, wholes, now)):
            freeze(project=project, now=now)
            frozen += 1
    return frozen


def _is_due(project: Project, last: Release, wholes: dict[str, int], now: datetime) -> bool:
    """Ten more (or fewer) people in any whole, a stage that has begun since, or the close."""
    if is_over(project, today=clock.today(now)) and about.waits(project):
        return True
    wholes = wholes | about.wholes(project)
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
