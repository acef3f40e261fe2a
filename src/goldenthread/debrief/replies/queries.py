"""Reading replies: what was answered, whom it reached, and whether it changed for them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from goldenthread.act.decisions.offers import Offer, offers
from goldenthread.act.decisions.queries import sees_once
from goldenthread.act.plans.models import Change
from goldenthread.act.plans.seeing import standing
from goldenthread.debrief.replies.about import About, about_of
from goldenthread.debrief.replies.figures import chain
from goldenthread.debrief.replies.models import Confirmation, Reply, Told
from goldenthread.debrief.replies.permissions import REPLIERS, may_reply
from goldenthread.debrief.replies.reach import Reach, reach_of
from goldenthread.debrief.replies.seeing import TO_ONE, seen_by, veiled
from goldenthread.kit import clock
from goldenthread.kit.editions import NEW, edition_of
from goldenthread.kit.figures import SMALLEST
from goldenthread.kit.text import say_day
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.voices.elsewhere import Step, next_steps
from goldenthread.listen.voices.models import Voice
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.permissions import may_see_board
from goldenthread.projects.speaker import Speaker
from goldenthread.thread.registry import Described, describes

__all__ = ["chain"]  # the project page asks for it here

ASK_AFTER: Final = timedelta(days=28)  # a change needs time before anyone can say
BEST_FIRST: Final = [*Told.COUNTS, Told.State.WAITING, Told.State.BOARD, Told.State.COULD_NOT]


def preview(about: UUID, kind: str = "") -> Reach:
    """Say whom a reply on this would reach, before it is sent."""
    return reach_of(about, kind)


def draft_about(project: Project, ref: UUID) -> Reply | None:
    """Return the draft that answers a thing already, so that nobody writes it twice."""
    drafts = Reply.objects.filter(project=project, about=ref, state=Reply.State.DRAFT)
    return drafts.order_by("-written_on", "ref").first()


def edition(reply: Reply | None) -> str:
    """Return which words of a draft somebody has before them."""
    if reply is None:
        return NEW
    claim = (reply.claims, reply.evidence, reply.since_on, reply.change_id)
    return edition_of(reply.text, reply.happens_next, reply.signed_by, *claim)


def changes_to_name(project: Project) -> QuerySet[Change]:
    """Return the changes that a reply to one voice may name, newest first."""
    return standing(Change.objects.filter(project=project)).order_by("-since_on", "ref")


def replies_of(project: Project, speaker: Speaker, *, now: datetime) -> QuerySet[Reply]:
    """Return the replies the speaker may see."""
    return seen_by(Reply.objects.filter(project=project), speaker, project, now=now)


def reply_for(speaker: Speaker, project: Project, ref: UUID, *, now: datetime) -> Reply | None:
    """Return one reply of the project, if the speaker may see it; emptied with its words."""
    found = Reply.objects.filter(project=project, ref=ref).select_related("project__organisation")
    reply = seen_by(found, speaker, project, now=now).first()
    return veiled(reply) if reply else None


def told_of(voices: Iterable[Voice]) -> dict[UUID, list[Told]]:
    """Return all that reached, or waits for, each voice, with its reply; oldest first."""
    found: dict[UUID, list[Told]] = {voice.ref: [] for voice in voices}
    rows = Told.objects.filter(voice__in=found).select_related("reply__project")
    for told in rows.order_by("reply__written_on", "reply"):
        found[told.voice_id].append(told)
    return found


def themes_to_answer(project: Project) -> QuerySet[Theme]:
    """Return the themes one may answer directly, whether decided or not."""
    closed = [Theme.State.MERGED, Theme.State.WORKING]
    return Theme.objects.filter(project=project).exclude(state__in=closed).order_by("title", "ref")


def told_by(reply: Reply) -> list[tuple[str, int]]:
    """Count how a reply has reached its voices so far: work for staff, so exact.

    Of fewer than ten, and of one person, nothing is said: it would tell what one of them did.
    """
    if reply.about_kind == Reply.About.VOICE:
        return []
    rows = Told.objects.filter(reply=reply)
    member = Q(state=Told.State.WAITING, voice__author__isnull=False)
    counts = rows.aggregate(
        mail=Count("ref", filter=member & Q(voice__author__wants_mail=True)),
        account=Count("ref", filter=member & Q(voice__author__wants_mail=False)),
        **{state.name: Count("ref", filter=Q(state=state)) for state in Told.State},
    )
    if sum(counts[state.name] for state in Told.State) < SMALLEST:
        return []
    counts["WAITING"] -= counts["mail"] + counts["account"]
    found = [(str(state.label), counts[state.name]) for state in BEST_FIRST]
    found[len(Told.COUNTS) : len(Told.COUNTS)] = [
        (_("E-mail not gone yet, or not taken"), counts["mail"]),
        (_("Waiting in My voices"), counts["account"]),
    ]
    return [(label, number) for label, number in found if number]


def is_told(voice: Voice) -> bool:
    """Whether anything has reached the person behind a voice."""
    return Told.objects.filter(voice=voice, state__in=Told.COUNTS).exists()


def questions_about(
    came_of: Mapping[UUID, Iterable[UUID]], today: date
) -> dict[UUID, list[Change]]:
    """Return what to ask the authors of voices, who were told, about the changes that came of each.

    Four weeks after the change, and until they have answered. One query.
    """
    refs = {ref: set(changes) for ref, changes in came_of.items()}
    answered = ArraySubquery(
        Confirmation.objects.filter(change=OuterRef("pk"), voice__in=refs).values("voice")
    )
    ripe = Change.objects.filter(
        ref__in=set().union(*refs.values()), since_on__lte=today - ASK_AFTER
    ).annotate(answered_by=answered)
    found = list(ripe.exclude(what_is_different="").order_by("since_on", "ref"))
    return {
        voice: [each for each in found if each.ref in came and voice not in each.answered_by]
        for voice, came in refs.items()
    }


@offers
def to_answer(kind: str, thing: Any, speaker: Speaker, *, now: datetime) -> Iterator[Offer]:
    """Offer to tell people about a decision, an action or a change."""
    if may_reply(speaker, thing.project, now=now):
        href = f"/p/{thing.project.address}/replies/new/?about={kind}:{thing.ref}"
        yield Offer(_("Tell people about it"), href)


def signature_of(person: Person, project: Project) -> str:
    """Propose how an answer is signed: the name, then what the person does here."""
    roles = ProjectRole.objects.filter(project=project, person=person, name__in=REPLIERS)
    first = roles.order_by("starts_on", "name").first()
    return f"{person.name}, {first.get_name_display().lower()}" if first else person.name


def answered_by(reply: Reply, speaker: Speaker, *, now: datetime) -> About | None:
    """Return the voice that a reply answered, for who may read it there."""
    if reply.about_kind != Reply.About.VOICE:
        return None
    if not may_see_board(speaker, reply.project, now=now):
        return None
    return about_of(reply.project, reply.about_kind, reply.about)


@next_steps
def to_reply(kind: str, thing: Any, speaker: Speaker, *, now: datetime) -> Iterator[Step]:
    """Offer to answer one voice, or everyone who replied to a quick question."""
    if not may_reply(speaker, thing.project, now=now):
        return
    place = f"/p/{thing.project.address}"
    if kind == Reply.About.VOICE:
        yield Step(
            _("Answer the person who said this"), f"{place}/replies/new/?about=voice:{thing.ref}"
        )
    elif thing.owes_answer:
        yield Step(_("Write the answer"), f"{place}/questions/{thing.ref}/answer/")


@describes("reply")
def describe_replies(refs: list[UUID], *, visible_to: Speaker) -> Mapping[UUID, Described]:
    """Describe replies that have gone out: their first words, and by whom.

    Two queries at most, and one a project for answers to one voice: who reads the words reads them.
    """
    found = Reply.objects.filter(ref__in=refs).exclude(state=Reply.State.DRAFT)
    sees, to_one = sees_once(visible_to), _to_one(found, visible_to)
    return {
        each.ref: Described(
            _("Answered: %(words)s") % {"words": _first_words(each.text)},
            f"/p/{each.project.address}/replies/{each.ref}/",
            _("Signed by %(name)s.") % {"name": each.signed_by},
            say_day(each.sent_on or each.written_on),
        )
        for each in found.select_related("project")
        if sees(each.project) and (each.about_kind != Reply.About.VOICE or each.ref in to_one)
    }


def _to_one(found: QuerySet[Reply], speaker: Speaker) -> set[UUID]:
    """Return which answers to one voice the speaker may read, of words that stand."""
    seen: set[UUID] = set()
    rows = found.filter(TO_ONE)
    for project in Project.objects.filter(replies__in=rows).distinct():
        here = seen_by(rows.filter(project=project), speaker, project, now=clock.now())
        standing = here.filter(gone=False)  # type: ignore[misc]  # annotated in seen_by
        seen.update(standing.values_list("pk", flat=True))
    return seen


def _first_words(text: str, most: int = 14) -> str:
    words = text.split()
    return " ".join(words[:most]) + (" …" if len(words) > most else "")
