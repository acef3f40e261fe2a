"""Writing the record and the ties. Called by the services of rooms, in their transaction."""

import hashlib
import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from uuid import UUID

import rfc8785
from django.db import transaction

from goldenthread.kit import clock
from goldenthread.thread.events import Event
from goldenthread.thread.models import Entry, Head, HeldEntry, How, Tie

Facts = Mapping[str, str | int]
Reaction = Callable[[str, UUID], None]
_after_record: list[Reaction] = []


def after_record(reaction: Reaction) -> Reaction:
    """Register what is told of each staff act, in its transaction."""
    _after_record.append(reaction)
    return reaction


def record(
    event: Event,
    *,
    about: UUID,
    project: UUID | None = None,
    facts: Facts | None = None,
    now: datetime,
) -> Entry:
    """Append an act of staff to the record, in the transaction of the act itself."""
    event.check(facts or {})
    entry = _append(event.name, about, project, clock.today(now).isoformat(), facts or {})
    for reaction in _after_record:
        reaction(event.name, about)
    return entry


def hold(
    event: Event,
    *,
    about: UUID,
    project: UUID | None = None,
    facts: Facts | None = None,
    now: datetime,
) -> None:
    """Keep an act of a contributor for the daily shuffle: by week, without order or time."""
    hold_all(event, {about: facts or {}}, project=project, now=now)


def hold_all(
    event: Event, facts_of: Mapping[UUID, Facts], *, project: UUID | None = None, now: datetime
) -> None:
    """Keep the same act for many things at once, each with its facts, in one statement."""
    for facts in facts_of.values():
        event.check(facts)
    year, week, _ = clock.today(now).isocalendar()
    HeldEntry.objects.bulk_create(
        [
            HeldEntry(
                kind=event.name,
                about=about,
                project=project,
                week=f"{year}-W{week:02}",
                facts=dict(facts),
            )
            for about, facts in facts_of.items()
        ]
    )


@transaction.atomic
def append_held(*, now: datetime) -> int:
    """Append all held entries in random order; returns how many."""
    del now  # the week is in each entry; when the shuffle ran says nothing about it
    waiting = list(HeldEntry.objects.select_for_update(skip_locked=True))
    secrets.SystemRandom().shuffle(waiting)
    for each in waiting:
        _append(each.kind, each.about, each.project, each.week, each.facts)
    HeldEntry.objects.filter(ref__in=[each.ref for each in waiting]).delete()
    return len(waiting)


def _append(kind: str, about: UUID, project: UUID | None, when: str, facts: Facts) -> Entry:
    """Give the next number under the lock of the head, and write the leaf as RFC 6962 hashes it."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an entry belongs to the transaction of its act")
    Head.objects.get_or_create(id=1)
    head = Head.objects.select_for_update().get(id=1)
    body = rfc8785.dumps(
        {
            "v": 1,
            "seq": head.size,
            "type": kind,
            "when": when,
            "about": str(about),
            "project": str(project or ""),
            **{f"fact_{name}": value for name, value in facts.items()},
        }
    )
    entry = Entry.objects.create(
        seq=head.size,
        kind=kind,
        about=about,
        project=project,
        week_or_day=when,
        body=body,
        leaf=hashlib.sha256(b"\x00" + body).digest(),
    )
    head.size += 1
    head.save(update_fields=["size"])
    return entry


Thing = tuple[str, UUID]


def tie(source: Thing, target: Thing, *, how: How, project: UUID) -> None:
    """Say that `source` led to `target`; said twice, it stands once."""
    tie_all([(source, target)], how=how, project=project)


def tie_all(pairs: Iterable[tuple[Thing, Thing]], *, how: How, project: UUID) -> None:
    """Say it for many at once, in one statement."""
    Tie.objects.bulk_create(
        [
            Tie(
                source_kind=source[0],
                source=source[1],
                target_kind=target[0],
                target=target[1],
                how=how,
                project=project,
            )
            for source, target in pairs
        ],
        ignore_conflicts=True,
        batch_size=2000,
    )


def untie(sources: Iterable[UUID], target: UUID, *, now: datetime) -> int:
    """End the living ties from `sources` to `target`; they stay on record as ended."""
    living = Tie.objects.filter(source__in=list(sources), target=target, ended_on=None)
    return living.update(ended_on=clock.today(now))
