"""Holding words back because their author asked: kept, and neither read nor shown meanwhile."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from goldenthread.projects.rota import due_after
from goldenthread.safety.reading import events
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.services.taking import put_down
from goldenthread.thread.services import hold


@transaction.atomic
def hold_back(*, refs: Collection[UUID], now: datetime) -> int:
    """Keep words and show them to nobody. What people saw leaves a stub, what waits is not read.

    The caller has checked that they may. Returns how many.
    """
    found = list(_locked(refs).filter(restricted=False, salt__isnull=False))
    for words in found:
        restrict(words)
        hold(events.WORDS_HELD_BACK, about=words.ref, project=words.project_id, now=now)
    return len(found)


def restrict(words: Words) -> None:
    """Hold these words back; what their author took back stays taken back. They are locked."""
    states = Words.State
    if words.released_on is not None and words.state in (states.RELEASED, states.WITHDRAWN):
        words.hidden, words.imported = True, False
        words.second_reader = words.second_reader or words.project.for_under_18
    if words.state == states.RELEASED:
        words.state = states.HELD
    words.restricted = True
    put_down(words, by=None)


@transaction.atomic
def use_again(*, refs: Collection[UUID], now: datetime) -> int:
    """Stop holding words back. A reader looks at them before anyone sees them. Returns how many.

    The caller has checked that they may.
    """
    found = list(_locked(refs).filter(restricted=True))
    for words in found:
        words.restricted = False
        if words.state == Words.State.HELD:
            words.due_at = due_after(words.project, now=now)
        put_down(words, by=None)
        hold(events.WORDS_USED_AGAIN, about=words.ref, project=words.project_id, now=now)
    return len(found)


def _locked(refs: Collection[UUID]) -> QuerySet[Words]:
    rows = Words.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "project__organisation"
    )
    return rows.filter(ref__in=refs).order_by("ref")
