"""Opening answers that waited: ten or more at once, shuffled, so that they belong to nobody."""

from datetime import datetime
from random import SystemRandom
from typing import Any
from uuid import UUID

from django.db import transaction

from goldenthread.kit.figures import SMALLEST
from goldenthread.listen.surveys import locks
from goldenthread.listen.surveys.models import Answers, Mark, Wave
from goldenthread.projects.models import Strand


def mix_all(*, now: datetime) -> int:
    """Mix the answers of every wave in which ten wait; in how many."""
    asking = Wave.objects.filter(closed_on=None).values_list("ref", flat=True)
    mixed = sum(_mix(ref) for ref in list(asking))
    batches = Wave.objects.values_list("batch", flat=True)
    named = {number for number in batches if number is not None}
    for number in locks.left_over(named, now=now):
        locks.destroy(number)
    return mixed


@transaction.atomic
def _mix(ref: UUID) -> bool:
    wave = Wave.objects.select_for_update().get(ref=ref)
    sealed = list(Answers.objects.filter(wave=wave, sealed__isnull=False))
    if len(sealed) < SMALLEST:
        return False
    _mix_in(wave, sealed)
    _new_lock(wave)
    return True


def settle(wave: Wave) -> None:
    """Mix what is left when a wave closes; where fewer than ten answered in all, let it go."""
    wave = Wave.objects.select_for_update().get(ref=wave.ref)
    sealed = list(Answers.objects.filter(wave=wave, sealed__isnull=False))
    mixed = Answers.objects.filter(wave=wave, given__isnull=False).count()
    if len(sealed) + mixed < SMALLEST:
        Answers.objects.filter(wave=wave).delete()
    elif sealed:
        _mix_in(wave, sealed)
    _new_lock(wave, closing=True)


def _mix_in(wave: Wave, sealed: list[Answers]) -> None:
    """Write all answers of the wave anew, in one go and in no order, the open ones too.

    Else the newest, of a closing wave perhaps three, would stand apart by their place in the table.
    Marks are written anew as well: theirs would tell who answered beside which words.
    """
    rows = _opened(wave, sealed)
    for each in Answers.objects.filter(wave=wave, given__isnull=False):
        rows.append(_row(each.given, each.strand_id))
    SystemRandom().shuffle(rows)
    Answers.objects.filter(wave=wave).delete()
    Answers.objects.bulk_create(Answers(wave=wave, **row) for row in rows)
    _shuffle_marks(wave)


def _opened(wave: Wave, sealed: list[Answers]) -> list[dict[str, Any]]:
    found = locks.unlock(wave.batch, [bytes(each.sealed or b"") for each in sealed])
    named = {one["strand"] for one in found if one["strand"]}
    there = {str(each.ref): each.ref for each in Strand.objects.filter(ref__in=named)}
    return [_row(one["given"], there.get(one["strand"] or "")) for one in found]


def _row(given: Any, strand: UUID | None) -> dict[str, Any]:
    return {"given": given, "strand_id": strand}


def _shuffle_marks(wave: Wave) -> None:
    used = list(Mark.objects.filter(wave=wave, used=True))
    SystemRandom().shuffle(used)
    Mark.objects.filter(wave=wave, used=True).delete()
    Mark.objects.bulk_create(used)


def _new_lock(wave: Wave, *, closing: bool = False) -> None:
    """Destroy the key, once what it locked is written openly, and make the next."""
    old = wave.batch
    wave.batch = None if closing else locks.new_key()
    wave.save(update_fields=["batch"])
    if old is not None:
        transaction.on_commit(lambda: locks.destroy(old))
