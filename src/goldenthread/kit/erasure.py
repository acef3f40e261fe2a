"""Erasing as the privacy classes say: what is emptied, what is dropped, what stays."""

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import ForeignKey, OneToOneField

from goldenthread.kit.privacy import OnErasure


def pointing_at(model: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every model, of rooms and libraries alike, with its column that names a `model`."""
    for other in apps.get_models():
        for field in other._meta.local_fields:
            if isinstance(field, ForeignKey | OneToOneField) and field.related_model is model:
                yield other, field


def fate_of(model: Any, name: str) -> OnErasure:
    """Return what erasure does to the column; rows of libraries (authenticators) always go."""
    privacy = getattr(model, "privacy", None)
    return privacy[name].on_erasure if privacy is not None else OnErasure.DROP


def emptied(model: Any) -> dict[str, Any]:
    """Return what the columns that erasure empties hold afterwards."""
    empty = {}
    for name, column in getattr(model, "privacy", {}).items():
        field = model._meta.get_field(name)
        if column.on_erasure == OnErasure.BLANK and not field.generated:
            empty[name] = None if field.null else field.get_default()
    return empty


def erase(model: Any, refs: Collection[UUID]) -> set[UUID]:
    """Empty these rows and what belongs to them: one key is one thing, the rest as classed.

    Returns the keys of all rows that were emptied: those given, and what only they held.
    """
    gone = set(refs)
    if not gone:
        return gone
    _rows(model, "pk", refs).update(**emptied(model))
    for other, field in pointing_at(model):
        if fate_of(other, field.name) == OnErasure.DROP:
            gone |= _drop(other, field.name, refs)
        elif field.primary_key:
            gone |= erase(other, refs)
        elif empty := emptied(other):
            _rows(other, field.name, refs).update(**empty)
    return gone


def drop(model: Any, refs: Collection[UUID]) -> set[UUID]:
    """Delete these rows; what only they held is emptied first. Returns the keys of that."""
    return _drop(model, "pk", refs)


def _drop(model: Any, name: str, refs: Collection[UUID]) -> set[UUID]:
    """Delete the rows; what only they held (a line beside an answer) is erased first."""
    rows = _rows(model, name, refs)
    gone: set[UUID] = set()
    for field in model._meta.local_fields:
        if isinstance(field, OneToOneField) and not field.primary_key and field.name != name:
            held = rows.exclude(**{field.name: None}).values_list(field.attname, flat=True)
            gone |= erase(field.related_model, list(held))
    rows.delete()
    return gone


def _rows(model: Any, name: str, refs: Collection[UUID]) -> Any:
    return model._base_manager.filter(**{f"{name}__in": refs})  # noqa: SLF001  all rows
