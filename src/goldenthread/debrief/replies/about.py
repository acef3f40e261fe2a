"""What a reply can answer: a theme, a decision, an action or a change of the project."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from goldenthread.act.decisions.models import Decision
from goldenthread.act.plans.models import Action, Change
from goldenthread.debrief.replies.models import Reply
from goldenthread.listen.themes.models import Theme
from goldenthread.projects.models import Project

THEMES: Final = "about__theme"


@dataclass(frozen=True)
class About:
    """One thing to answer: its title, and the words of the themes behind it."""

    kind: str
    ref: UUID
    title: str
    says: str  # what people said, as the themes behind it put it
    href: str

    @property
    def mark(self) -> str:
        """How an address names it."""
        return f"{self.kind}:{self.ref}"


def about_of(project: Project, kind: str, ref: UUID) -> About | None:
    """Return what would be answered under that reference; none if it is not there."""
    found = _FINDERS[kind](project, ref) if kind in _FINDERS else None
    if found is None:
        return None
    title, themes = found
    said = " ".join(f"{theme.title}. {theme.sentence}" for theme in themes)
    places = {"theme": "themes", "decision": "decisions", "action": "actions", "change": "changes"}
    return About(kind, ref, title, said, f"/p/{project.address}/{places[kind]}/{ref}/")


Found = tuple[str, list[Theme]] | None


def _theme(project: Project, ref: UUID) -> Found:
    themes = Theme.objects.filter(project=project, ref=ref).exclude(state=Theme.State.MERGED)
    theme = themes.first()
    return (theme.title, [theme]) if theme else None


def _decision(project: Project, ref: UUID) -> Found:
    decision = Decision.objects.filter(
        project=project, ref=ref, state=Decision.State.PUBLISHED
    ).first()
    return (decision.title, _themes_of(decision.ref)) if decision else None


def _action(project: Project, ref: UUID) -> Found:
    action = Action.objects.filter(project=project, ref=ref).first()
    return (action.what, _themes_of(action.decision_id)) if action else None


def _change(project: Project, ref: UUID) -> Found:
    change = Change.objects.filter(project=project, ref=ref).select_related("action").first()
    return (change.what_is_different, _themes_of(change.action.decision_id)) if change else None


def _themes_of(decision: UUID) -> list[Theme]:
    return list(Theme.objects.filter(decided__decision=decision).distinct())


_FINDERS: Mapping[str, Callable[[Project, UUID], Found]] = {
    Reply.About.THEME: _theme,
    Reply.About.DECISION: _decision,
    Reply.About.ACTION: _action,
    Reply.About.CHANGE: _change,
}


@dataclass(frozen=True)
class Unanswered:
    """What people have not been told yet."""

    decisions: list[Decision]
    changes: list[Change]

    def __len__(self) -> int:
        return len(self.decisions) + len(self.changes)


def unanswered(project: Project, *, most: int = 50) -> Unanswered:
    """Return the decisions and changes on which no reply has gone out. Two queries."""
    decisions = Decision.objects.filter(project=project, state=Decision.State.PUBLISHED)
    return Unanswered(
        list(without_reply(decisions).order_by("decided_on", "number")[:most]),
        list(without_reply(Change.objects.filter(project=project)).order_by("since_on")[:most]),
    )


def without_reply(rows: QuerySet) -> QuerySet:  # type: ignore[type-arg]  # of either model
    """Narrow decisions or changes to those on which no reply has gone out."""
    gone_out = Reply.objects.filter(about=OuterRef("pk")).exclude(state=Reply.State.DRAFT)
    return rows.filter(~Exists(gone_out))


def kind_name(kind: str) -> str:
    """Name a kind for those who answer."""
    return {
        Reply.About.THEME: _("theme"),
        Reply.About.DECISION: _("decision"),
        Reply.About.ACTION: _("action"),
        Reply.About.CHANGE: _("change"),
    }[Reply.About(kind)]
