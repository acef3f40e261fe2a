"""Lists that cost the same on page one and on page ten thousand: keyset paging."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

Row = TypeVar("Row", bound=Model)
_SALT = "kit.paging"


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of a list: its rows and where the next one begins."""

    rows: Sequence[Row]
    next_href: str
    first_href: str
    how_many: str = ""

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def keyset(
    rows: QuerySet[Row],
    *,
    order: Sequence[str],
    query: QueryDict,
    size: int = 25,
    how_many: str = "",
) -> Page[Row]:
    """Page `rows` by `order` (like `("-released_on", "ref")`, ending in a unique column).

    The place is carried signed in `?from=`; a place nobody issued is read as page one.
    """
    mark = _read(query.get("from", ""), len(order))
    ordered = rows.order_by(*order)
    if mark is not None:
        ordered = ordered.filter(_after(order, mark))
    found = list(ordered[: size + 1])
    shown, more = found[:size], len(found) > size
    return Page(
        rows=shown,
        next_href=_href(query, _mark(shown[-1], order)) if more else "",
        first_href=_href(query, "") if mark is not None else "",
        how_many=how_many,
    )


def _after(order: Sequence[str], mark: Sequence[str]) -> Q:
    """Rows that come strictly later than the mark.

    The bound on the first column is implied, but lets the index begin there: with the alternatives
    alone every row before the mark would be read.
    """
    first = order[0].lstrip("-")
    bound = Q(**{f"{first}__{'lte' if order[0].startswith('-') else 'gte'}": mark[0]})
    later = Q()
    same = Q()
    for name, value in zip(order, mark, strict=True):
        column = name.lstrip("-")
        later |= same & Q(**{f"{column}__{'lt' if name.startswith('-') else 'gt'}": value})
        same &= Q(**{column: value})
    return bound & later


def _mark(row: Model, order: Sequence[str]) -> str:
    values = []
    for name in order:
        value: Any = row
        for part in name.lstrip("-").split("__"):
            value = getattr(value, part)
        values.append(str(value))
    return signing.dumps(values, salt=_SALT)


def _read(token: str, length: int) -> list[str] | None:
    try:
        values = signing.loads(token, salt=_SALT) if token else None
    except signing.BadSignature:
        return None
    return values if values is not None and len(values) == length else None


def _href(query: QueryDict, mark: str) -> str:
    changed = query.copy()
    changed.pop("from", None)
    if mark:
        changed["from"] = mark
    return f"?{changed.urlencode()}"
