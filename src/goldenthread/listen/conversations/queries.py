"""Reading conversations: what is asked next, one's own answers, and what stands on the thread."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import (
    Count,
    Exists,
    OuterRef,
    Q,
    QuerySet,
)
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.figures import in_fives
from goldenthread.kit.text import say_day
from goldenthread.listen.conversations import permissions
from goldenthread.listen.conversations.models import (
    Conversation,
    Drawing,
    GroupName,
    Participant,
    Stance,
    Statement,
)
from goldenthread.projects.models import Project, Stage
from goldenthread.projects.speaker import Speaker
from goldenthread.safety.reading.models import Words
from goldenthread.thread.registry import Described, describes

BY_STATEMENT: Final = ("statement__place", "statement_id")
BY_PLACE: Final = ("place", "ref")
BY_DAY: Final = ("-made_on", "ref")
UNREAD: Final = ("text", "would_have_helped", "salt", "search", "masks")
LONG: Final = 8  # digits of a number that nobody asks for
VOTED_ON: Final = ("state", "project__address", "project__state", "project__open_to")
State = Conversation.State


def conversations_of(project: Project) -> QuerySet[Conversation]:
    """Return all of a project, also those that are being prepared: for organisers."""
    return Conversation.objects.filter(project=project)


def conversation_for(
    speaker: Speaker, address: str, ref: UUID, *, now: datetime
) -> Conversation | None:
    """Return a conversation with its project, if the speaker may look at it. One query."""
    found = _with_project(address, ref, now=now)
    return found if found and permissions.may_look(speaker, found, now=now) else None


def voted_on(speaker: Speaker, address: str, ref: UUID, *, now: datetime) -> Conversation | None:
    """Return the same with nothing beside it: a vote has to cost little. One query."""
    rows = Conversation.objects.select_related("project").only(*VOTED_ON).order_by()
    found = next(iter(rows.filter(ref=ref, project__address=address)), None)
    return found if found and permissions.may_look(speaker, found, now=now) else None


def arranged_by(speaker: Speaker, address: str, ref: UUID, *, now: datetime) -> Conversation | None:
    """Return a conversation, drafts as well, if the speaker may arrange it."""
    found = _with_project(address, ref, now=now)
    return found if found and permissions.may_arrange(speaker, found.project, now=now) else None


def _with_project(address: str, ref: UUID, *, now: datetime) -> Conversation | None:
    rows = Conversation.objects.select_related("project__organisation")
    drawn = Exists(Drawing.objects.filter(conversation=OuterRef("pk")))
    told = rows.annotate(listens=listens(now), has_map=drawn)
    return told.filter(ref=ref, project__address=address).first()


def days_of(project: Project | OuterRef, *, now: datetime) -> QuerySet[Stage]:
    """Return the days of listening of a project, if today is one of them."""
    today = clock.today(now)
    window = Stage.objects.filter(project=project, name=Stage.Name.LISTEN)
    return window.filter(opens_on__lte=today, closes_on__gte=today)


def listens(now: datetime) -> Exists:
    """Return the condition that today is one of the project's days of listening."""
    return Exists(days_of(OuterRef("project"), now=now))


def left_open(now: datetime) -> QuerySet[Conversation]:
    """Return what is open still, though its project listens no more."""
    to_come = Stage.objects.filter(
        project=OuterRef("project"), name=Stage.Name.LISTEN, closes_on__gte=clock.today(now)
    )
    over = Q(project__state=Project.State.CLOSED) | ~Exists(to_come)
    return Conversation.objects.filter(over, state=State.OPEN).order_by("ref")


def has_map(conversation: Any) -> bool:
    """Whether its answers have ever been counted; `conversation` was fetched here."""
    return bool(conversation.has_map)


def is_voting(conversation: Any) -> bool:
    """Whether people can answer now; `conversation` was fetched here."""
    both = conversation.state == State.OPEN and conversation.project.state == Project.State.OPEN
    return both and bool(conversation.listens)


def standing(conversation: Conversation) -> QuerySet[Statement]:
    """Return what may be voted on: all that may be seen, less what organisers took out."""
    return visible(conversation).filter(dropped_on=None)


def visible(conversation: Conversation) -> QuerySet[Statement]:
    """Return what may be seen: seeds, and voices that a reader released.

    Where what people say is for the team alone, only seeds.
    """
    shown = Q(voice=None)
    if conversation.project.board == Project.Board.SHARED:
        shown |= Q(voice__words__state=Words.State.RELEASED)
    rows = Statement.objects.filter(shown, conversation=conversation)
    return rows.select_related("voice__words").defer(*(f"voice__words__{name}" for name in UNREAD))


def answers_of(conversation: Conversation, mark: bytes | None) -> QuerySet[Stance]:
    """Return one's own answers to what still stands."""
    if mark is None:
        return Stance.objects.none()
    still = standing(conversation).select_related(None).values("pk")
    own = Stance.objects.filter(participant__mark=mark, statement__in=still)
    return own.select_related("statement__voice__words")


def participant_at(conversation: Conversation, mark: bytes | None) -> Participant | None:
    """Return the row that stands for a mark, if somebody has answered under it."""
    if mark is None:
        return None
    return Participant.objects.filter(conversation=conversation, mark=mark).first()


def seeds_of(conversation: Conversation) -> QuerySet[Statement]:
    """Return the staff's own statements in their order."""
    return conversation.statements.filter(voice=None, dropped_on=None).order_by(*BY_PLACE)


@dataclass(frozen=True)
class FromPeople:
    """How many statements came from people: those that can be seen; what waits, in fives."""

    shown: int
    waiting: int | None  # none: fewer than ten, which is nobody or a few


def from_people(conversation: Conversation) -> FromPeople:
    """Count what people added. What waits for a reader nobody has seen: it is told in fives."""
    counts = conversation.statements.exclude(voice=None).aggregate(
        shown=Count("pk", filter=Q(voice__words__state=Words.State.RELEASED)),
        waiting=Count("pk", filter=Q(voice__words__state=Words.State.HELD)),
    )
    return FromPeople(counts["shown"], in_fives(counts["waiting"]))


def newest_of(conversation: Conversation) -> Drawing | None:
    """Return the map that was frozen last."""
    return conversation.drawings.order_by("-number").first()


def drawing_at(conversation: Conversation, number: str) -> Drawing | None:
    """Return the map of a number, or the newest one if none is named."""
    rows = conversation.drawings.select_related("conversation__project")
    if number.isdecimal() and len(number) < LONG:
        return rows.filter(number=int(number)).first()
    return rows.order_by("-number").first()


def are_answers_out(conversation: Conversation) -> bool:
    """Whether single answers were ever taken out."""
    return conversation.drawings.exclude(answers_out_on=None).exists()


def latest_drawings(conversation: Conversation, many: int) -> list[Drawing]:
    """Return the newest maps, the oldest of them first."""
    return list(conversation.drawings.order_by("-number")[:many])[::-1]


def names_of(conversation: Conversation, *, until: int) -> dict[str, GroupName]:
    """Return what organisers call each group, on this map or else the last one before it."""
    rows = GroupName.objects.filter(
        drawing__conversation=conversation, drawing__number__lte=until
    ).select_related("drawing")
    return {each.letter: each for each in rows.order_by("drawing__number", "letter")}


def told_in(drawing: Drawing) -> list[str]:
    """Return what a map tells of, in its order, less what may not be seen any more: no words."""
    rows = visible(drawing.conversation).select_related(None).values_list("ref", flat=True)
    seen = {str(ref) for ref in rows}
    return [ref for ref in drawing.shown["order"] if ref in seen]


def by_ref(conversation: Conversation, refs: Iterable[str]) -> dict[str, Statement]:
    """Return these statements, as far as they may be seen: a map holds no words."""
    return {str(each.ref): each for each in visible(conversation).filter(ref__in=set(refs))}


@describes("conversation")
def describe_conversations(refs: Iterable[UUID], *, visible_to: Any) -> dict[UUID, Described]:
    """Describe conversations on the thread, to those who may look at them."""
    now = clock.now()
    rows = Conversation.objects.filter(ref__in=list(refs)).select_related("project")
    return {
        each.ref: Described(
            title=_("A conversation: %(question)s") % {"question": each.question},
            href=reverse("conversations:conversation", args=[each.project.address, each.ref]),
            on=say_day(each.opened_on) if each.opened_on else "",
        )
        for each in rows
        if permissions.may_look(visible_to, each, now=now)
    }
