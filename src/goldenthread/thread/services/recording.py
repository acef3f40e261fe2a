"""Writing the record. Called by the services of rooms, in their transaction."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

import rfc8785
from django.db import connection, transaction

from goldenthread.kit import clock
from goldenthread.thread.events import Event
from goldenthread.thread.merkle.tree import leaf_hash
from goldenthread.thread.models import Entry, Head, HeldEntry, Node
from goldenthread.thread.replaying import follow

Facts = Mapping[str, str | int]
Reaction = Callable[[str, UUID], None]
AT_ONCE: Final = 1000  # rows in one statement
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
    day = clock.today(now).isoformat()
    [entry] = _append([New(event.name, about, project, day, facts or {})])
    for reaction in _after_record:
        reaction(event.name, about)
    follow(event.name, {about: facts or {}}, project=project, now=now)
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
    follow(event.name, facts_of, project=project, now=now)


@transaction.atomic
def append_held(*, now: datetime) -> int:
    """Append all held entries in random order; returns how many."""
    del now  # the week is in each entry; when the shuffle ran says nothing about it
    waiting = list(HeldEntry.objects.select_for_update(no_key=True, skip_locked=True))
    secrets.SystemRandom().shuffle(waiting)
    _append([New(each.kind, each.about, each.project, each.week, each.facts) for each in waiting])
    HeldEntry.objects.filter(ref__in=[each.ref for each in waiting]).delete()
    return len(waiting)


@dataclass(frozen=True)
class New:
    """What is to be appended: `when` is a day, or the week of a contributor's act."""

    kind: str
    about: UUID
    project: UUID | None
    when: str
    facts: Facts

    def body(self, seq: int) -> bytes:
        """The bytes that are kept and hashed."""
        return rfc8785.dumps(
            {
                "v": 1,
                "seq": seq,
                "type": self.kind,
                "when": self.when,
                "about": str(self.about),
                "project": str(self.project or ""),
                **{f"fact_{name}": value for name, value in self.facts.items()},
            }
        )


def _append(new: Sequence[New]) -> list[Entry]:
    """Give the next numbers under the lock of the head, one writer at a time."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an entry belongs to the transaction of its act")
    head = locked_head()
    stack = head.as_stack()
    entries, nodes = [], []
    for each in new:
        body = each.body(stack.size)
        leaf = leaf_hash(body)
        entry = Entry(
            seq=stack.size,
            kind=each.kind,
            about=each.about,
            project=each.project,
            week_or_day=each.when,
            body=body,
            leaf=leaf,
        )
        entries.append(entry)
        complete = stack.append(leaf)
        nodes += [Node.at(*subtree) for subtree in complete if subtree[0] in Node.LEVELS]
    Entry.objects.bulk_create(entries, batch_size=AT_ONCE)
    Node.objects.bulk_create(nodes)
    _read_back(head.size, stack.size)
    head.keep(stack)
    return entries


def locked_head() -> Head:
    """Return the single head row under its lock."""
    rows = Head.objects.select_for_update(no_key=True)
    return rows.filter(id=1).first() or rows.get_or_create(id=1)[0]


def _read_back(start: int, end: int) -> None:
    """Hash what was kept, as it was kept: a bit that flipped on the way is not sealed for ever."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from thread_entry where seq >= %s and seq < %s"
            " and leaf = sha256('\\x00'::bytea || body)",
            [start, end],
        )
        if cursor.fetchone() != (end - start,):
            raise RuntimeError("an entry was not kept as it was written")
