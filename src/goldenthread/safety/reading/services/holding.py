"""Holding what comes in until a reader has read it."""

import hashlib
import hmac
import secrets
import unicodedata
from collections.abc import Iterable
from datetime import datetime

import rfc8785
from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.people.receipts.codes import looks_like_receipt
from goldenthread.projects.models import Project
from goldenthread.projects.rota import due_after, next_reading
from goldenthread.projects.services.box import READERS_LATE
from goldenthread.safety.reading import events
from goldenthread.safety.reading.hints import hint_in
from goldenthread.safety.reading.locks import lock_of, proof_of
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.services.taking import put_in_lane
from goldenthread.thread.binding import seal_of
from goldenthread.thread.services import hold_all


@transaction.atomic
def hold_words(
    *,
    project: Project,
    text: str,
    would_have_helped: str = "",
    content_note: str = "",
    purpose: str = Words.Purpose.VOICE,
    imported: bool = False,
    consented: Iterable[str] = (),  # versions of statements, like "quote.1"
    withdraw_key: bytes | None = None,  # of the author's receipt
    due_at: datetime | None = None,  # where the caller asked the rota already, for several at once
    now: datetime,
) -> Words:
    """Hold what someone sent. The caller has seen to it that they may send it.

    :raises Refusal: nothing was written, it holds a receipt, or nobody reads lines beside answers
    """
    _refuse_without_readers(project, purpose, now=now)
    text, helped, note = plain(text), plain(would_have_helped), plain(content_note)
    if not text:
        raise Refusal(_("Please write something first."), field="text")
    for field, written in (("text", text), ("would_have_helped", helped), ("content_note", note)):
        refuse_receipts(written, field=field)
    words = Words(
        project=project,
        purpose=purpose,
        text=text,
        would_have_helped=helped,
        content_note=note,
        salt=secrets.token_bytes(32),
        consented=" ".join(sorted(consented)),
        received_on=clock.today(now),
        due_at=due_at or due_after(project, now=now),
        imported=imported,
    )
    put_in_lane(words, _lane_of(words), now=now)
    words.lock = lock_of(proof_of(withdraw_key, commitment(words)))
    words.save(force_insert=True)
    _tell_the_record([words], project=project, now=now)
    return words


def _refuse_without_readers(project: Project, purpose: str, *, now: datetime) -> None:
    """No reader, no box: a voice's box closes by itself, a line beside an answer is refused.

    :raises Refusal: readers are late, or nobody reads in the days to come
    """
    if purpose == Words.Purpose.VOICE:
        return
    if project.box_closed_because == READERS_LATE or next_reading(project, now=now) is None:
        message = _("Nobody can read your own words just now. You can still choose an answer.")
        raise Refusal(message, field="text")


@transaction.atomic
def hold_many(*, project: Project, texts: Iterable[str], now: datetime) -> list[Words]:
    """Hold many texts that were brought in from a file, in a few statements."""
    due_at = due_after(project, now=now)
    held = [
        Words(
            project=project,
            text=plain(text),
            would_have_helped="",
            salt=secrets.token_bytes(32),
            received_on=clock.today(now),
            due_at=due_at,
            imported=True,
        )
        for text in texts
    ]
    for words in held:
        words.lane = _lane_of(words)  # nobody was promised a time
    Words.objects.bulk_create(held, batch_size=500)
    _tell_the_record(held, project=project, now=now)
    return held


def _lane_of(words: Words) -> Words.Lane:
    """Say in which lane words begin, by the lists of phrases. No more is made of it."""
    return Words.Lane.FIRST if hint_in(words.parts.values()) else Words.Lane.ORDINARY


def refuse_receipts(text: str, *, field: str) -> None:
    """Refuse a text that holds a receipt: whoever reads it could open it.

    :raises Refusal: there is a receipt in it
    """
    if looks_like_receipt(text):
        raise Refusal(
            _("There is a receipt in what you wrote. Please take it out: it is for you alone."),
            field=field,
        )


def commitment(words: Words) -> str:
    """Return what the record keeps of the words: without their salt it says nothing.

    What was agreed to on sending is within; words without any are committed to as ever.
    """
    said: dict[str, str | int] = {
        "v": 1,
        "text": words.text or "",
        "would_have_helped": words.would_have_helped or "",
        "content_note": words.content_note,
    }
    if words.consented:
        said |= {"v": 2, "consent": words.consented}
    canonical = rfc8785.dumps(said)
    return hmac.new(bytes(words.salt or b""), b"words" + canonical, hashlib.sha256).hexdigest()


def seal_of_shown(words: Words) -> str:
    """Return what the record keeps of the words as they are shown, with what is masked in them."""
    shown = {
        "text": words.shown or "",
        "would_have_helped": words.helped_shown or "",
        "content_note": words.note_shown,
    }
    return seal_of("shown", words.salt, shown)


def _tell_the_record(held: Iterable[Words], *, project: Project, now: datetime) -> None:
    facts = {words.ref: {"commit": commitment(words), "lock": words.lock} for words in held}
    hold_all(events.WORDS_RECEIVED, facts, project=project.ref, now=now)


def plain(text: str) -> str:
    """One way to write the same letters and line breaks, so that masks and hashes fit."""
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
