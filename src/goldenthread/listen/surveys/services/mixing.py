"""Opening answers that waited: ten or more at once, shuffled, so that they belong to nobody.

While a survey is open ten always stay locked. So ten or more are opened together when it closes,
too: two copies of the database differ by nobody's answers alone.
"""

from datetime import datetime
from random import SystemRandom
from typing import Any
from uuid import UUID

from django.db import transaction

from goldenthread.kit.figures import SMALLEST
from goldenthread.listen.surveys import locks
from goldenthread.listen.surveys.locks import Given
from goldenthread.listen.surveys.models import Answers, Mark, Wave
from goldenthread.projects.models import Strand


def mix_all(*, now: datetime) -> int:
    """Mix the answers of every wave in which twenty wait, but for ten; in how many."""
    asking = Wave.objects.filter(closed_on=None).values_list("ref", flat=True)
    mixed = sum(_mix(ref) for ref in list(asking))
    batches = Wave.objects.values_list("batch", flat=True)
    named = {number for number in batches if number is not None}
    for number in locks.left_over(named, now=now):
        locks.destroy(number)
    return mixed


@transaction.atomic
def _mix(ref: UUID) -> bool:
    wave = _locked(ref)
    _shuffle_marks(wave)
    enough = Answers.objects.filter(wave=wave, sealed__isnull=False).count() >= 2 * SMALLEST
    waiting = _opened(wave) if enough else []
    if len(waiting) < 2 * SMALLEST:
        return False
    SystemRandom().shuffle(waiting)
    stay, opened = waiting[:SMALLEST], waiting[SMALLEST:]
    _mix_in(wave, opened)
    number = _new_lock(wave)
    Answers.objects.bulk_create(
        Answers(wave=wave, sealed=locks.lock(number, inside)) for inside in stay
    )
    return True


def settle(wave: Wave) -> None:
    """Mix what is left when a wave closes; where that is fewer than ten, let it go.

    So few are left where fewer than ten answered in all, or where a restore lost the key of others.
    No mark outlives it: nobody can answer twice any more.
    """
    wave = _locked(wave.ref)
    waiting = _opened(wave)
    if len(waiting) >= SMALLEST:
        _mix_in(wave, waiting)
    Answers.objects.filter(wave=wave, sealed__isnull=False).delete()
    Mark.objects.filter(wave=wave).delete()
    _let_go_of_lock(wave)


def _locked(ref: UUID) -> Wave:
    """Lock a wave against sending; what is only begun may be written beside it."""
    return Wave.objects.select_for_update(no_key=True).get(ref=ref)


def _mix_in(wave: Wave, opened: list[Given]) -> None:
    """Write all answers of the wave anew, in one go and in no order, the open ones too.

    Else the newest would stand apart by their place in the table.
    """
    named = {one["strand"] for one in opened if one["strand"]}
    there = {str(each.ref): each.ref for each in Strand.objects.filter(ref__in=named)}
    rows = [_row(one["given"], there.get(one["strand"] or "")) for one in opened]
    there_already = Answers.objects.filter(wave=wave, given__isnull=False)
    rows += [_row(each.given, each.strand_id) for each in there_already]
    SystemRandom().shuffle(rows)
    Answers.objects.filter(wave=wave).delete()
    Answers.objects.bulk_create(Answers(wave=wave, **row) for row in rows)


def _opened(wave: Wave) -> list[Given]:
    """Open what waits in memory; what a key locked that is gone stays closed."""
    sealed = Answers.objects.filter(wave=wave, sealed__isnull=False)
    kept = sealed.values_list("sealed", flat=True)
    return locks.unlock(wave.batch, [bytes(each or b"") for each in kept])


def _row(given: Any, strand: UUID | None) -> dict[str, Any]:
    return {"given": given, "strand_id": strand}


def _shuffle_marks(wave: Wave) -> None:
    """Write used marks anew in one go, also where too few answers wait to be opened.

    Their moments would tell who answered beside which words.
    """
    used = list(Mark.objects.filter(wave=wave, used=True))
    SystemRandom().shuffle(used)
    Mark.objects.filter(wave=wave, used=True).delete()
    Mark.objects.bulk_create(used)


def _new_lock(wave: Wave) -> UUID:
    """Make the next key; the last is destroyed, once what it locked is written anew."""
    number = locks.new_key()
    _let_go_of_lock(wave, number)
    return number


def _let_go_of_lock(wave: Wave, number: UUID | None = None) -> None:
    old = wave.batch
    wave.batch = number
    wave.save(update_fields=["batch"])
    if old is not None:
        transaction.on_commit(lambda: locks.destroy(old))
