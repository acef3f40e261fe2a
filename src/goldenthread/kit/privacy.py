"""How sensitive each column is, and what erasing a person or a voice does to it.

Every model declares `privacy = columns(open="ref title", personal_blank="name")`: the first
word is the class, the second (after the underscore) what erasure does. One table of facts
drives erasure, export, log redaction and the privacy notice.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.apps import apps


class Sensitivity(StrEnum):
    OPEN = "open"  # may be shown to anyone who sees the object
    WORKING = "working"  # staff's own work: dates, states, who did it
    PERSONAL = "personal"  # points to a person
    WORDS = "words"  # what a person said
    HIDDEN = "hidden"  # keys, hashes, ciphertext: shown to nobody


class OnErasure(StrEnum):
    KEEP = "keep"
    BLANK = "blank"
    DROP = "drop"  # the whole row goes


@dataclass(frozen=True)
class Column:
    """The class of one column and what becomes of it."""

    sensitivity: Sensitivity
    on_erasure: OnErasure


def columns(**classes: str) -> dict[str, Column]:
    """Read `open="a b", words_blank="c"` into one `Column` a name.

    :raises ValueError: an unknown class, or a column named twice
    """
    table: dict[str, Column] = {}
    for key, names in classes.items():
        sensitivity, _, erasure = key.partition("_")
        column = Column(Sensitivity(sensitivity), OnErasure(erasure or "keep"))
        for name in names.split():
            if name in table:
                raise ValueError(f"{name} is classed twice")
            table[name] = column
    return table


def unclassed() -> list[str]:
    """Name every column of our own models that says nothing, and every class without a column."""
    faults = []
    for model in apps.get_models(include_auto_created=True):
        if not model.__module__.startswith("goldenthread."):
            continue
        declared = getattr(model, "privacy", {})
        names = {field.name for field in model._meta.get_fields() if getattr(field, "column", None)}
        names |= {field.name for field in model._meta.many_to_many}
        faults += [f"{model._meta.label}.{name} has no class" for name in names - set(declared)]
        faults += [f"{model._meta.label}.{name} is no column" for name in set(declared) - names]
    return sorted(faults)
