"""Erasing what is due, by the rules beside each model."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from goldenthread.kit import clock
from goldenthread.kit.erasure import drop, erase
from goldenthread.kit.figures import in_fives
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.reasons import TIME_OVER
from goldenthread.safety.retention import events
from goldenthread.safety.retention.queries import Due, due
from goldenthread.thread.services import record
from goldenthread.thread.services.recording import Facts

AT_ONCE = 500


def sweep(*, now: datetime) -> dict[str, int]:
    """Erase everything that is due, some rows at a time; returns how many rows by table."""
    done: dict[str, int] = {}
    for each in due(today=clock.today(now)):
        rows = 0
        while some := _some(each, now=now):
            rows += some
        if rows:
            done[each.table] = done.get(each.table, 0) + rows
    return done


@transaction.atomic
def _some(each: Due, *, now: datetime) -> int:
    """Erase some rows that nobody else holds, and say so in the record: both or neither."""
    rows = each.rows.order_by("pk").select_for_update(no_key=True, skip_locked=True, of=("self",))
    keys = list(rows.values_list("pk", flat=True)[:AT_ONCE])
    if keys:
        _erase(each, keys, now=now)
        facts: Facts = {"table": each.table, "rows": in_fives(len(keys)) or 0}
        record(events.ERASURE, about=uuid4(), facts=facts, now=now)
    return len(keys)


def _erase(each: Due, keys: Collection[UUID], *, now: datetime) -> None:
    if each.model is Words:
        reading.destroy(refs=keys, because=TIME_OVER, now=now)
    elif each.clock.empties:
        erase(each.model, keys)
    else:
        drop(each.model, keys)
