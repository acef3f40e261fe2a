"""Everything that belongs to one person, or stands behind one receipt: found over the registry."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.contrib.auth import get_user_model
from django.db.models import Field, Q
from django.db.models.fields.related import ForeignKey

from goldenthread.kit.erasure import pointing_at
from goldenthread.kit.held import Held, holdings
from goldenthread.kit.privacy import Sensitivity
from goldenthread.kit.sealing import unseal

Rows = dict[Any, set[Any]]  # keys by model
SHOWN = {Sensitivity.OPEN, Sensitivity.WORKING, Sensitivity.PERSONAL}


@dataclass(frozen=True)
class Holder:
    """Whose rows are asked for."""

    person: UUID | None = None
    receipt: UUID | None = None


@dataclass(frozen=True)
class Kind:
    """All rows of one table that belong to the holder, as they are handed out."""

    model: Any
    held: Held
    rows: list[dict[str, Any]]


def rows_of(holder: Holder) -> Rows:
    """Return the keys of everything that belongs to the holder, by model. Nothing else."""
    found: Rows = defaultdict(set)
    said = list(holdings())
    for model, held in said:
        if asked := _named(model, held, holder):
            found[model] |= _keys(model, asked)
    while _spread(said, found):
        pass
    return {model: keys for model, keys in found.items() if keys}


def _named(model: Any, held: Held, holder: Holder) -> Q:
    asked = Q()
    if holder.person and held.person:
        for name in held.person.split():
            asked |= Q(**{name: holder.person})
    if holder.receipt and held.receipt:
        asked |= Q(**{held.receipt: holder.receipt})
    del model
    return asked


def _spread(said: list[tuple[Any, Held]], found: Rows) -> bool:
    """Follow one step: what stands within a row found, and what a row found brings along."""
    before = sum(map(len, found.values()))
    for model, held in said:
        if held.within:
            above = model._meta.get_field(held.within).related_model
            if found.get(above):
                found[model] |= _keys(model, Q(**{f"{held.within}__in": found[above]}))
        if held.brings and found.get(model):
            below = model._meta.get_field(held.brings)
            keys = _all(model).filter(pk__in=found[model]).values_list(below.attname, flat=True)
            found[below.related_model] |= set(keys) - {None}
    return sum(map(len, found.values())) > before


def handed_out(holder: Holder, *, words: bool) -> Iterator[Kind]:
    """Yield what is handed out: every column as classed; words only where they may be shown."""
    found = rows_of(holder)
    for model, held in holdings():
        if found.get(model):
            rows = _all(model).filter(pk__in=found[model]).order_by("pk")
            yield Kind(model, held, [_row(row, held, words=words) for row in rows])


def _row(row: Any, held: Held, *, words: bool) -> dict[str, Any]:
    shown = {}
    for name, column in row.privacy.items():
        wanted = column.sensitivity in SHOWN or (words and column.sensitivity == Sensitivity.WORDS)
        field = row._meta.get_field(name)
        if wanted and name not in held.but.split() and not field.generated:
            value = _value(row, field)
            if value not in (None, "", [], {}):
                shown[name] = value
    return shown


def _value(row: Any, field: Field[Any, Any]) -> Any:
    """Return one column as it can be read; other people are never named."""
    if isinstance(field, ForeignKey):
        named = issubclass(field.related_model, get_user_model())
        if named or getattr(row, field.attname) is None:
            return None
        titled = "__str__" in field.related_model.__dict__
        return str(getattr(row, field.name)) if titled else str(getattr(row, field.attname))
    value = getattr(row, field.name)
    if isinstance(value, bytes | memoryview):
        return _opened(value)
    return value if isinstance(value, bool | int | str | list | dict | None) else str(value)


def _opened(sealed: bytes | memoryview) -> str:
    try:
        return unseal(sealed)
    except InvalidToken:
        return "(sealed)"


def acts_of(person: UUID) -> dict[Any, int]:
    """Count the rows of staff's own work that carry this person's name, by model."""
    counted: dict[Any, int] = defaultdict(int)
    user = get_user_model()
    for model, field in pointing_at(user):
        privacy = getattr(model, "privacy", None)
        if privacy and privacy[field.name].sensitivity == Sensitivity.WORKING:
            counted[model] += _all(model).filter(**{field.name: person}).count()
    return {model: count for model, count in counted.items() if count}


def _keys(model: Any, asked: Q) -> set[Any]:
    return set(_all(model).filter(asked).values_list("pk", flat=True))


def _all(model: Any) -> Any:
    return model._base_manager  # noqa: SLF001  all rows
