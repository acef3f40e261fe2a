"""What a reply can answer: something on the thread, one voice, or a quick question."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from goldenthread.act.decisions.models import Decision
from goldenthread.act.plans.models import Action, Change
from goldenthread.act.plans.seeing import standing
from goldenthread.debrief.replies.models import Reply
from goldenthread.listen.questions.models import Question
from goldenthread.listen.questions.queries import OWED
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.voices.models import Voice
from goldenthread.projects.models import Project
from goldenthread.safety.reading.models import Words

THEMES: Final = "about__theme"


@dataclass(frozen=True)
class About:
    """One thing to answer: its title, and the words of the themes behind it."""

    kind: str
    ref: UUID
    title: str
    says: str  # what people said, as the themes behind it put it
    href: str
    there: bool = True  # or merged, answered or taken back while somebody wrote

    @property
    def mark(self) -> str:
        """How an address names it."""
        return f"{self.kind}:{self.ref}"


def about_of(project: Project, kind: str, ref: UUID) -> About | None:
    """Return what would be answered under that reference; none if it is not there."""
    found = _FINDERS[kind](project, ref) if kind in _FINDERS else None
    if found is None:
        return None
    title, said = found
    return About(kind, ref, title, " ".join(said), f"/p/{project.address}/{kind}s/{ref}/")


def no_longer(project: Project, kind: str, ref: UUID) -> About | None:
    """Return what stands for a thing that is gone, so that what was typed for it is not lost."""
    if kind not in _FINDERS:
        return None
    return About(kind, ref, "", "", f"/p/{project.address}/replies/", there=False)


Found = tuple[str, list[str]] | None  # its title, and what people said


def _theme(project: Project, ref: UUID) -> Found:
    themes = Theme.objects.filter(project=project, ref=ref).exclude(state=Theme.State.MERGED)
    theme = themes.first()
    return (theme.title, [_says(theme)]) if theme else None


def _decision(project: Project, ref: UUID) -> Found:
    decision = Decision.objects.filter(
        project=project, ref=ref, state=Decision.State.PUBLISHED
    ).first()
    return (decision.title, _themes_of(decision.ref)) if decision else None


def _action(project: Project, ref: UUID) -> Found:
    action = Action.objects.filter(project=project, ref=ref).first()
    return (action.what, _themes_of(action.decision_id)) if action else None


def _change(project: Project, ref: UUID) -> Found:
    found = standing(Change.objects.filter(project=project, ref=ref))
    change = found.select_related("action").first()
    if change is None:
        return None
    themes = _themes_of(change.action.decision_id) if change.action else []
    return change.what_is_different, themes


def _voice(project: Project, ref: UUID) -> Found:
    """One voice that a reader has released; what nobody may read yet is answered by nobody."""
    shown = {"words__state": Words.State.RELEASED, "words__purpose": Words.Purpose.VOICE}
    voice = Voice.objects.filter(project=project, pk=ref, **shown).select_related("words").first()
    if voice is None:
        return None
    parts = (voice.words.shown or "", voice.words.helped_shown or "")
    return Truncator(parts[0]).words(14), [part for part in parts if part]


def _question(project: Project, ref: UUID) -> Found:
    """A quick question that has no answer yet: it is answered once."""
    question = Question.objects.filter(project=project, ref=ref, state__in=OWED).first()
    return (question.text, [question.text]) if question else None


def _themes_of(decision: UUID) -> list[str]:
    return [_says(theme) for theme in Theme.objects.filter(decided__decision=decision).distinct()]


def _says(theme: Theme) -> str:
    return f"{theme.title}. {theme.sentence}"


_FINDERS: Mapping[str, Callable[[Project, UUID], Found]] = {
    Reply.About.THEME: _theme,
    Reply.About.DECISION: _decision,
    Reply.About.ACTION: _action,
    Reply.About.CHANGE: _change,
    Reply.About.VOICE: _voice,
    Reply.About.QUESTION: _question,
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
    told_with_it = Q(change=OuterRef("pk"), change__action=None)  # claimed by the reply itself
    replies = Reply.objects.filter(Q(about=OuterRef("pk")) | told_with_it)
    gone_out = replies.exclude(state=Reply.State.DRAFT)
    return rows.filter(~Exists(gone_out))


def kind_name(kind: str) -> str:
    """Name a kind for those who answer."""
    return {
        Reply.About.THEME: _("theme"),
        Reply.About.DECISION: _("decision"),
        Reply.About.ACTION: _("action"),
        Reply.About.CHANGE: _("change"),
        Reply.About.VOICE: _("voice"),
        Reply.About.QUESTION: _("quick question"),
    }[Reply.About(kind)]
