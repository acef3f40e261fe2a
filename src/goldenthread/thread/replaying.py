"""After a restore: what was taken back or erased since the backup is taken back or erased again.

Each room says how, for its own kinds of act. The acts come from the journal beside the database,
or from somebody's copy of the record.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from django.db import transaction

from goldenthread.kit import clock
from goldenthread.thread import journal
from goldenthread.thread.copies import entries_in
from goldenthread.thread.journal import Act

Replay = Callable[..., int]
_replays: dict[str, Replay] = {}
_undone_by: dict[str, str] = {}  # an act, and the act that takes it back


def replays(kind: str) -> Callable[[Replay], Replay]:
    """Declare how acts of this kind are done again: called with the acts and `now=`, says how many.

    What stands already is left alone: the whole journal is gone through at every start.
    """

    def declared(work: Replay) -> Replay:
        _replays[kind] = work
        return work

    return declared


def undoes(kind: str, *, of: str) -> None:
    """Declare that an act takes back an earlier one."""
    _undone_by[of] = kind


def kinds() -> frozenset[str]:
    """The kinds of act that are done again."""
    return frozenset(_replays)


def follow(
    kind: str,
    facts_of: Mapping[UUID, Mapping[str, str | int]],
    *,
    project: UUID | None,
    now: datetime,
) -> None:
    """Keep the journal beside what is written into the record, in the act's transaction."""
    if kind in _replays:
        on = clock.today(now)
        journal.note(Act(kind, ref, on, project, dict(facts)) for ref, facts in facts_of.items())
    for undone in (each for each, by in _undone_by.items() if by == kind):
        transaction.on_commit(partial(journal.take_out, undone, facts_of))


def replay(acts: Iterable[Act], *, now: datetime) -> int:
    """Do again what a restored database does not know of; returns how many things changed."""
    by_kind: dict[str, list[Act]] = defaultdict(list)
    for act in acts:
        by_kind[act.kind].append(act)
    with transaction.atomic():
        return sum(_replays[kind](by_kind[kind], now=now) for kind in _replays if by_kind[kind])


def of_record(copy: Path) -> list[Act]:
    """Read the acts out of a copy of the record, in whichever form somebody keeps it.

    :raises ValueError: there are none, or one is not whole
    """
    return _standing(sorted(entries_in(copy), key=lambda said: int(said["seq"])))


def _standing(said: Sequence[dict[str, str]]) -> list[Act]:
    """The acts that were not undone; shuffled entries of one night say no order, so they count."""
    undone: dict[tuple[str, str], int] = defaultdict(int)
    for each in {each["seq"]: each for each in said}.values():
        undone[each["type"], each["about"]] += 1
    latest: dict[tuple[str, str], Act] = {}
    for each in {each["seq"]: each for each in said}.values():
        key = each["type"], each["about"]
        if key[0] not in _replays:
            continue
        taken_back = _undone_by.get(key[0], ""), key[1]
        if undone[taken_back]:
            undone[taken_back] -= 1
            continue
        facts: dict[str, str | int] = {
            name.removeprefix("fact_"): value
            for name, value in each.items()
            if name.startswith("fact_")
        }
        project = UUID(each["project"]) if each["project"] else None
        latest[key] = Act(key[0], UUID(key[1]), _day(each["when"]), project, facts)
    return list(latest.values())


def _day(when: str) -> date:
    """The day of an entry; of a week its last, so that nobody loses a day of their seven."""
    if "-W" not in when:
        return date.fromisoformat(when)
    year, _, week = when.partition("-W")
    return date.fromisocalendar(int(year), int(week), 1) + timedelta(days=6)
