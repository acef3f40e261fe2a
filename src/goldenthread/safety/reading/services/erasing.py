"""Destroying words whose author took them back, seven days later."""

from datetime import datetime

from django.db import transaction

from goldenthread.kit import clock
from goldenthread.kit.erasure import erase
from goldenthread.safety.reading import events
from goldenthread.safety.reading.author import UNDO
from goldenthread.safety.reading.models import Words
from goldenthread.thread.services import hold

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
    ).select_for_update(skip_locked=True)
    found = list(due.values_list("ref", flat=True)[:AT_ONCE])
    gone = Words.objects.filter(ref__in=erase(Words, found))  # lines beside answers, too
    for ref, project in gone.values_list("ref", "project_id"):
        hold(events.WORDS_DESTROYED, about=ref, project=project, now=now)
    return len(found)
