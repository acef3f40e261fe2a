"""Facts, tables, filters, pages of a list, and what needs you."""

from collections.abc import Sequence
from typing import Any, Literal, get_args

from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from goldenthread.kit.components.strict import draw, simple
from goldenthread.kit.shapes import Cell, Fact, FilterOption, need, read, read_or

WorkTone = Literal["overdue", "due", "quiet"]
MOST_ON_A_PHONE = 48  # letters beside each other; a table with more stands there as a list
SAYS: dict[str, tuple[str, str]] = {
    "overdue": (gettext_noop("Overdue"), "stop"),
    "due": (gettext_noop("Due"), "care"),
}


@simple
def facts(rows: Sequence[Any]) -> SafeString:
    """A summary list: label, value, and where to change it."""
    checked = [Fact(*row) if isinstance(row, tuple | list) else row for row in rows]
    return draw("facts", rows=need(checked, "label", "value"))


@simple
def data_table(
    caption: str, headers: Sequence[Any], rows: Sequence[Any], empty: str = ""
) -> SafeString:
    """A table that scrolls by itself when it is wide. Numbers stand on the right.

    One with long cells stands on a phone as a list: the first cell of each row leads it.
    """
    lines = [[_cell(value) for value in row] for row in rows]
    for line in lines:
        if len(line) != len(headers):
            message = f"{{% data_table %}} '{caption}': {len(line)} cells, {len(headers)} headers"
            raise TypeError(message)
    numeric = [
        bool(lines) and all(_is_number(line[i].text) for line in lines) for i in range(len(headers))
    ]
    return draw(
        "data_table",
        caption=caption,
        ident=f"table-{slugify(caption)}",
        headers=list(zip(headers, numeric, strict=True)),
        rows=[list(zip(line, numeric, headers, strict=True)) for line in lines],
        stacks=_width(headers, lines) > MOST_ON_A_PHONE,
        empty=empty,
    )


def _width(headers: Sequence[Any], lines: Sequence[Sequence[Cell]]) -> int:
    """Return about how many letters stand beside each other in the widest row."""
    return sum(
        max([len(str(header)), *(len(str(line[at].text)) for line in lines)])
        for at, header in enumerate(headers)
    )


def _cell(value: Any) -> Cell:
    if isinstance(value, Cell):
        return value
    if isinstance(value, dict):
        return Cell(read(value, "text"), read_or(value, "href"))
    return Cell(value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) or (
        isinstance(value, str) and value.replace(",", "").isdigit()
    )


@simple
def filters(groups: Sequence[Any], label: str = "") -> SafeString:
    """Ways to narrow a list, all of them links."""
    checked = []
    for group in groups:
        options = [
            FilterOption(*one) if isinstance(one, tuple | list) else one
            for one in read(group, "options")
        ]
        need(options, "text", "href", "current")
        checked.append({"label": read(group, "label"), "options": options})
    return draw("filters", groups=checked, label=label)


@simple
def pager(page: Any, label: str = "") -> SafeString:
    """How many there are, and the way to the others."""
    return draw(
        "pager",
        label=label,
        next_href=read(page, "next_href"),
        previous_href=read_or(page, "previous_href"),
        first_href=read_or(page, "first_href"),
        how_many=read_or(page, "how_many"),
    )


@simple
def worklist(items: Sequence[Any]) -> SafeString:
    """What needs you: one line each, the overdue ones saying so."""
    checked = []
    for item in items:
        tone = read_or(item, "tone") or "quiet"
        if tone not in get_args(WorkTone):
            message = f"{{% worklist %}}: tone must be overdue, due or quiet, not {tone!r}"
            raise TypeError(message)
        says, colour = SAYS.get(tone, ("", ""))
        line = {"text": read(item, "text"), "href": read(item, "href")}
        checked.append({**line, "says": _(says), "colour": colour})
    return draw("worklist", items=checked)
