"""What each column may mean, with the reason: proposed for a person to look at."""

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked
from django.utils.translation import ngettext

from goldenthread.listen.surveys.files.columns import KEPT, LONG, Column, Kind, Seen
from goldenthread.listen.surveys.files.faults import BadFile
from goldenthread.listen.surveys.files.likert import scale_of
from goldenthread.listen.surveys.files.reading import MOST_ROWS, Table
from goldenthread.listen.surveys.files.sets import sets_of
from goldenthread.listen.surveys.files.shapes import Head, Shape, read_head
from goldenthread.listen.surveys.files.told import told_by_name

MOST_OPTIONS: Final = 30
FEW: Final = 20  # different answers that make a choice by themselves
TOP: Final = 10  # of a scale of numbers
MOSTLY: Final = 0.8
PERSONAL: Final = {
    "emails": marked("They look like e-mail addresses."),
    "addresses": marked("They look like internet addresses."),
    "phones": marked("They look like phone numbers."),
    "postcodes": marked("They look like postcodes: few people share one."),
}


@dataclass(frozen=True)
class Proposed:
    """A file as it was understood: its columns with what they may mean, and a small report.

    `samples` has up to three different answers of each column, by its first place.
    """

    head: Head
    columns: tuple[Column, ...]
    rows: int
    short: int  # rows with fewer cells than names
    samples: dict[int, tuple[str, ...]]
    filled: dict[int, int]  # how many answered in each column, by its first place
    values: dict[int, tuple[str, ...]]  # all different answers, where there are few
    parts: dict[int, dict[str, tuple[str, ...]]]  # the same of cells with several answers
    about: tuple[str, ...]

    @property
    def shape(self) -> Shape:
        return self.head.shape


def propose(table: Table) -> Proposed:
    """Read the whole file once and say what its columns may mean; raise BadFile."""
    head = read_head(table)
    width = len(head.labels)
    seen = [Seen() for _ in range(width)]
    rows = short = 0
    for number, cells in table.rows():
        if number < head.first:
            continue
        rows += 1
        short += len(cells) < width
        if any(cell.strip() for cell in cells[width:]):
            says = _("this row has more cells than the %(n)s columns with a name.") % {"n": width}
            raise BadFile(says, row=number, column=width)
        for each, cell in zip(seen, cells, strict=False):
            each.add(cell)
    if rows > MOST_ROWS:
        says = _("There are more than %(most)s answers. Please cut the file.")
        raise BadFile(says % {"most": f"{MOST_ROWS:,}"})
    columns = _columns(head, [each.close() for each in seen], rows)
    by = {each.at[0]: seen[each.at[0]] for each in columns}
    return Proposed(
        head,
        columns,
        rows,
        short,
        samples={at: tuple(each.samples) for at, each in by.items()},
        filled={each.at[0]: max(seen[at].filled for at in each.at) for each in columns},
        values={at: _few(each.values) for at, each in by.items() if not each.overflow},
        parts={at: _parts(each) for at, each in by.items()},
        about=_about(table, head, rows, short),
    )


def _few(values: Counter[str]) -> tuple[str, ...]:
    return tuple(value for value, _label in _by_number(values))


def _parts(seen: Seen) -> dict[str, tuple[str, ...]]:
    return {
        separator: _few(parts)
        for separator, parts in seen.parts.items()
        if not seen.split[f"{separator} lost"]
    }


def _about(table: Table, head: Head, rows: int, short: int) -> tuple[str, ...]:
    tool = _("It looks like an export of %(tool)s.") % {"tool": head.shape.called}
    if head.shape == Shape.PLAIN:
        tool = _("It looks like a plain table: one row of names, then one row for each person.")
    many = ngettext(
        "%(n)s person in %(columns)s columns.", "%(n)s people in %(columns)s columns.", rows
    )
    said = [*table.about, tool, many % {"n": f"{rows:,}", "columns": len(head.labels)}]
    said += head.notes
    if short:
        says = ngettext(
            "%(n)s row is shorter than the others. What is missing counts as no answer.",
            "%(n)s rows are shorter than the others. What is missing counts as no answer.",
            short,
        )
        said.append(says % {"n": f"{short:,}"})
    return tuple(said)


def _columns(head: Head, seen: list[Seen], rows: int) -> tuple[Column, ...]:
    sets = {each.at[0]: each for each in sets_of(head, seen)}
    taken = {place for each in sets.values() for place in each.at}
    found = []
    for at, label in enumerate(head.labels):
        if at in sets:
            found.append(sets[at])
        elif at not in taken:
            found.append(_column(head, at, label, seen[at], rows))
    return tuple(found)


def _column(head: Head, at: int, label: str, seen: Seen, rows: int) -> Column:
    told = told_by_name(head.shape, head.codes[at], label, head.marks[at])
    if told:
        why, personal = told
        return Column((at,), label, Kind.OUT, why, personal=personal)
    if not seen.filled:
        return Column((at,), label, Kind.OUT, _("Nobody answered here."))
    for name, why in PERSONAL.items():
        if seen.people[name] > seen.filled / 2:
            return Column((at,), label, Kind.OUT, _(why), personal=True)
    for look in (_scale_in_words, _number, _day, _many, _choice):
        if found := look(head, at, label, seen):
            return found
    return _words(at, label, seen, rows)


def _scale_in_words(_head: Head, at: int, label: str, seen: Seen) -> Column | None:
    options = () if seen.overflow else scale_of(seen.values)
    if not options:
        return None
    why = _("The answers are steps of a scale in words.")
    return Column((at,), label, Kind.SCALE, why, options)


def _number(head: Head, at: int, label: str, seen: Seen) -> Column | None:
    if seen.numbers != seen.filled:
        return None
    few = len(seen.values) <= TOP + 1 and not seen.overflow
    ladder = seen.whole == seen.filled and few and seen.low >= 0 and seen.high <= TOP
    if head.shape == Shape.JISC and ladder:
        why = _("The answers are codes. Say what each code means, or choose another kind.")
        options = tuple((code, code) for code in sorted(seen.values, key=float))
        return Column((at,), label, Kind.CHOICE, why, options, sure=False, coded=True)
    if ladder and len(seen.values) > 2:  # noqa: PLR2004  two are yes and no
        first = 0 if seen.low == 0 else 1
        last = TOP if seen.high > 7 else 7 if seen.high > 5 else 5  # noqa: PLR2004  usual scales
        steps = tuple((str(step),) * 2 for step in range(first, last + 1))
        why = _("Whole numbers between %(first)s and %(last)s, as on a scale.")
        why %= {"first": first, "last": last}
        return Column((at,), label, Kind.SCALE, why, steps, sure=False)
    if ladder:
        options = tuple((value, value) for value in sorted(seen.values))
        why = _("Only two different numbers, as for yes and no.")
        return Column((at,), label, Kind.CHOICE, why, options, sure=False, coded=True)
    if seen.whole == seen.filled and _nearly_all_differ(seen):
        why = _("Every number is another one, as in a list of people.")
        return Column((at,), label, Kind.OUT, why, sure=False, personal=True)
    return Column((at,), label, Kind.NUMBER, _("The answers are numbers."))


def _nearly_all_differ(seen: Seen) -> bool:
    once = sum(number == 1 for number in seen.values.values())
    return seen.overflow and once == len(seen.values) and seen.high - seen.low >= seen.filled - 1


def _day(_head: Head, at: int, label: str, seen: Seen) -> Column | None:
    if not seen.days or max(seen.days.values()) < seen.filled:
        return None
    if seen.clocks > seen.filled / 2:
        why = _("Days with a time of day, as of when somebody answered.")
        return Column((at,), label, Kind.OUT, why, sure=False, personal=True)
    british = seen.days["%d/%m/%Y"] + seen.days["%d/%m/%y"]
    american = seen.days["%m/%d/%Y"] + seen.days["%m/%d/%y"]
    sure = not (british and american) or british != american
    why = _("The answers are days.")
    if not sure:
        why = _("The answers are days. We read 3/4 as the third of April.")
    return Column((at,), label, Kind.DATE, why, sure=sure, day_first=british >= american)


def _many(head: Head, at: int, label: str, seen: Seen) -> Column | None:
    order = {Shape.MICROSOFT: ";", Shape.GOOGLE: ",", Shape.QUALTRICS: ","}
    likely = order.get(head.shape, "")
    for separator in dict.fromkeys([likely or ";", ";", ","]):
        parts = seen.parts[separator]
        whole = not seen.split[f"{separator} lost"] and 1 < len(parts) <= MOST_OPTIONS
        often = seen.split[separator] > seen.filled * 0.1
        shared = sum(parts.values()) >= 2 * len(parts)  # an option that only one chose is a text
        if not (whole and often and shared and max(map(len, parts)) <= LONG):
            continue
        ends = all(value.endswith(";") for value in seen.values) and not seen.overflow
        sure = separator == likely or ends
        why = _("Several answers in one cell, with a comma between.")
        if separator == ";":
            why = _("Several answers in one cell, with a semicolon between.")
        return Column((at,), label, Kind.MANY, why, _by_number(parts), separator, sure=sure)
    return None


def _choice(_head: Head, at: int, label: str, seen: Seen) -> Column | None:
    different = len(seen.values)
    if seen.overflow or different > FEW or seen.longest > LONG:
        return None
    repeats = seen.filled / different
    if repeats < 2 and not (different <= 2 and seen.filled <= 4):  # noqa: PLR2004  two share each
        return None
    why = ngettext(
        "%(n)s different answer that many people gave.",
        "%(n)s different answers that many people gave.",
        different,
    )
    why %= {"n": different}
    return Column((at,), label, Kind.CHOICE, why, _by_number(seen.values), sure=repeats > 4)  # noqa: PLR2004


def _words(at: int, label: str, seen: Seen, rows: int) -> Column:
    mean = seen.letters / seen.filled
    name_like = mean < 25 and re.search(r"\bname\b", label, re.IGNORECASE)  # noqa: PLR2004  letters
    if name_like:
        return Column((at,), label, Kind.OUT, _("They may be names."), sure=False, personal=True)
    sure = mean > 20 or seen.filled < rows * MOSTLY  # noqa: PLR2004  letters of a sentence
    why = _("Answers in people’s own words. A reader looks at each before anyone else.")
    return Column((at,), label, Kind.LONG, why, sure=sure)


def _by_number(found: Counter[str]) -> tuple[tuple[str, str], ...]:
    """Return the values in alphabetical order: a rank would be a figure."""
    return tuple((value, value) for value in sorted(found, key=str.casefold)[:KEPT])
