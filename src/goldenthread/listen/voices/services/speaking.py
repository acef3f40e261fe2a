"""Speaking: one form, one voice, held until a reader has read it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, TypedDict, Unpack
from uuid import UUID, uuid5

from django.db import connection, transaction
from django.utils.translation import gettext as _

from goldenthread.kit.refusals import Refusal
from goldenthread.kit.sealing import seal
from goldenthread.listen.voices import formkeys, permissions
from goldenthread.listen.voices.events import VOICE_TAKEN_DOWN
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.services.drafts import drop_draft
from goldenthread.listen.voices.services.repeating import refuse_other_words, refuse_otherwise
from goldenthread.organisations.models import Label
from goldenthread.people.accounts.models import Person
from goldenthread.people.receipts import services as receipts
from goldenthread.people.receipts.models import Receipt
from goldenthread.people.receipts.queries import receipt_at
from goldenthread.projects.ages import offered_ways
from goldenthread.projects.models import Project, Strand
from goldenthread.projects.permissions import may_see
from goldenthread.projects.queries import is_listening, why_not_listening
from goldenthread.projects.rota import due_after
from goldenthread.projects.speaker import Guest, Speaker
from goldenthread.safety.consent import services as consent
from goldenthread.safety.consent.models import Consent
from goldenthread.safety.consent.wordings import QUOTE, REACH, Version, today
from goldenthread.safety.reading import services as reading
from goldenthread.thread.services import record

LABELS: Final = 2
Kind, KnownAs, CameBy = Voice.Kind, Voice.KnownAs, Voice.CameBy


def refuse_unless_listening(project: Project, now: datetime) -> None:
    """Go on only while the box is open.

    :raises Refusal: it is closed; the sentence says why
    """
    if not is_listening(project, now=now):
        raise Refusal(why_not_listening(project, now=now))


class Said(TypedDict, total=False):
    """What someone may say in the box and around it."""

    text: str
    kind: str
    would_have_helped: str
    content_note: str
    whose: str
    known_as: str
    given_name: str  # of a guest who wants to be known
    strand: Strand | None
    labels: Iterable[UUID]  # refs of the organisation's own
    quote: int  # the version of the statement about quoting that was agreed to; 0: none
    asked: str  # the question of the staff's that it answers
    answers: UUID  # what it was said in: a question, a conversation, a room


@dataclass(frozen=True)
class Spoken:
    """What was said, and the code to come back with, which is shown once and kept nowhere."""

    voice: Voice
    code: str | None = field(repr=False)


@transaction.atomic
def speak(
    *,
    by: Speaker,
    project: Project,
    form_key: UUID,
    keep_receipt: bool = True,
    add_to_mine: bool = False,
    from_draft: bool = False,  # the page showed what a member had begun, and this replaces it
    now: datetime,
    **said: Unpack[Said],
) -> Spoken:
    """Hold what someone said until a reader has read it; the same form sent twice counts once.

    :raises Refusal: the project does not listen now, or something has to be put right
    """
    if not may_see(by, project, now=now):
        raise Refusal(_("You cannot write here."))
    text = _signed(by, said)
    if found := _sent_before(form_key):
        return _again(found, form_key, said)
    refuse_unless_listening(project, now)
    _refuse_other_ways(project, said.get("known_as", KnownAs.UNLINKED))
    kept = _receipt(by, project, form_key, keep=keep_receipt, add=add_to_mine, now=now)
    linked = said.get("known_as", KnownAs.UNLINKED) != KnownAs.UNLINKED
    author = by if linked and isinstance(by, Person) else None
    voice = _keep(project, said, text, form_key, now, kept=kept, author=author)
    if from_draft and isinstance(by, Person):
        drop_draft(by=by, project=project)
    return Spoken(voice=voice, code=kept.code)


@dataclass(frozen=True)
class SpokenTogether:
    """What was said in one form, in its order, and the one code to come back with."""

    voices: tuple[Voice, ...]
    code: str | None = field(repr=False)


@transaction.atomic
def speak_together(
    *,
    by: Speaker,
    project: Project,
    form_key: UUID,
    each: Sequence[Said],
    keep_receipt: bool = True,
    add_to_mine: bool = False,
    came_by: str = CameBy.WRITTEN,
    now: datetime,
) -> SpokenTogether:
    """Hold several things said in one form, under one receipt: one voice each, none twice.

    The calling room has asked whether the person may; a member's words are linked if they say so.

    :raises Refusal: the project does not listen now, or something has to be put right
    """
    keys = [form_key if n == 0 else uuid5(form_key, str(n)) for n in range(len(each))]
    if found := _sent_before(form_key):
        first = _again(found, form_key, each[0])
        return SpokenTogether((first.voice, *_again_too(keys[1:], each[1:])), first.code)
    refuse_unless_listening(project, now)
    kept = _receipt(by, project, form_key, keep=keep_receipt, add=add_to_mine, now=now)
    due_at = due_after(project, now=now)
    voices = []
    for key, said in zip(keys, each, strict=True):
        known_as = said.get("known_as", KnownAs.UNLINKED)
        _refuse_other_ways(project, known_as)
        linked = known_as != KnownAs.UNLINKED
        author = by if linked and isinstance(by, Person) else None
        text = _signed(by, said)
        how: dict[str, Any] = {"author": author, "came_by": came_by, "due_at": due_at}
        voices.append(_keep(project, said, text, key, now, kept=kept, **how))
    return SpokenTogether(tuple(voices), kept.code)


@transaction.atomic
def take_down(
    *,
    by: Person,
    project: Project,
    form_key: UUID,
    keep_receipt: bool = True,
    now: datetime,
    **said: Unpack[Said],
) -> Spoken:
    """Hold a voice that someone gave on paper, with a receipt to hand over if they want one.

    :raises Refusal: the speaker does not facilitate here, or the project does not listen now
    """
    if not permissions.may_bring_in(by, project, now=now):
        raise Refusal(_("Only a facilitator can type in voices taken on paper."))
    text = said["text"]
    if found := _sent_before(form_key):
        return _again(found, form_key, said)
    refuse_unless_listening(project, now)
    kept = _receipt(Guest(), project, form_key, keep=keep_receipt, add=False, now=now)
    voice = _keep(project, said, text, form_key, now, kept=kept, came_by=CameBy.PAPER)
    record(VOICE_TAKEN_DOWN, about=voice.ref, project=project.ref, now=now)
    return Spoken(voice=voice, code=kept.code)


@transaction.atomic
def speak_in_class(
    *, project: Project, form_key: UUID, keep_receipt: bool, now: datetime, **said: Unpack[Said]
) -> Spoken:
    """Hold what a pupil said at a shared device; the same form sent twice counts once.

    :raises Refusal: the project does not listen now
    """
    text = said["text"]
    if found := _sent_before(form_key):
        return _again(found, form_key, said)
    refuse_unless_listening(project, now)
    kept = _receipt(Guest(), project, form_key, keep=keep_receipt, add=False, now=now)
    voice = _keep(project, said, text, form_key, now, kept=kept, came_by=CameBy.CLASS)
    return Spoken(voice=voice, code=kept.code)


@dataclass(frozen=True)
class Kept:
    """The receipt under which a voice is kept, if any: its code is shown once, when it is new."""

    receipt: Receipt | None = None
    code: str | None = field(default=None, repr=False)
    withdraw_key: bytes | None = field(default=None, repr=False)


def _keep(
    project: Project,
    said: Said,
    text: str,
    form_key: UUID,
    now: datetime,
    *,
    kept: Kept,
    author: Person | None = None,
    came_by: str = CameBy.WRITTEN,
    due_at: datetime | None = None,
) -> Voice:
    known_as, name = said.get("known_as", KnownAs.UNLINKED), said.get("given_name", "")
    reading.refuse_receipts(name, field="given_name")
    agreed = _agreed(said)
    words = reading.hold_words(
        project=project,
        text=text,
        would_have_helped=said.get("would_have_helped", ""),
        content_note=said.get("content_note", ""),
        consented=[each.mark for each in agreed],
        withdraw_key=None if author else kept.withdraw_key,  # members take back by their account
        due_at=due_at,
        now=now,
    )
    how = Consent.How.PAPER if came_by == CameBy.PAPER else Consent.How.FORM
    for each in agreed:
        consent.give(words=words, purpose=each.purpose, version=each.number, how=how, now=now)
    return Voice.objects.create(
        words=words,
        project=project,
        known_as=known_as,
        given_name=seal(name) if name and known_as == KnownAs.SUPPORT else None,
        form_key=formkeys.mark_of(form_key),
        receipt=kept.receipt,
        author=author,
        came_by=came_by,
        **_about(project, said),
    )


def _about(project: Project, said: Said) -> dict[str, Any]:
    """What stands beside the words: of what kind they are, whose, from where, and what was asked.

    :raises Refusal: too many labels
    """
    return {
        "kind": said.get("kind", Kind.ISSUE),
        "whose": said.get("whose", ""),
        "strand": said.get("strand"),
        "labels": _labels(project, said.get("labels", ())),
        "asked": said.get("asked", ""),
        "answers": said.get("answers"),
    }


def _agreed(said: Said) -> list[Version]:
    """The statements that somebody agreed to by what they chose.

    :raises Refusal: they read another one than is shown today
    """
    agreed = [today(REACH)] if said.get("known_as") == KnownAs.SUPPORT else []
    if number := said.get("quote", 0):
        agreed.append(consent.refuse_other_version(QUOTE, number))
    return agreed


def _signed(by: Speaker, said: Said) -> str:
    """A guest's name stands under the words, so that the reader reads it before anyone else does.

    :raises Refusal: a guest wants to be known, and gives nothing to be known by
    """
    known_as, name = said.get("known_as", KnownAs.UNLINKED), said.get("given_name", "")
    if known_as == KnownAs.UNLINKED or isinstance(by, Person):
        return said["text"]
    if not name:
        raise Refusal(_("Tell us a name, or how we can reach you."), field="given_name")
    return f"{said['text']}\n\n— {name}" if known_as == KnownAs.NAMED else said["text"]


def _refuse_other_ways(project: Project, known_as: str) -> None:
    """Go on only in a way of being known that the project offers.

    :raises Refusal: it offers others
    """
    if known_as not in offered_ways(project):
        raise Refusal(_("Choose who may know."), field="known_as")


def _sent_before(form_key: UUID) -> Voice | None:
    """Wait for whoever sends the same form at this moment, then look what became of it."""
    mark = formkeys.mark_of(form_key)
    with connection.cursor() as cursor:
        lock = int.from_bytes(mark[:8], signed=True)
        cursor.execute("select pg_advisory_xact_lock(%s)", [lock])
    return Voice.objects.select_related("words", "receipt").filter(form_key=mark).first()


def _again(voice: Voice, form_key: UUID, said: Said) -> Spoken:
    """Answer a form that was sent before: the same voice, the same code; nothing else is lost.

    :raises Refusal: words, or choices about them, are others than those we hold
    """
    refuse_otherwise(voice, said)
    drawer = voice.receipt.drawer if voice.receipt else ""
    return Spoken(voice=voice, code=str(formkeys.code_of(form_key, drawer)) if drawer else None)


def _again_too(keys: Sequence[UUID], each: Sequence[Said]) -> list[Voice]:
    """Return what was said beside the first, where a form with several was sent before.

    :raises Refusal: one is new, or other than what we hold
    """
    marks = [formkeys.mark_of(key) for key in keys]
    rows = Voice.objects.select_related("words").filter(form_key__in=marks)
    by_mark = {bytes(voice.form_key or b""): voice for voice in rows}
    for mark, said in zip(marks, each, strict=True):
        if mark not in by_mark:
            refuse_other_words()
        refuse_otherwise(by_mark[mark], said)
    return [by_mark[mark] for mark in marks]


def _receipt(
    by: Speaker, project: Project, form_key: UUID, *, keep: bool, add: bool, now: datetime
) -> Kept:
    """The receipt that is open already, or a new one with its code, or none."""
    if add and isinstance(by, Guest):
        opened = receipt_at(by.receipt)
        if opened is not None and opened.scope == project.ref:
            return Kept(opened, withdraw_key=by.withdraw_key)
    if not keep:
        return Kept()
    issued = receipts.issue(scope=project.ref, code=formkeys.code_of(form_key), now=now)
    return Kept(issued.receipt, issued.code, issued.withdraw_key)


def _labels(project: Project, chosen: Iterable[UUID]) -> list[UUID]:
    """At most two, and only the organisation's own."""
    refs = list(dict.fromkeys(chosen))
    if len(refs) > LABELS:
        raise Refusal(_("Choose two at most."), field="labels")
    ours = Label.objects.filter(organisation=project.organisation_id, ref__in=refs)
    return list(ours.values_list("ref", flat=True)) if refs else []
