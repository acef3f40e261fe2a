"""Queries that are written out once: to put one together takes longer than to ask it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet


@dataclass(frozen=True)
class Written:
    """A query as text, and where in it stands what changes from one time to the next."""

    sql: str
    params: tuple[Any, ...]
    places: tuple[tuple[int, str], ...]

    def filled(self, **given: Any) -> Sequence[Any]:
        """Return what the text is to be asked with."""
        params = list(self.params)
        for at, name in self.places:
            params[at] = given[name]
        return params

    def rows(self, **given: Any) -> list[tuple[Any, ...]]:
        """Ask it, and return the rows."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.filled(**given))
            return list(cursor.fetchall())


def write_out(query: QuerySet[Any, Any], **stand_ins: Any) -> Written:
    """Write a query out. Each stand-in was put in it in place of what is given later."""
    sql, params = query.query.sql_with_params()
    plain = [getattr(each, "obj", each) for each in params]  # bytes are wrapped by the driver
    places = [
        (at, name)
        for name, stand_in in stand_ins.items()
        for at, each in enumerate(plain)
        if each == stand_in
    ]
    assert {name for _at, name in places} == set(stand_ins)  # noqa: S101  none was forgotten
    return Written(sql, tuple(params), tuple(places))
