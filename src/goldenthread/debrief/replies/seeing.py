"""Who sees which answer: what is answered to one person goes where their words go."""

from datetime import datetime
from typing import Any, Final

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from goldenthread.debrief.replies.models import Reply
from goldenthread.debrief.replies.permissions import may_reply
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.queries import mine
from goldenthread.projects.models import Project
from goldenthread.projects.permissions import may_see_board
from goldenthread.projects.speaker import Speaker
from goldenthread.safety.reading.models import Words

TO_ONE: Final = Q(about_kind=Reply.About.VOICE)


def seen_by(
    rows: QuerySet[Reply], speaker: Speaker, project: Project, *, now: datetime
) -> QuerySet[Reply]:
    """Narrow the replies of a project to those the speaker may see.

    A draft is there for those who write replies. What went out about anything else is public; an
    answer to one voice is read by its author, by those who write replies, and by whoever may read
    the words, while they are shown. `gone` says that the words are not there any more, `own` that
    they are the speaker's.
    """
    voice = Voice.objects.filter(pk=OuterRef("about"))
    gone = TO_ONE & ~Q(Exists(voice.exclude(words__state__in=Words.GONE)))
    rows = rows.annotate(
        gone=ExpressionWrapper(gone, output_field=BooleanField()),
        own=Exists(mine(speaker).filter(pk=OuterRef("about"))),
    )
    if may_reply(speaker, project, now=now):
        return rows
    shown = ~TO_ONE | Q(own=True)
    if may_see_board(speaker, project, now=now):
        shown |= Q(Exists(voice.filter(words__state=Words.State.RELEASED)))
    return rows.exclude(state=Reply.State.DRAFT).filter(shown)


def veiled(reply: Reply) -> Reply:
    """Empty, for its page, an answer whose words are gone: only their author still reads it."""
    found: Any = reply
    if found.gone and not found.own:
        reply.text = reply.happens_next = reply.claims = reply.evidence = ""
        reply.change = None
    return reply
