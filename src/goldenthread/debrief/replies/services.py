"""Writing replies, sending them, ticking who was told by hand, and taking confirmations."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.act.plans.models import Change
from goldenthread.act.plans.services import forget_claims
from goldenthread.debrief.replies.about import about_of
from goldenthread.debrief.replies.claims import Claim, claim_with, put_claim
from goldenthread.debrief.replies.events import (
    CHANGE_CONFIRMED,
    COULD_NOT_TELL,
    REPLY_SENT,
    TOLD_BY_HAND,
)
from goldenthread.debrief.replies.models import Confirmation, Reply, Told
from goldenthread.debrief.replies.permissions import may_reply, may_tell
from goldenthread.debrief.replies.proofs import seal_of_reply
from goldenthread.debrief.replies.queries import ASK_AFTER, edition, is_told, preview
from goldenthread.debrief.replies.telling import standing
from goldenthread.kit import clock
from goldenthread.kit.editions import LOOK_AGAIN, refuse_lost
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.questions.services import note_answer
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.queries import mine
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Speaker
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.services.holding import plain
from goldenthread.thread.binding import new_salt
from goldenthread.thread.models import How
from goldenthread.thread.queries import what_came_of
from goldenthread.thread.services import hold, record, tie

NOT_TOLD: Final = [Told.State.WAITING, Told.State.BOARD, Told.State.COULD_NOT]


@transaction.atomic
def write_reply(
    *,
    by: Person,
    project: Project,
    about_kind: str,
    about: UUID,
    text: str,
    happens_next: str,
    signed_by: str,
    claim: Claim | None = None,
    reply: Reply | None = None,
    seen: str = "",
    now: datetime,
) -> Reply:
    """Write a reply as a draft, or write `reply` (a draft) anew.

    A reply to one voice may claim what changed because of it.

    :raises Refusal: something is missing, somebody else wrote meanwhile, or it has gone out
    """
    if not may_reply(by, project, now=now):
        raise Refusal(_("Only the people who run this project can answer."))
    if about_of(project, about_kind, about) is None:
        raise Refusal(_("There is nothing here to answer. It may have been merged."))
    for field, value, message in (
        ("text", text, _("Write the answer.")),
        ("happens_next", happens_next, _("Say what happens next, and by when.")),
        ("signed_by", signed_by, _("Sign it with the name of a person.")),
    ):
        if not value.strip():
            raise Refusal(message, field=field)
    draft = _draft(reply) if reply else Reply(project=project, about_kind=about_kind, about=about)
    stands = edition(draft if reply else None)
    draft.text, draft.happens_next = text.strip(), happens_next.strip()
    draft.signed_by, draft.written_by = signed_by.strip(), by
    put_claim(draft, claim, now=now)
    refuse_lost(seen=seen, stands=stands, writes=edition(draft))
    draft.written_on = clock.today(now)
    draft.save()
    return draft


@transaction.atomic
def send_reply(*, by: Person, reply: Reply, seen: str = "", now: datetime) -> Reply:
    """Let a reply go out to every voice beneath it; the rounds carry it there.

    :raises Refusal: it has gone out already, somebody else changed it after the sender looked, or
        what it answers is no longer there
    """
    if not may_reply(by, reply.project, now=now):
        raise Refusal(_("Only the people who run this project can answer."))
    reply = _draft(reply)
    refuse_lost(seen=seen, stands=edition(reply), says=LOOK_AGAIN)
    if about_of(reply.project, reply.about_kind, reply.about) is None:
        raise Refusal(_("There is nothing here to answer. It may have been merged."))
    reach = preview(reply.about, reply.about_kind)
    claim_with(reply, by=by, now=now)
    reply.state, reply.sent_on = Reply.State.SENDING, clock.today(now)
    reply.to_reach, reply.reached, reply.cursor = reach.total + reach.withdrawn, 0, None
    reply.salt = new_salt()
    sent = ["state", "sent_on", "to_reach", "reached", "cursor", "salt", "change"]
    reply.save(update_fields=sent)
    source, target = (reply.about_kind, reply.about), ("reply", reply.ref)
    tie(source, target, how=How.REPLIED, project=reply.project_id)
    facts = {"about": str(reply.about_kind), "seal": seal_of_reply(reply)}
    record(REPLY_SENT, about=reply.ref, project=reply.project_id, facts=facts, now=now)
    if reply.about_kind == Reply.About.QUESTION:
        said = {"happens_next": reply.happens_next, "signed_by": reply.signed_by}
        note_answer(question=reply.about, text=reply.text, **said, now=now)
    return reply


@transaction.atomic
def drop_draft(*, by: Person, reply: Reply, now: datetime) -> None:
    """Throw a draft away.

    :raises Refusal: it has gone out
    """
    if not may_reply(by, reply.project, now=now):
        raise Refusal(_("Only the people who run this project can answer."))
    _draft(reply).delete()


def tell_in_person(*, by: Person, project: Project, voices: Iterable[UUID], now: datetime) -> int:
    """Tick that the people behind these voices were told in person, by phone or by letter."""
    return tick(by=by, project=project, voices=voices, how=Told.State.IN_PERSON, now=now)


@transaction.atomic
def tick(
    *,
    by: Person,
    project: Project,
    voices: Iterable[UUID],
    how: str,
    because: str = "",
    now: datetime,
) -> int:
    """Note by hand how these voices stand; those who were reached already stay as they are.

    :raises Refusal: no voice is ticked, or nobody says why they could not be told
    """
    if not may_tell(by, project, now=now):
        raise Refusal(_("Only the people who run this project can tick who was told."))
    could_not = how == Told.State.COULD_NOT
    if could_not and not because.strip():
        raise Refusal(_("Say why they could not be told."), field="because")
    found = list(standing(project).filter(pk__in=list(voices)).values_list("pk", flat=True))
    if not found:
        raise Refusal(_("Tick at least one voice."), field="voices")
    stood = Told.objects.filter(voice__in=found)
    new = set(found) - set(stood.values_list("voice", flat=True))
    changed = {
        "state": Told.State(how),
        "because": because.strip() if could_not else "",
        "on": clock.today(now),
        "by": by,
    }
    stood.filter(state__in=NOT_TOLD).update(**changed)
    Told.objects.bulk_create(
        [Told(voice_id=ref, **changed) for ref in sorted(new)], ignore_conflicts=True
    )
    event = COULD_NOT_TELL if could_not else TOLD_BY_HAND
    record(event, about=project.ref, project=project.ref, now=now)
    return len(found)


@transaction.atomic
def receipt_was_closed(*, receipt: UUID, now: datetime) -> int:
    """Wait no longer behind a receipt that was closed for good: the board is left for its voices.

    No row may tell on which day someone gave a receipt up, so the day stays as it was.
    """
    del now
    waiting = Told.objects.filter(voice__receipt=receipt, state=Told.State.WAITING)
    return waiting.filter(voice__author=None).update(state=Told.State.BOARD)


@transaction.atomic
def opened(*, voices: Iterable[Voice], now: datetime) -> int:
    """Note that the author has these voices before them, and with them the answers that waited."""
    waiting = Told.objects.filter(
        voice__in=[voice.ref for voice in voices], reply__isnull=False, state__in=NOT_TOLD
    )
    return waiting.update(state=Told.State.OPENED, on=clock.today(now), because="", by=None)


@transaction.atomic
def confirm(
    *, by: Speaker, voice: Voice, change: Change, answer: str, text: str = "", now: datetime
) -> Confirmation:
    """Take the author's word on whether it changed for them. It may be changed once.

    :raises Refusal: it is not their voice, not yet time, or they have changed it already
    """
    _may_confirm(by, voice, change, now)
    Voice.objects.select_for_update(no_key=True, of=("self",)).get(pk=voice.ref)
    given = Confirmation.objects.filter(voice=voice, change=change).select_related("words").first()
    if given is not None and _says_the_same(given, answer, text):
        return given  # pressed twice: the one change is still theirs
    if given is not None and given.changed:
        raise Refusal(_("You have changed your answer once already. It stays as it is now."))
    old_words = given.words if given else None
    words = None
    if text.strip():
        words = reading.hold_words(
            project=change.project, text=text.strip(), purpose="confirmation", now=now
        )
    kept = given or Confirmation(voice=voice, change=change)
    kept.answer, kept.words, kept.on = answer, words, clock.today(now)
    kept.changed = given is not None
    kept.save()
    if old_words is not None:
        reading.withdraw(words=old_words, now=now)
    if given is None:
        hold(CHANGE_CONFIRMED, about=change.ref, project=change.project_id, now=now)
    return kept


@transaction.atomic
def forget_answers() -> int:
    """Empty what was answered to voices whose words are destroyed: it may repeat them.

    What was claimed to have changed because of them alone goes too. That it went out stays in the
    record. Returns how many answers, drafts among them.
    """
    forget_claims()
    destroyed = Voice.objects.filter(words__salt=None, words__text=None).values("pk")
    answers = Reply.objects.filter(about_kind=Reply.About.VOICE, about__in=destroyed)
    dropped, _by_table = answers.filter(state=Reply.State.DRAFT).delete()
    nothing = {"text": "", "happens_next": "", "claims": "", "evidence": ""}
    return dropped + answers.exclude(text="").update(**nothing)


def _draft(reply: Reply) -> Reply:
    draft = (
        Reply.objects.select_for_update(no_key=True, of=("self",))
        .select_related("project")
        .get(pk=reply.pk)
    )
    if draft.state != Reply.State.DRAFT:
        raise Refusal(_("This answer has gone out. It stands as it is; write another one."))
    return draft


def _says_the_same(given: Confirmation, answer: str, text: str) -> bool:
    words = given.words.text if given.words else ""
    return (given.answer, words) == (answer, plain(text))


def _may_confirm(by: Speaker, voice: Voice, change: Change, now: datetime) -> None:
    if not mine(by).filter(pk=voice.ref).exists():
        raise Refusal(_("Only the person who said this can answer."))
    if change.ref not in what_came_of([voice.ref], "change"):
        raise Refusal(_("This change did not come of what you said."))
    if clock.today(now) < change.since_on + ASK_AFTER or not is_told(voice):
        raise Refusal(_("It is too early to say. We will ask you later."))
