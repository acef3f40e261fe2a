"""Reading frozen figures. Nothing here counts anyone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import held
from goldenthread.projects.speaker import Speaker
from goldenthread.safety.release import registry
from goldenthread.safety.release.control.profiles import DEFAULT, PROFILES, Profile
from goldenthread.safety.release.models import EarlyLook, EarlySight, Release, Rule
from goldenthread.safety.release.permissions import may_see_early


@dataclass(frozen=True)
class Figures:
    """The figures of one release. Before the first release nothing has been counted."""

    frozen_on: date | None = None
    public_on: date | None = None  # while not everyone may see it
    seen_first: bool = False  # whether those who decide could see it before everyone
    number_of_release: int = 0
    shown: Mapping[str, int | None] = field(default_factory=dict)
    tells_who: bool = False  # whether it says who was heard
    veiled: frozenset[str] = frozenset()  # not shown, and not told why

    def number(self, name: str) -> int | None:
        """The rounded figure; none if it is too small to show, or was never frozen."""
        return self.shown.get(name)

    def about(self, name: str, things: str = "") -> str:
        """Say "about 215 voices", "fewer than 10 voices", or that nobody has counted yet.

        `things` (translated already) follows the number.
        """
        if self.frozen_on is None:
            return _("not counted yet")
        number = self.number(name)
        if number is not None:
            said = _("about %(number)s") % {"number": f"{number:,}"}
        else:
            said = _("some") if name in self.veiled else _("fewer than 10")
        return f"{said} {things}".strip()

    def of(self, part: str, whole: str, things: str = "") -> str:
        """Say "about 180 of 215 voices"; too few on either side is said, never computed."""
        if self.number(part) is None or self.number(whole) is None:
            return self.about(part, things)
        numbers = {"part": f"{self.number(part):,}", "whole": f"{self.number(whole):,}"}
        said = _("about %(part)s of %(whole)s") % numbers
        return f"{said} {things}".strip()


NONE = Figures()


def latest(project: Project) -> Figures:
    """Return the figures that were frozen last, without what they rest on. One query."""
    return figures_of(releases_out(project).defer("bases").order_by("-number").first())


def latest_for(speaker: Speaker, project: Project, *, now: datetime) -> Figures:
    """Return the newest figures, those that come out in some days to who may see them first."""
    if not may_see_early(speaker, project, now=now):
        return latest(project)
    release = releases_of(project).defer("bases").order_by("-number").first()
    early = release is not None and is_early(release, today=clock.today(now))
    public_on = release.public_on if release is not None and early else None
    return replace(figures_of(release), public_on=public_on)


def releases_of(project: Project) -> QuerySet[Release]:
    """Return every release of a project, those too that not everyone may see yet."""
    return Release.objects.filter(project=project)


def releases_out(project: Project) -> QuerySet[Release]:
    """Return the releases that everyone may see today."""
    out = Q(public_on=None) | Q(public_on__lte=clock.today())
    return releases_of(project).filter(out)


def newest_of(project: Project) -> Release | None:
    """Return the release that was frozen last, out or not."""
    return releases_of(project).order_by("-number").first()


def newest_out(project: Project) -> Release | None:
    """Return the newest release that everyone may see."""
    return releases_out(project).order_by("-number").first()


def is_early(release: Release, *, today: date) -> bool:
    """Whether only those who decide may see a release yet."""
    return release.public_on is not None and release.public_on > today


def early_release(project: Project, number: int, *, today: date) -> Release | None:
    """Return a release that only those who decide may see yet."""
    found = releases_of(project).filter(number=number, public_on__gt=today).first()
    if found is not None:
        found.project = project
    return found


def shows_early(project: Project) -> bool:
    """Whether those who decide see the figures of a project before everyone."""
    return EarlySight.objects.filter(project=project).exists()


def early_readers(project: Project, *, now: datetime) -> list[Person]:
    """Return who sees figures before everyone, each once."""
    deciding = held(now).filter(project=project, name=ProjectRole.Name.DECISION_MAKER)
    standing = registry.delegates(now).filter(project=project)
    either = Q(pk__in=deciding.values("person")) | Q(pk__in=standing.values("delegate"))
    return list(Person.objects.filter(either, is_active=True).order_by("name", "ref"))


def looks_at(releases: Iterable[Release]) -> dict[UUID, list[EarlyLook]]:
    """Return who saw each release early, and what they said. One query."""
    found: dict[UUID, list[EarlyLook]] = {}
    rows = EarlyLook.objects.filter(release__in=list(releases)).select_related("person")
    for each in rows.order_by("seen_on", "ref"):
        found.setdefault(each.release_id, []).append(each)
    return found


def rule_of(project: Project) -> Profile:
    """Return the rule by which a project shows who it heard from."""
    chosen = Rule.objects.filter(project=project).first()
    return PROFILES[chosen.profile if chosen else DEFAULT]


def figures_of(release: Release | None) -> Figures:
    """Return the figures of a release that was fetched already."""
    if release is None:
        return NONE
    tells_who = any(each["answered"] for each in release.about)
    veiled = frozenset(release.hidden.get("veiled", ()))
    return Figures(
        frozen_on=release.frozen_on,
        number_of_release=release.number,
        shown=release.figures,
        tells_who=tells_who,
        veiled=veiled,
        seen_first=release.public_on is not None,
    )
