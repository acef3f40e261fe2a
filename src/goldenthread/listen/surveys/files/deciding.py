"""What a person decides of a column: its kind, and what its values mean."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked

from goldenthread.listen.surveys.files.columns import NUMBER, Column, Kind
from goldenthread.listen.surveys.files.faults import BadFile, NoOrder
from goldenthread.listen.surveys.files.likert import scale_of
from goldenthread.listen.surveys.files.proposing import MOST_OPTIONS, Proposed

TOP: Final = 10  # steps of a scale
OF_ONE: Final = marked("These columns are options of one question: choose all that fit.")
Named = Sequence[tuple[str, str]]  # (value in the file, what it means), in their order


def decide(proposed: Proposed, column: Column, kind: Kind, named: Named = ()) -> Column:
    """Return the column as it was decided; raise BadFile if its cells cannot be that.

    `named` gives values a meaning, and steps of a scale their order.
    """
    if kind in {Kind.OUT, Kind.LONG, Kind.NUMBER, Kind.DATE}:
        if len(column.at) > 1 and kind != Kind.OUT:
            raise BadFile(_(OF_ONE))
        return replace(column, kind=kind, options=(), sure=True)
    if len(column.at) > 1:
        if kind != Kind.MANY:
            raise BadFile(_(OF_ONE))
        return column
    if kind == Kind.MANY:
        return _many(proposed, column)
    values = proposed.values.get(column.at[0])
    if not values or len(values) > MOST_OPTIONS:
        says = _(
            "There are more than %(most)s different answers. Take it as words, or leave it out."
        )
        raise BadFile(says % {"most": MOST_OPTIONS})
    options = _named(values, named)
    if kind == Kind.SCALE:
        options = _steps(column, values, options, in_order=bool(named))
    return replace(column, kind=kind, options=options, sure=True, coded=False)


def _named(values: Sequence[str], named: Named) -> tuple[tuple[str, str], ...]:
    """Return each value with what it means: those that were named first, in that order."""
    given = dict(named)
    if strange := [value for value in given if value not in values]:
        says = _("“%(code)s” is in none of the cells. Write each code as in the file.")
        raise BadFile(says % {"code": strange[0]})
    left = [(value, value) for value in values if value not in given]
    return (*((value, label) for value, label in given.items()), *left)


def _steps(
    column: Column, values: Sequence[str], options: tuple[tuple[str, str], ...], *, in_order: bool
) -> tuple[tuple[str, str], ...]:
    """Return the steps of a scale from the lowest to the highest."""
    if all(NUMBER.match(value) and float(value).is_integer() for value in values):
        low, high = int(min(values, key=float)), int(max(values, key=float))
        if column.kind == Kind.SCALE and column.options:
            steps = [value for value, _label in column.options]
            low, high = min(low, int(steps[0])), max(high, int(steps[-1]))
        if low < 0 or high > TOP:
            raise BadFile(_("A scale goes from 0 or 1 to at most 10. Take it as a number."))
        labels = dict(options)
        return tuple((str(n), labels.get(str(n), str(n))) for n in range(min(low, 1), high + 1))
    if in_order:
        return options
    if found := scale_of(values):
        return found
    raise NoOrder(
        _("We do not know the order of these answers. Write them below, the lowest first.")
    )


def _many(proposed: Proposed, column: Column) -> Column:
    found = proposed.parts[column.at[0]]
    for separator in dict.fromkeys([column.separator or ";", ";", ","]):
        parts = found.get(separator, ())
        if 1 < len(parts) <= MOST_OPTIONS:
            options = tuple((part, part) for part in parts)
            return replace(column, kind=Kind.MANY, options=options, separator=separator, sure=True)
    raise BadFile(_("We found no options that several people ticked. Take it as words."))
