"""Verifying the record: each entry hashed anew, each signed head, and what rooms hold to it."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from django.db import connection, transaction

from goldenthread.thread.keychain import changes, key_at
from goldenthread.thread.keys import origin, public_key
from goldenthread.thread.merkle import notes, tree
from goldenthread.thread.models import Head, HeldEntry, SignedHead

AT_ONCE: Final = 10_000
NAMED: Final = ("seq", "type", "about", "project", "when")  # in a body, and in columns beside it
ROWS: Final = (
    "select seq, kind, about::text, coalesce(project::text, ''), week_or_day, body, leaf"
    " from thread_entry order by seq"
)
_decode: Final = json.JSONDecoder().decode  # json.loads looks for the encoding of each body anew
Facts = dict[str, Any]
# kind: {about: facts of the last entry of that kind, and its number, `seq`, unless it still waits}
Seen = Mapping[str, Mapping[UUID, Facts]]
Check = Callable[[Seen], Iterable["Fault | Counted"]]
_checks: list[tuple[frozenset[str], Check]] = []


@dataclass(frozen=True)
class Fault:
    """Something that does not match: a code, a sentence for people, and which thing it is about."""

    code: str
    sentence: str
    about: UUID | None = None  # nothing: the whole record


@dataclass(frozen=True)
class Counted:
    """Something that is no fault and cannot be proven: it is counted, and the sentence says it."""

    code: str
    sentence: str  # with {number} in it


@dataclass
class Report:
    """What verifying found."""

    size: int = 0
    root: bytes = tree.EMPTY
    faults: list[Fault] = field(default_factory=list)
    counted: Counter[Counted] = field(default_factory=Counter)

    def take(self, found: Iterable[Fault | Counted]) -> None:
        """Take over what a room's check found."""
        for each in found:
            if isinstance(each, Fault):
                self.faults.append(each)
            else:
                self.counted[each] += 1

    @property
    def remarks(self) -> list[str]:
        """What is counted apart, each in a sentence."""
        return [each.sentence.format(number=number) for each, number in self.counted.items()]

    @property
    def is_whole(self) -> bool:
        """Whether everything matches."""
        return not self.faults


def checks(*kinds: str) -> Callable[[Check], Check]:
    """Register a room's check of its own rows against the entries of these kinds."""

    def registered(check: Check) -> Check:
        _checks.append((frozenset(kinds), check))
        return check

    return registered


def verify(kept: notes.Head | None = None) -> Report:
    """Verify the whole record, and that a head kept outside is its beginning."""
    report = Report()
    heads = {each.size: each for each in SignedHead.objects.all()}
    roots = dict.fromkeys((*heads, *([kept.size] if kept else [])), b"")
    seen: dict[str, dict[UUID, Facts]] = defaultdict(dict)
    _hash_anew(report, roots, seen)
    report.faults += _heads(heads, roots, report.size)
    report.faults += _kept(kept, roots, report.size)
    _held(seen)
    for kinds, check in _checks:
        report.take(check({kind: seen[kind] for kind in kinds}))
    return report


def _hash_anew(report: Report, roots: dict[int, bytes], seen: dict[str, dict[UUID, Facts]]) -> None:
    wanted = frozenset().union(*(kinds for kinds, _check in _checks))
    stack = tree.Stack()
    for seq, kind, about, project, when, body, leaf in _rows():
        if seq != stack.size:
            report.faults.append(_gap(stack.size, seq))
        said, found = _read(body), tree.leaf_hash(body)
        if found != leaf or not _fits(said, (seq, kind, about, project, when)):
            report.faults.append(_altered(seq))
        stack.append(found)
        if stack.size in roots:
            roots[stack.size] = stack.root
        if (told := str(said.get("type"))) in wanted:
            with suppress(ValueError):  # about nothing: named above
                seen[told][UUID(str(said.get("about")))] = _facts(said) | {"seq": seq}
    report.size, report.root = stack.size, stack.root
    head = Head.objects.filter(id=1).first() or Head(size=0)
    if (head.size, head.as_stack().root) != (stack.size, stack.root):
        report.faults.append(Fault("head", "The head in the database does not fit the entries."))


def _rows() -> Iterator[tuple[Any, ...]]:
    """All entries in their order, by one cursor that stays on the server."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(ROWS)
        while rows := cursor.fetchmany(AT_ONCE):
            yield from rows


def _read(body: bytes) -> dict[str, Any]:
    """What an entry says; nothing when that cannot be read."""
    try:
        said = _decode(body.decode())
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _fits(said: Mapping[str, Any], columns: tuple[object, ...]) -> bool:
    """Whether the columns beside the body are those that the body has."""
    return tuple(map(said.get, NAMED)) == columns


def _facts(said: Mapping[str, Any]) -> Facts:
    return {name.removeprefix("fact_"): said[name] for name in said if name.startswith("fact_")}


def _gap(expected: int, found: int) -> Fault:
    return Fault("dropped", f"After entry {expected - 1} comes entry {found}: some were dropped.")


def _altered(seq: int) -> Fault:
    return Fault("altered", f"Entry {seq} was altered after it was written.")


def _heads(
    heads: Mapping[int, SignedHead], roots: Mapping[int, bytes], size: int
) -> Iterator[Fault]:
    changed = changes()
    if changed and changed[-1].new != public_key().public:
        yield Fault("key", "The key in the keys file is not the one that the record names.")
    yield from (
        Fault("key", f"Entry {each.seq} changes the key, and not both keys have signed that.")
        for each in changed
        if not each.is_signed
    )
    for head in heads.values():
        try:
            said = notes.open_note(head.note, key_at(head.size, changed))
        except ValueError:
            yield Fault("signature", f"The head of {head.size} entries is not signed with our key.")
            continue
        if said != notes.Head(origin(), head.size, bytes(head.root)):
            yield Fault("signature", f"The head of {head.size} entries signs something else.")
        elif head.size > size:
            yield Fault("dropped", f"A head tells of {head.size} entries; there are {size} now.")
        elif roots[head.size] != said.root:
            yield Fault(
                "moved",
                f"The first {head.size} entries are not those that were signed: "
                "one was changed, dropped or moved.",
            )


def _kept(kept: notes.Head | None, roots: Mapping[int, bytes], size: int) -> Iterator[Fault]:
    if kept is None:
        return
    if kept.size > size:
        yield Fault(
            "rolled-back",
            f"The head you kept tells of {kept.size} entries; there are {size} now: "
            "an older database took the place of a newer one.",
        )
    elif kept.size and roots[kept.size] != kept.root:
        yield Fault(
            "rewritten",
            f"The head you kept does not fit the first {kept.size} entries: "
            "they were written anew and signed again.",
        )


def _held(seen: dict[str, dict[UUID, Facts]]) -> None:
    """Acts that wait for tonight count as said."""
    for held in HeldEntry.objects.all().iterator():
        seen[held.kind].setdefault(held.about, held.facts)
