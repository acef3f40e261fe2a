"""Reading frozen figures. Nothing here counts anyone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from goldenthread.projects.models import Project
from goldenthread.safety.release.control.profiles import DEFAULT, PROFILES, Profile
from goldenthread.safety.release.models import Release, Rule


@dataclass(frozen=True)
class Figures:
    """The figures of one release. Before the first release nothing has been counted."""

    frozen_on: date | None = None
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
    return figures_of(releases_of(project).defer("bases").order_by("-number").first())


def releases_of(project: Project) -> QuerySet[Release]:
    """Return every release of a project."""
    return Release.objects.filter(project=project)


def newest_of(project: Project) -> Release | None:
    """Return the release that stands now."""
    return Release.objects.filter(project=project).order_by("-number").first()


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
    return Figures(release.frozen_on, release.number, release.figures, tells_who, veiled)
