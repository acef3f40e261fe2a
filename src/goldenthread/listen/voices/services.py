"""Speaking, agreeing, taking back; bringing voices in from paper and files."""

import json
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, TypedDict, Unpack
from uuid import UUID

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.sealing import keyed, seal, unseal
from goldenthread.listen.voices import formkeys, permissions
from goldenthread.listen.voices.events import AUTHOR_SEEN, VOICE_TAKEN_DOWN, VOICES_IMPORTED
from goldenthread.listen.voices.models import Batch, Draft, TrueForMe, Voice
from goldenthread.listen.voices.queries import mark_of
from goldenthread.listen.voices.sheets import Row
from goldenthread.organisations.models import Label
from goldenthread.people.accounts.models import Person
from goldenthread.people.receipts import services as receipts
from goldenthread.people.receipts.models import Receipt
from goldenthread.people.receipts.queries import receipt_at
from goldenthread.projects.models import Project, Strand
from goldenthread.projects.permissions import may_see
from goldenthread.projects.queries import is_listening, why_not_listening
from goldenthread.projects.speaker import Guest, Speaker
from goldenthread.safety.reading import services as reading
from goldenthread.thread.services import record

LABELS: Final = 2
SLICE: Final = 500  # voices of a file that are held at once
DRAFTS_STAY: Final = timedelta(days=30)
Kind, KnownAs, Whose, CameBy = Voice.Kind, Voice.KnownAs, Voice.Whose, Voice.CameBy


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
        return _again(found, form_key, text)
    _refuse_unless_listening(project, now)
    receipt, code = _receipt(by, project, form_key, keep=keep_receipt, add=add_to_mine, now=now)
    linked = isinstance(by, Person) and said.get("known_as", "unlinked") != KnownAs.UNLINKED
    voice = _keep(
        project, said, text, form_key, now, author=by if linked else None, receipt=receipt
    )
    return Spoken(voice=voice, code=code)


@transaction.atomic
def take_down(
    *, by: Person, project: Project, form_key: UUID, now: datetime, **said: Unpack[Said]
) -> Spoken:
    """Hold a voice that someone gave on paper, with a receipt to hand over.

    :raises Refusal: the speaker does not facilitate here, or the project does not listen now
    """
    if not permissions.may_bring_in(by, project, now=now):
        raise Refusal(_("Only a facilitator can type in voices taken on paper."))
    text = said["text"]
    if found := _sent_before(form_key):
        return _again(found, form_key, text)
    _refuse_unless_listening(project, now)
    receipt, code = _receipt(Guest(), project, form_key, keep=True, add=False, now=now)
    voice = _keep(project, said, text, form_key, now, came_by=CameBy.PAPER, receipt=receipt)
    record(VOICE_TAKEN_DOWN, about=voice.ref, project=project.ref, now=now)
    return Spoken(voice=voice, code=code)


def _keep(
    project: Project, said: Said, text: str, form_key: UUID, now: datetime, **given: object
) -> Voice:
    known_as, name = said.get("known_as", KnownAs.UNLINKED), said.get("given_name", "")
    reading.refuse_receipts(name, field="given_name")
    words = reading.hold_words(
        project=project,
        text=text,
        would_have_helped=said.get("would_have_helped", ""),
        content_note=said.get("content_note", ""),
        now=now,
    )
    return Voice.objects.create(
        words=words,
        project=project,
        kind=said.get("kind", Kind.ISSUE),
        known_as=known_as,
        whose=said.get("whose", ""),
        strand=said.get("strand"),
        labels=_labels(project, said.get("labels", ())),
        given_name=seal(name) if name and known_as == KnownAs.SUPPORT else None,
        form_key=formkeys.mark_of(form_key),
        **given,
    )


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


def _sent_before(form_key: UUID) -> Voice | None:
    """Wait for whoever sends the same form at this moment, then look what became of it."""
    mark = formkeys.mark_of(form_key)
    with connection.cursor() as cursor:
        lock = int.from_bytes(mark[:8], signed=True)
        cursor.execute("select pg_advisory_xact_lock(%s)", [lock])
    return Voice.objects.select_related("words", "receipt").filter(form_key=mark).first()


def _again(voice: Voice, form_key: UUID, text: str) -> Spoken:
    """Answer a form that was sent before: the same voice, the same code; other words are not lost.

    :raises Refusal: the words are others than those we hold
    """
    held = voice.words.text
    if held is not None and held.split() != unicodedata.normalize("NFC", text).split():
        message = _(
            "You sent this page before, and we have what you wrote then. "
            "To send these words as well, press send again."
        )
        raise Refusal(message, field="form_key")
    drawer = voice.receipt.drawer if voice.receipt else ""
    return Spoken(voice=voice, code=str(formkeys.code_of(form_key, drawer)) if drawer else None)


def _refuse_unless_listening(project: Project, now: datetime) -> None:
    if not is_listening(project, now=now):
        raise Refusal(why_not_listening(project, now=now))


def _receipt(
    by: Speaker, project: Project, form_key: UUID, *, keep: bool, add: bool, now: datetime
) -> tuple[Receipt | None, str | None]:
    """The receipt that is open already, or a new one with its code, or none."""
    opened = receipt_at(by.receipt) if add and isinstance(by, Guest) else None
    if opened is not None and opened.scope == project.ref:
        return opened, None
    if not keep:
        return None, None
    issued = receipts.issue(scope=project.ref, code=formkeys.code_of(form_key), now=now)
    return issued.receipt, issued.code


def _labels(project: Project, chosen: Iterable[UUID]) -> list[UUID]:
    """At most two, and only the organisation's own."""
    refs = list(dict.fromkeys(chosen))
    if len(refs) > LABELS:
        raise Refusal(_("Choose two at most."), field="labels")
    ours = Label.objects.filter(organisation=project.organisation_id, ref__in=refs)
    return list(ours.values_list("ref", flat=True)) if refs else []


@transaction.atomic
def import_voices(
    *,
    by: Person | None,
    project: Project,
    rows: Sequence[Row],
    fingerprint: bytes,
    progress: Callable[[], None] = lambda: None,
    now: datetime,
) -> Batch:
    """Hold many voices from a file, all or none; `by` is nobody when the operator does it.

    :raises Refusal: the speaker does not facilitate here, the file came before, or nothing is in it
    """
    if by is not None and not permissions.may_bring_in(by, project, now=now):
        raise Refusal(_("Only a facilitator can bring voices in from a file."))
    _refuse_unless_listening(project, now)
    if not rows:
        raise Refusal(_("There is no voice in this file that we could bring in."))
    batch, new = Batch.objects.get_or_create(
        project=project,
        fingerprint=keyed("voices.batch", project.ref, fingerprint.hex()),
        defaults={"by": by, "on": clock.today(now), "count": len(rows)},
    )
    if not new:
        raise Refusal(_("This file was brought in before. Nothing was changed."))
    for start in range(0, len(rows), SLICE):
        _hold_rows(project, rows[start : start + SLICE], batch, now)
        progress()
    facts = {"count": len(rows)}
    record(VOICES_IMPORTED, about=batch.ref, project=project.ref, facts=facts, now=now)
    return batch


def _hold_rows(project: Project, rows: Sequence[Row], batch: Batch, now: datetime) -> None:
    held = reading.hold_many(project=project, texts=[row.words for row in rows], now=now)
    Voice.objects.bulk_create(
        Voice(
            words=words,
            project=project,
            kind=row.kind,
            whose=row.whose,
            came_by=CameBy.IMPORTED,
            batch=batch,
        )
        for words, row in zip(held, rows, strict=True)
    )


@transaction.atomic
def say_true_for_me(*, by: Speaker, voice: Voice, now: datetime) -> None:
    """Count one person who says it is true for them too; said twice, it counts once.

    :raises Refusal: a guest without a receipt of this project, or the author
    """
    if not permissions.may_say_true_for_me(by, voice, now=now):
        raise Refusal(_("Open your receipt or sign in first. Then you can say so."))
    _said, new = TrueForMe.objects.get_or_create(voice=voice, mark=mark_of(by, voice))
    if new:
        Voice.objects.filter(pk=voice.pk).update(agreed=F("agreed") + 1)


@transaction.atomic
def save_draft(
    *, by: Person, project: Project, written: Mapping[str, object], now: datetime
) -> None:
    """Keep what a member has begun to write, sealed, instead of what they kept before.

    :raises Refusal: the speaker cannot write here
    """
    if not may_see(by, project, now=now):
        raise Refusal(_("You cannot write here."))
    kept = {"sealed": seal(json.dumps(written)), "on": clock.today(now)}
    Draft.objects.update_or_create(person=by, project=project, defaults=kept)


@transaction.atomic
def drop_draft(*, by: Person, project: Project) -> None:
    """Forget what a member had begun to write."""
    Draft.objects.filter(person=by, project=project).delete()


@transaction.atomic
def drop_old_drafts(*, now: datetime) -> int:
    """Forget drafts that nobody touched for thirty days; how many."""
    old = Draft.objects.filter(on__lte=clock.today(now) - DRAFTS_STAY)
    return old.delete()[0]


@dataclass(frozen=True)
class Author:
    """Who said something, for support staff alone."""

    name: str = field(repr=False)
    email: str = field(default="", repr=False)


@transaction.atomic
def see_author(*, by: Person, voice: Voice, now: datetime) -> Author:
    """Tell support staff who said something; the record says that they looked.

    :raises Refusal: the speaker is not support staff here, or the author is known to nobody
    """
    if not permissions.may_see_author(by, voice.project, now=now):
        raise Refusal(_("Only support staff can see who said this."))
    if voice.known_as != KnownAs.SUPPORT:
        raise Refusal(_("Nobody can see who said this."))
    record(AUTHOR_SEEN, about=voice.ref, project=voice.project_id, now=now)
    if voice.author is not None:
        return Author(voice.author.name, voice.author.email)
    return Author(unseal(voice.given_name) if voice.given_name else "")


def take_back(*, by: Speaker, voice: Voice, now: datetime) -> None:
    """Take one's words back: hidden at once, destroyed after seven days.

    :raises Refusal: they are someone else's
    """
    _refuse_unless_mine(by, voice)
    reading.withdraw(words=voice.words, now=now)


def undo_take_back(*, by: Speaker, voice: Voice, now: datetime) -> None:
    """Leave the words where they were after all.

    :raises Refusal: they are someone else's, or have been destroyed
    """
    _refuse_unless_mine(by, voice)
    reading.undo_withdrawal(words=voice.words, now=now)


def _refuse_unless_mine(by: Speaker, voice: Voice) -> None:
    if not permissions.is_mine(by, voice):
        raise Refusal(_("Only the person who said it can do this."))
