"""Which statement somebody is asked next, and how far they have come: one query for both."""

from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from uuid import UUID

from django.db.models import (
    BooleanField,
    CharField,
    Count,
    Exists,
    F,
    FloatField,
    Func,
    OuterRef,
    Q,
    Value,
    Window,
)
from django.db.models.functions import Cast, Concat, Ln, Random

from goldenthread.kit.written import Written, write_out
from goldenthread.listen.conversations.models import Conversation, Stance
from goldenthread.listen.conversations.queries import standing
from goldenthread.projects.models import Project

HERE: Final = UUID("00000000-0000-4000-8000-00000000beef")  # stands for the conversation
MARK: Final = b"\xbe\xef" * 16  # stands for the mark of who answers
SHOWN: Final = ("ref", "seed", "picture", "voice_id", "says", "noted", "known", "all", "answered")


@dataclass(frozen=True)
class Asked:
    """The statement that is asked."""

    ref: UUID
    text: str
    picture: str
    note: str = ""
    voice_ref: UUID | None = None


@dataclass(frozen=True)
class Progress:
    """How far somebody has come."""

    answered: int
    statements: int


class Lot(Func):
    """A number between 0 and 1, always the same for the same text."""

    template = "((('x' || substr(md5(%(expressions)s), 1, 8))::bit(32)::bigint + 1) / 4294967297.0)"
    output_field = FloatField()


def next_for(conversation: Conversation, mark: bytes | None) -> tuple[Asked | None, Progress]:
    """Draw one statement that this participant has not answered, and count how many they have.

    Each comes with a chance in proportion to its weight; weights are refreshed when ten more have
    answered. The lot is the same for the same person, so that a page loaded again asks the same.
    Who has no mark yet can draw as often as they like, and see weights so: for them all are alike.
    """
    shared = conversation.project.board == Project.Board.SHARED
    if mark is None:
        rows = _for_somebody_new(shared=shared).rows(here=conversation.ref)
    else:
        rows = _for_who_answers(shared=shared).rows(
            here=conversation.ref, mark=mark, text=mark.hex()
        )
    if not rows:
        return None, Progress(0, 0)
    ref, seed, picture, voice, says, noted, known, statements, answered = rows[0]
    progress = Progress(answered, statements)
    return None if known else Asked(ref, seed or says, picture, noted or "", voice), progress


@cache
def _for_who_answers(*, shared: bool) -> Written:
    given = Stance.objects.filter(participant__mark=MARK, statement=OuterRef("pk"))
    lot = Lot(Concat(Cast("ref", CharField()), Value(MARK.hex())))
    rows = _rows(shared=shared, known=Exists(given)).order_by(
        "known", (Ln(lot) / F("weight")).desc()
    )
    return write_out(rows[:1], here=HERE, mark=MARK, text=MARK.hex())


@cache
def _for_somebody_new(*, shared: bool) -> Written:
    known = Value(False, output_field=BooleanField())
    return write_out(_rows(shared=shared, known=known).order_by(Random())[:1], here=HERE)


def _rows(*, shared: bool, known: Any) -> Any:
    board = Project.Board.SHARED if shared else Project.Board.TEAM
    any_of_them = Conversation(ref=HERE, project=Project(board=board))
    rows = standing(any_of_them).select_related(None).annotate(known=known)
    counted = rows.annotate(
        says=F("voice__words__shown"),
        noted=F("voice__words__note_shown"),
        all=Window(Count("ref")),
        answered=Window(Count("ref", filter=Q(known=True))),
    )
    return counted.values_list(*SHOWN)
