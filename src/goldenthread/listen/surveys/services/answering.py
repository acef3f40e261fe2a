"""Sending a survey: what was ticked is locked away from the words, and belongs to nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit.refusals import Refusal
from goldenthread.listen.surveys import locks, permissions
from goldenthread.listen.surveys.holder import Holder, code_mark, form_mark, member_mark
from goldenthread.listen.surveys.models import Answers, Mark, Survey, Unfinished, Wave
from goldenthread.listen.surveys.queries import SentBefore, sent_before
from goldenthread.listen.voices import services as voices
from goldenthread.listen.voices.services import Said
from goldenthread.projects.models import Strand
from goldenthread.projects.speaker import Speaker
from goldenthread.safety.reading.models import Words


@dataclass(frozen=True)
class Filled:
    """A survey as somebody filled it in: what they ticked, and what they wrote."""

    given: Mapping[str, Any]
    words: Sequence[Said] = ()
    strand: Strand | None = None


Sent = SentBefore  # sent now or before, it is answered the same


@transaction.atomic
def send(
    *,
    by: Speaker,
    wave: Wave,
    holder: Holder,
    form_key: UUID,
    filled: Filled,
    keep_receipt: bool = True,
    add_to_mine: bool = False,
    now: datetime,
) -> Sent:
    """Take a filled-in survey; the same form sent twice counts once.

    Words become voices under one receipt. What was ticked is locked under a key outside the
    database until many are there; the two rows share neither a key nor a day.

    :raises Refusal: it is closed to them, they have answered, or nothing is in it
    """
    rows = Wave.objects.select_for_update(of=("self",), no_key=True)
    wave = rows.select_related("survey__project").get(ref=wave.ref)
    if before := sent_before(wave, form_key):
        return before
    if not permissions.may_answer(by, wave, now=now):
        raise Refusal(_("This survey takes no answers now."))
    if not filled.given and not filled.words:
        raise Refusal(_("Nothing is answered yet. Answer one question at least."))
    strand = _spend(wave, holder) or filled.strand
    _mark(wave, Mark.Of.FORM, form_mark(form_key))
    sent = Sent("", softer=False, has_words=False)
    if filled.words:
        known = {"keep_receipt": keep_receipt, "add_to_mine": add_to_mine, "now": now}
        each: list[Said] = [{**said, "strand": strand} for said in filled.words]
        sent = _speak(by, wave, form_key, each, known)
    _lock_away(wave, filled.given, strand)
    Unfinished.objects.filter(**holder.found_by(wave)).delete()
    return sent


def _speak(
    by: Speaker, wave: Wave, form_key: UUID, each: list[Said], known: dict[str, Any]
) -> Sent:
    """Hold the words for the readers: one voice an answer, under one receipt."""
    project = wave.survey.project
    spoken = voices.speak_together(by=by, project=project, form_key=form_key, each=each, **known)
    softer = any(voice.words.lane == Words.Lane.FIRST for voice in spoken.voices)
    return Sent(spoken.code or "", softer=softer, has_words=True)


def _spend(wave: Wave, holder: Holder) -> Strand | None:
    """Use up the one time that a code or a member has; return the strand a code is for.

    :raises Refusal: it is used up already; of a code, the same as if we never gave it out
    """
    if holder.person is not None:
        mark = member_mark(wave, holder.person)
        if Mark.objects.filter(mark=mark).exists():
            raise Refusal(_("You have answered this already. Thank you."))
        _mark(wave, Mark.Of.MEMBER, mark)
        return None
    if wave.survey.open_to != Survey.OpenTo.INVITED:
        return None
    codes = Mark.objects.select_for_update(no_key=True, of=("self",)).select_related("strand")
    code = codes.filter(wave=wave, of=Mark.Of.CODE, mark=code_mark(holder.code)).first()
    if code is None or code.used:
        raise Refusal(_("This code opens nothing now. Each one works once."))
    code.used = True
    code.save(update_fields=["used"])
    return code.strand


def _mark(wave: Wave, of: Mark.Of, mark: bytes) -> None:
    Mark.objects.create(wave=wave, of=of, mark=mark, used=True)


def _lock_away(wave: Wave, given: Mapping[str, Any], strand: Strand | None) -> None:
    """Lock what was ticked under the key of the wave, or a new one if that was lost."""
    if wave.batch is None or not locks.is_there(wave.batch):
        wave.batch = locks.new_key()
        wave.save(update_fields=["batch"])
    inside = {"given": dict(given), "strand": str(strand.ref) if strand else None}
    Answers.objects.create(wave=wave, sealed=locks.lock(wave.batch, inside))
