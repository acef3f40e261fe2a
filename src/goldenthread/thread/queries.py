"""Following the thread: from a thing to what came before it and what came of it."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, QuerySet

from goldenthread.thread import registry
from goldenthread.thread.models import CARRYING, Tie
from goldenthread.thread.registry import Described

ORDER = ("voice", "theme", "decision", "action", "change", "reply")


@dataclass(frozen=True)
class Step:
    """One thing on the thread, with what it is, how it was reached, and its description."""

    kind: str
    ref: UUID
    how: str
    described: Described


@dataclass(frozen=True)
class Story:
    """What came before a thing, and what came of it, in the order of the thread."""

    before: list[Step]
    after: list[Step]


_FORWARD = """
with recursive walk(start, kind, ref, how, depth) as (
    select source, target_kind, target, how, 1 from thread_tie
    where source = any(%(refs)s) and ended_on is null
  union
    select w.start, t.target_kind, t.target, t.how, w.depth + 1
    from thread_tie t join walk w on t.source = w.ref
    where t.ended_on is null and t.how <> 'split' and w.depth < 64
)
select start, kind, ref, how, 'after' from walk
"""
_BACK = """
with recursive walk(start, kind, ref, how, depth) as (
    select target, source_kind, source, how, 1 from thread_tie
    where target = any(%(refs)s) and ended_on is null and source_kind <> 'voice'
  union
    select w.start, t.source_kind, t.source, t.how, w.depth + 1
    from thread_tie t join walk w on t.target = w.ref
    where t.ended_on is null and t.how <> 'split' and t.source_kind <> 'voice' and w.depth < 64
)
select start, kind, ref, how, 'before' from walk
"""


def story_of(ref: UUID, *, visible_to: Any) -> Story:
    """Tell what came before `ref` and what came of it: one query, and those of each kind present.

    Voices before it are not listed: their number belongs to releases.
    """
    return stories_of([ref], visible_to=visible_to)[ref]


def stories_of(
    refs: list[UUID], *, visible_to: Any, but: Collection[str] = ()
) -> dict[UUID, Story]:
    """Tell the stories of many things at the cost of one; kinds in `but` are left out."""
    with connection.cursor() as cursor:
        cursor.execute(f"({_FORWARD}) union all ({_BACK})", {"refs": refs})
        found = [row for row in cursor.fetchall() if row[1] not in but]
    by_kind: dict[str, set[UUID]] = defaultdict(set)
    for _start, kind, each, _how, _side in found:
        by_kind[kind].add(each)
    described = {
        kind: registry.describe(kind, those, visible_to=visible_to)
        for kind, those in by_kind.items()
    }
    steps_of: dict[UUID, list[Any]] = defaultdict(list)
    for start, *step in found:
        steps_of[start].append(step)
    return {
        ref: Story(
            before=_steps(steps_of[ref], "before", described),
            after=_steps(steps_of[ref], "after", described),
        )
        for ref in refs
    }


def _steps(found: list[Any], side: str, described: dict[str, Any]) -> list[Step]:
    steps: dict[UUID, Step] = {}
    for kind, ref, how, found_side in found:
        if found_side == side and ref not in steps and ref in described[kind]:
            steps[ref] = Step(kind, ref, how, described[kind][ref])
    place = {kind: at for at, kind in enumerate(ORDER)}
    return sorted(
        steps.values(),
        key=lambda step: (place.get(step.kind, 99), step.how != "merged", str(step.ref)),
    )


def straight_from(kind: str) -> QuerySet[Tie]:
    """Return the ties by which things of one kind lead straight to a row: to filter its table."""
    return Tie.objects.filter(target=OuterRef("pk"), source_kind=kind, ended_on=None)


_VOICES_BENEATH = """
with recursive walk(ref) as (
    values (%(ref)s::uuid)
  union
    select t.source from thread_tie t join walk w on t.target = w.ref
    where t.ended_on is null and t.source_kind <> 'voice' and t.how = any(%(carrying)s)
)
select distinct t.source from walk w, lateral ( -- of each thing no more than are wanted of all
    select distinct source from thread_tie
    where target = w.ref and source_kind = 'voice' and ended_on is null
        and source > %(after)s::uuid
    order by source limit %(limit)s
) t
order by t.source limit %(limit)s
"""
FIRST = UUID(int=0)


def voices_beneath(ref: UUID, *, after: UUID = FIRST, limit: int = 1000) -> list[UUID]:
    """Return up to `limit` voices that a thing rests on, through all merges, in order."""
    with connection.cursor() as cursor:
        values: dict[str, Any] = {
            "ref": ref,
            "after": after,
            "limit": limit,
            "carrying": [str(how) for how in CARRYING],
        }
        cursor.execute(_VOICES_BENEATH, values)
        return [row[0] for row in cursor.fetchall()]


def all_voices_beneath(ref: UUID) -> Iterator[UUID]:
    """Walk through every voice beneath a thing, a thousand at a time."""
    after = FIRST
    while voices := voices_beneath(ref, after=after):
        yield from voices
        after = voices[-1]


_ABOVE = """
with recursive walk(kind, ref) as (
    select target_kind, target from thread_tie
    where source = any(%(refs)s) and ended_on is null and how = any(%(carrying)s)
  union
    select t.target_kind, t.target from thread_tie t join walk w on t.source = w.ref
    where t.ended_on is null and t.how = any(%(carrying)s)
)
select ref from walk where kind = %(kind)s
"""


def what_came_of(refs: list[UUID], kind: str) -> list[UUID]:
    """Return everything of one kind that `refs` led to, however many steps away."""
    with connection.cursor() as cursor:
        values: dict[str, Any] = {
            "refs": refs,
            "kind": kind,
            "carrying": [str(how) for how in CARRYING],
        }
        cursor.execute(_ABOVE, values)
        return [row[0] for row in cursor.fetchall()]


# From many starts at once the planner would rather read all ties there are: it may not.
_LED_TO = """
with recursive walk(start, kind, ref) as (
    select source, target_kind, target from thread_tie
    where source = any(%(refs)s) and ended_on is null
  union
    select w.start, t.target_kind, t.target from walk w, lateral (
        select target_kind, target from thread_tie
        where source = w.ref and ended_on is null and how <> 'split' offset 0
    ) t
)
select distinct start, kind from walk where kind = any(%(kinds)s)
"""


def led_to(refs: Collection[UUID], kinds: Collection[str]) -> dict[str, set[UUID]]:
    """Return by kind which of `refs` led to something of it, however many steps away. One query."""
    found: dict[str, set[UUID]] = {kind: set() for kind in kinds}
    if refs:
        with connection.cursor() as cursor:
            cursor.execute(_LED_TO, {"refs": list(refs), "kinds": list(kinds)})
            for start, kind in cursor.fetchall():
                found[kind].add(start)
    return found
