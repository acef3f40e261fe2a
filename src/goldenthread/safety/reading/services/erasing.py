"""Destroying words: taken back seven days ago, over their time, or asked to be erased."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from goldenthread.kit import clock
from goldenthread.kit.erasure import erase
from goldenthread.safety.reading import events
from goldenthread.safety.reading.author import UNDO
from goldenthread.safety.reading.hands import removal_facts
from goldenthread.safety.reading.models import Words
from goldenthread.thread.services import hold, record

AT_ONCE = 500


def destroy_due(*, now: datetime) -> int:
    """Destroy everything that was taken back at least seven days ago; returns how many."""
    destroyed = 0
    while some := _destroy_some(now=now):
        destroyed += some
    return destroyed


@transaction.atomic
def _destroy_some(*, now: datetime) -> int:
    """Without text and salt, the commitment in the record is a random number."""
    due = Words.objects.filter(
        salt__isnull=False, withdrawn_on__lte=clock.today(now) - UNDO
    ).select_for_update(no_key=True, skip_locked=True)
    found = list(due.values_list("ref", flat=True)[:AT_ONCE])
    _erase(found, now=now)
    return len(found)


@transaction.atomic
def destroy(*, refs: Collection[UUID], because: str, now: datetime) -> int:
    """Destroy words at once, for a reason that is said: their time is over, or erasure was asked.

    What was shown leaves a stub; the caller has checked that it may. Returns how many.
    """
    rows = Words.objects.select_for_update(no_key=True, of=("self",)).select_related("project")
    rows = rows.filter(ref__in=refs, salt__isnull=False)
    found = list(rows)
    shown = [each for each in found if _was_seen(each)]
    held = [each.ref for each in found if each.state == Words.State.HELD and not each.hidden]
    for words in shown:
        facts = removal_facts(because, words.project)
        record(
            events.WORDS_REMOVED, about=words.ref, project=words.project_id, facts=facts, now=now
        )
    _end([words.ref for words in shown], Words.State.REMOVED, because)
    _end(held, Words.State.UNPUBLISHED, because)
    _erase([words.ref for words in found], now=now)
    return len(found)


def _was_seen(words: Words) -> bool:
    """Return whether people see words, or saw them until they were hidden or held back."""
    return words.state == Words.State.RELEASED or (words.state == Words.State.HELD and words.hidden)


def _end(refs: list[UUID], state: Words.State, because: str) -> None:
    rows = Words.objects.filter(ref__in=refs)
    rows.update(
        state=state,
        unpublished_because=because,
        hidden=False,
        second_reader=False,
        asking=False,
        objected=False,
        claimed_by=None,
        claimed_at=None,
        version=F("version") + 1,
    )


def _erase(refs: list[UUID], *, now: datetime) -> None:
    gone = Words.objects.filter(ref__in=erase(Words, refs))  # lines beside answers, too
    for ref, project in gone.values_list("ref", "project_id"):
        hold(events.WORDS_DESTROYED, about=ref, project=project, now=now)
