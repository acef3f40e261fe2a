"""Kinds of record entry. Each room declares its own; an undeclared kind cannot be recorded."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_PLAIN = re.compile(r"[a-z0-9._:-]{0,64}")
_declared: dict[str, "Event"] = {}


@dataclass(frozen=True)
class Event:
    """A kind of entry: its name, the sentence people read, and which facts it may carry.

    Of a confidential one only the hash is published, never what it says or where.
    """

    name: str
    sentence: str
    facts: Mapping[str, type] = field(default_factory=dict)
    confidential: bool = False

    def __post_init__(self) -> None:
        if _declared.setdefault(self.name, self) != self:
            raise ValueError(f"{self.name} is declared twice")

    def check(self, facts: Mapping[str, str | int]) -> None:
        """Refuse facts that were not declared, and any text that could be someone's words.

        :raises ValueError: a fact is missing, unknown, of the wrong type, or reads like prose
        """
        if set(facts) != set(self.facts):
            raise ValueError(f"{self.name} carries {sorted(self.facts)}, not {sorted(facts)}")
        for name, value in facts.items():
            if not isinstance(value, self.facts[name]) or isinstance(value, bool):
                kind = self.facts[name].__name__
                raise ValueError(f"{self.name}.{name} must be {kind}")  # noqa: TRY004  one error for all
            if isinstance(value, str) and not _PLAIN.fullmatch(value):
                raise ValueError(f"{self.name}.{name} must be a reference or a code, never words")


def declared(name: str) -> Event:
    """Return the declared kind of that name."""
    return _declared[name]


def all_declared() -> list[Event]:
    """List every declared kind, by name."""
    return sorted(_declared.values(), key=lambda event: event.name)


WITNESS_ADDED = Event(
    "record.witness-added", "An outside keeper of the record was named.", {"mark": str}
)
WITNESS_ENDED = Event(
    "record.witness-ended", "An outside keeper no longer keeps the record.", {"mark": str}
)
CHECK_FAILED = Event(
    "record.check-failed", "The nightly check found what does not match.", {"faults": int}
)
KEY_CHANGED = Event(
    "record.key-changed",
    "The key that signs heads was changed; the old and the new key signed that.",
    dict.fromkeys(("old", "new", "old_signs_1", "old_signs_2", "new_signs_1", "new_signs_2"), str),
)
