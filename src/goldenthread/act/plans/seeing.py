"""Who sees which change: what was claimed in an answer to one person goes where their words go."""

from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from goldenthread.act.plans.models import Change
from goldenthread.act.plans.permissions import may_claim
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.queries import mine
from goldenthread.projects.models import Project
from goldenthread.projects.permissions import may_see_board
from goldenthread.projects.speaker import Speaker
from goldenthread.safety.reading.models import Words
from goldenthread.thread.queries import straight_from

TO_ONE: Final = Q(action=None)  # no action led to it: it was claimed in an answer to one voice


def seen_by(
    rows: QuerySet[Change], speaker: Speaker, project: Project, *, now: datetime
) -> QuerySet[Change]:
    """Narrow the changes of a project to those the speaker may see.

    What came of an action is public. What was claimed in an answer to one voice may repeat what
    that person said. So its author sees it; those who run the project do while the words of one of
    its voices are there, and whoever may read such words while they are shown. When the words are
    gone, nothing of it is shown; that it was claimed stays in the record.
    """
    shown = ~TO_ONE | _came_of(mine(speaker))
    if may_claim(speaker, project, now=now):
        shown |= _came_of(_there())
    elif may_see_board(speaker, project, now=now):
        shown |= _came_of(Voice.objects.filter(words__state=Words.State.RELEASED))
    return rows.filter(shown).exclude(what_is_different="")


def standing(rows: QuerySet[Change]) -> QuerySet[Change]:
    """Narrow changes to those that can still be told: of an action, or of words that are there."""
    return rows.filter(~TO_ONE | _came_of(_there())).exclude(what_is_different="")


def forgotten() -> Q:
    """Tell of a change whose voices have all been destroyed: nobody may keep what it said."""
    kept = Voice.objects.exclude(words__salt=None, words__text=None)
    return TO_ONE & ~_came_of(kept)


def _there() -> QuerySet[Voice]:
    return Voice.objects.exclude(words__state__in=Words.GONE)


def _came_of(voices: QuerySet[Voice]) -> Q:
    """Whether one of these voices led straight to the change."""
    behind = voices.order_by().filter(pk=OuterRef("source"))
    return Q(Exists(straight_from("voice").filter(Exists(behind))))
