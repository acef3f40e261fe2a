"""The terms of a project: in force, before, and what changed between them."""

from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.text import say_day
from goldenthread.projects.changes import Piece, pieces
from goldenthread.projects.models import Partner, Project, Terms
from goldenthread.projects.sealing import is_unchanged

TITLES = {
    "question": _("What we ask"),
    "can_change": _("What can change"),
    "cannot_change": _("What cannot change"),
    "who_decides": _("Who decides"),
    "risks_accepted": _("Risks we accept"),
    "what_people_get_back": _("What you get back"),
    "hear_by": _("You hear from us by"),
    "debrief_on": _("We look back together on"),
}


def current_terms(project: Project) -> Terms | None:
    """Return the terms in force: the newest that were sealed."""
    return terms_history(project).first()


def newest_terms(project: Project) -> Terms | None:
    """Return the newest terms, sealed or still a draft."""
    return Terms.objects.filter(project=project).order_by("-version").first()


def terms_history(project: Project) -> QuerySet[Terms]:
    """Return all sealed terms, newest first."""
    return Terms.objects.filter(project=project, sealed_on__isnull=False).order_by("-version")


@dataclass(frozen=True)
class Change:
    """One part of the terms that a version changed, word by word."""

    title: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Version:
    """One sealed version: when, why, and what it changed."""

    terms: Terms
    is_unchanged: bool
    changes: list[Change] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Version 2, 9 April 2026."""
        named = {"number": self.terms.version, "day": self.sealed_on}
        return gettext("Version %(number)s, %(day)s") % named

    @property
    def sealed_on(self) -> str:
        """10 March 2026."""
        return say_day(self.terms.sealed_on or self.terms.written_on)


@dataclass(frozen=True)
class TermsPage:
    """The terms in force (or the draft), every version, who answers, and what is late."""

    terms: Terms | None
    parts: list[tuple[str, str]]
    versions: list[Version]
    partners: list[Partner]
    late: list[str]

    @property
    def controllers(self) -> list[Partner]:
        """The organisations that answer for what people send."""
        return [each for each in self.partners if each.controller]


def terms_page(project: Project, *, today: date) -> TermsPage:
    """Read what the public page of the terms shows. Two queries."""
    every = list(project.terms.order_by("-version"))
    sealed = [each for each in every if each.sealed_on]
    shown = next(iter(sealed or every), None)
    versions = [
        Version(after, is_unchanged(after), changes_between(before, after))
        for after, before in pairwise(sealed)
    ]
    versions += [Version(each, is_unchanged(each)) for each in sealed[-1:]]
    partners = Partner.objects.filter(project=project, waiting_since=None)
    return TermsPage(
        terms=shown,
        parts=parts_of(shown),
        versions=versions,
        partners=list(partners.select_related("organisation").order_by("organisation__name")),
        late=late(project, shown, today),
    )


def parts_of(terms: Terms | None) -> list[tuple[str, str]]:
    """Return every part of the terms with its title."""
    return [(str(title), said(terms, name)) for name, title in TITLES.items()] if terms else []


def changes_between(before: Terms, after: Terms) -> list[Change]:
    """Return the parts that differ, word by word."""
    return [
        Change(str(title), pieces(said(before, name), said(after, name)))
        for name, title in TITLES.items()
        if said(before, name) != said(after, name)
    ]


def said(terms: Terms, name: str) -> str:
    """Return one part of the terms in words."""
    value = getattr(terms, name)
    return say_day(value) if isinstance(value, date) else str(value)


def late(project: Project, terms: Terms | None, today: date) -> list[str]:
    """Say which promised days have passed while the project is still open."""
    if terms is None or project.state != Project.State.OPEN:
        return []
    sentences = []
    if terms.hear_by < today:
        said_late = gettext("You were to hear from us by %(day)s. We are late.")
        sentences.append(said_late % {"day": say_day(terms.hear_by)})
    if terms.debrief_on < today:
        said_late = gettext("We were to look back together on %(day)s. We are late.")
        sentences.append(said_late % {"day": say_day(terms.debrief_on)})
    return sentences
