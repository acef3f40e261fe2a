"""Everything that belongs to one person, or stands behind one receipt: found over the registry."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.contrib.auth import get_user_model
from django.db.models import Field, Q, UUIDField
from django.db.models.fields.related import ForeignKey

from goldenthread.kit.erasure import pointing_at
from goldenthread.kit.held import Held, holdings
from goldenthread.kit.privacy import Sensitivity
from goldenthread.kit.sealing import unseal

Rows = dict[Any, set[Any]]  # keys by model
SHOWN = {Sensitivity.OPEN, Sensitivity.WORKING}
PERSONAL = {Sensitivity.PERSONAL, Sensitivity.WORDS}

PLAIN = (bool, int, str, list, dict, date, type(None))  # what JSON says as it is


@dataclass(frozen=True)
class Holder:
    """Whose rows are asked for."""

    person: UUID | None = None
    receipt: UUID | None = None


@dataclass(frozen=True)
class Row:
    """One row as it is handed out: what it says, and what is kept and not shown."""

    shown: dict[str, Any]
    kept: list[str]


@dataclass(frozen=True)
class Kind:
    """All rows of one table that belong to the holder."""

    held: Held
    rows: list[Row]


def rows_of(holder: Holder) -> Rows:
    """Return the keys of everything that belongs to the holder, by model. Nothing else."""
    found: Rows = defaultdict(set)
    said = list(holdings())
    for model, held in said:
        if asked := _named(held, holder):
            found[model] |= _keys(model, asked)
    seen: dict[tuple[Any, str], int] = {}
    while _spread(said, found, seen):
        pass
    return {model: keys for model, keys in found.items() if keys}


def _named(held: Held, holder: Holder) -> Q:
    asked = Q()
    if holder.person and held.person:
        for name in held.person.split():
            asked |= Q(**{name: holder.person})
    if holder.receipt and held.receipt:
        asked |= Q(**{held.receipt: holder.receipt})
    return asked


def _spread(said: list[tuple[Any, Held]], found: Rows, seen: dict[tuple[Any, str], int]) -> bool:
    """Follow one step: what stands within a row found, and what a row found brings along."""
    before = sum(map(len, found.values()))
    for model, held in said:
        if held.within:
            above = model._meta.get_field(held.within).related_model
            if _is_new((model, held.within), found.get(above), seen):
                found[model] |= _keys(model, Q(**{f"{held.within}__in": found[above]}))
        if held.brings and _is_new((model, held.brings), found.get(model), seen):
            below = model._meta.get_field(held.brings)
            keys = _all(model).filter(pk__in=found[model]).values_list(below.attname, flat=True)
            found[below.related_model] |= set(keys) - {None}
    return sum(map(len, found.values())) > before


def _is_new(way: tuple[Any, str], keys: set[Any] | None, seen: dict[tuple[Any, str], int]) -> bool:
    """Whether there is more to follow than when this way was last gone."""
    size = len(keys or ())
    grown = size > seen.get(way, 0)
    seen[way] = size
    return grown


def handed_out(holder: Holder, *, words: bool) -> list[Kind]:
    """Return everything, as it may be handed out: with words and names, or kinds and days only."""
    found = rows_of(holder)
    kinds = []
    for model, held in holdings():
        if found.get(model):
            rows = _all(model).filter(pk__in=found[model]).order_by("pk")
            rows = rows.select_related(*_titled(model)) if _titled(model) else rows
            kinds.append(Kind(held, [_row(row, held, words=words) for row in rows]))
    return kinds


def _row(row: Any, held: Held, *, words: bool) -> Row:
    open_to = SHOWN | PERSONAL if words else SHOWN
    shown, kept = {}, []
    for name, column in row.privacy.items():
        field = row._meta.get_field(name)
        if name in held.but.split() or field.generated or _is_empty(getattr(row, field.attname)):
            continue
        if column.sensitivity not in open_to:
            kept.append(str(field.verbose_name))
        elif (value := _value(row, field)) is not None:
            shown[str(field.verbose_name)] = value
    return Row(shown, kept)


def _is_empty(value: Any) -> bool:
    return value in (None, "", [], {}, 0)  # and what is not so, or none


def _value(row: Any, field: Field[Any, Any]) -> Any:
    """Return one column as it can be read; neither other people nor references."""
    if isinstance(field, UUIDField):
        return None  # a reference says nothing to a person
    if isinstance(field, ForeignKey):
        named = issubclass(field.related_model, get_user_model())
        titled = not named and field.name in _titled(type(row))
        return str(getattr(row, field.name)) if titled else None
    value = getattr(row, field.name)
    if isinstance(value, bytes | memoryview):
        return _opened(value)
    if field.choices:
        return str(getattr(row, f"get_{field.name}_display")())
    return value if isinstance(value, PLAIN) else str(value)


def _titled(model: Any) -> list[str]:
    """Columns that name something with a title, such as a project."""
    return [
        field.name
        for field in model._meta.local_fields
        if isinstance(field, ForeignKey)
        and "__str__" in field.related_model.__dict__
        and not issubclass(field.related_model, get_user_model())
    ]


def _opened(sealed: bytes | memoryview) -> str:
    try:
        return unseal(sealed)
    except InvalidToken:
        return "(sealed)"


def acts_of(person: UUID) -> dict[str, int]:
    """Count what else carries the name of this person: their work as staff, and how they sign in.

    By the name of the table; the rows themselves are other people's, or open nothing.
    """
    counted: dict[str, int] = defaultdict(int)
    said = dict(holdings())
    for model, field in pointing_at(get_user_model()):
        if model in said and field.name in said[model].person.split():
            continue
        counted[str(model._meta.verbose_name)] += _all(model).filter(**{field.name: person}).count()
    return {name: count for name, count in sorted(counted.items()) if count}


def _keys(model: Any, asked: Q) -> set[Any]:
    return set(_all(model).filter(asked).values_list("pk", flat=True))


def _all(model: Any) -> Any:
    return model._base_manager  # noqa: SLF001  all rows
