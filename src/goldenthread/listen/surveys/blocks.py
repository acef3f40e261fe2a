"""Frozen results as blocks for a page: a title, a sentence, bars or a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.kit.charts.bars import BarChart, BarRow
from goldenthread.kit.text import say_month
from goldenthread.listen.surveys.counting import TICKED, WITHIN
from goldenthread.listen.surveys.guarding import FINE, Mean
from goldenthread.listen.surveys.models import Question, Results
from goldenthread.listen.surveys.registry import Area
from goldenthread.listen.surveys.releasing import mean_in

Kind = Question.Kind
PERCENT_BASE: Final = 25
NO_BREAK: Final = "\N{NO-BREAK SPACE}"
Table = dict[str, Any]  # as `sheets.as_data` keeps it


@dataclass(frozen=True)
class Block:
    """One question with its results; a heading has nothing but its title."""

    question: Question
    number: int
    sentences: tuple[str, ...] = ()
    chart: BarChart | None = None
    caption: str = ""
    headers: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = field(default=())
    level: int = 2  # of its title: below the heading of a part one lower

    @property
    def is_heading(self) -> bool:
        return self.question.kind == Kind.SECTION


def blocks_of(questions: Sequence[Question], results: Results) -> Iterator[Block]:
    """Yield what may be shown of each question, in its order."""
    number, level = 0, 2
    for question in questions:
        if question.kind == Kind.SECTION:
            level = 3
            yield Block(question, 0)
            continue
        number += 1
        yield replace(MAKERS[Kind(question.kind)](question, number, results), level=level)


def labels_of(question: Question, edges: Sequence[Any] = ()) -> dict[str, str]:
    """Return what each cell of a question's table is called."""
    if question.kind in {Kind.NUMBER, Kind.DATE}:
        return {str(n): label for n, label in enumerate(_bands(question, edges))}
    return {each["key"]: each["text"] for each in question.options}


def _bands(question: Question, edges: Sequence[Any]) -> list[str]:
    """Name each band: "below 10", "10 to under 20", "20 and more"; months for days."""
    if not edges:
        return [_("all together")]
    said = [_said(question, edge) for edge in edges]
    if question.kind == Kind.DATE:
        first, last = _("before %(day)s"), _("%(day)s and later")
        between = _("%(low)s to before %(high)s")
        ends = first % {"day": said[0]}, last % {"day": said[-1]}
    else:
        first, last = _("below %(number)s"), _("%(number)s and more")
        between = _("%(low)s to below %(high)s")
        ends = first % {"number": said[0]}, last % {"number": said[-1]}
    middle = [between % {"low": low, "high": high} for low, high in pairwise(said)]
    return [ends[0], *middle, ends[1]]


def _said(question: Question, edge: Any) -> str:
    if question.kind == Kind.DATE:
        return say_month(date.fromisoformat(edge))
    return f"{edge:g}"


def in_hundred(shown: int, answered: int) -> int | None:
    """Return a share of a hundred, of rounded numbers alone; none from fewer than 25 people."""
    if answered < PERCENT_BASE:
        return None
    return min(100, int(100 * shown / answered + 0.5))


def note_of(shown: int, answered: int) -> str:
    """Say a number of people, with its share where enough answered."""
    share = in_hundred(shown, answered)
    said = f"{shown:,}"
    if share is None:
        return said
    of_all = (_("%(share)s in 100") % {"share": share}).replace(" ", NO_BREAK)
    return f"{said} ({of_all})"


def few_sentence(table: Table) -> str:
    """Say why nothing is shown."""
    if table["below"]:
        return _("Fewer than %(n)s people answered, so nothing is shown.") % {"n": table["below"]}
    return _("Nothing is shown of this, to protect those who answered.")


def _answered(table: Table) -> str:
    return _("About %(n)s people answered.") % {"n": f"{table['answered']:,}"}


def cells_of(table: Table) -> dict[str, int | None]:
    """Return the shown numbers by key."""
    return {key: shown for _row, key, shown in table["cells"]}


def _plain(question: Question, number: int, results: Results) -> Block:
    """Show a choice, a scale, or numbers and days in their bands."""
    name = str(question.ref)
    table = results.shown["tables"].get(name)
    labels = labels_of(question, results.shown["edges"].get(name, ()))
    if table is None or table["answered"] is None:
        return Block(question, number, (few_sentence(table or {"below": 10}),))
    if table["most"]:
        most = labels.get(table["most"][1], "")
        alike = _("Nearly all said: %(most)s. A number would tell on each of them.")
        return Block(question, number, (_answered(table), alike % {"most": most}))
    mean = _mean_sentence(question, mean_in(results, name), labels)
    rows = _bars(cells_of(table), labels, table["answered"])
    said = (mean,) if mean else ()
    return Block(question, number, said, _chart(question, table, rows, results))


def _bars(cells: dict[str, int | None], labels: dict[str, str], answered: int) -> list[BarRow]:
    """Return a bar for each shown number; the others stand together in one line without one."""
    rows = [
        BarRow(labels.get(key, key), shown, note_of(shown, answered))
        for key, shown in cells.items()
        if shown is not None
    ]
    hidden = [labels.get(key, key) for key, shown in cells.items() if shown is None]
    if hidden:
        rows.append(BarRow("; ".join(hidden), 0, _("not shown")))
    return rows


def _chart(question: Question, table: Table, rows: list[BarRow], results: Results) -> BarChart:
    shown = [row for row in rows if row.value]
    said = _answered(table)
    if shown and question.kind in {Kind.CHOICE, Kind.MANY}:
        first, *others = sorted(shown, key=lambda row: -row.value)
        if not others or first.value > others[0].value:
            most = _("Most often: %(label)s, about %(note)s.")
            said += " " + most % {"label": first.label, "note": first.note}
    return BarChart(
        title=question.text,
        finding=said,
        rows=rows,
        heading=_("People, rounded to 5"),
        most=max([float(table["answered"]), *(row.value for row in rows)]),
        frozen_on=results.frozen_on,
    )


def _mean_sentence(question: Question, mean: Mean | None, labels: dict[str, str]) -> str:
    if question.kind not in {Kind.SCALE, Kind.NUMBER}:
        return ""
    if mean is None:
        return _("The average is not shown, to protect those who answered.")
    if question.kind == Kind.NUMBER:
        return _("On average: %(mean)s.") % {"mean": f"{mean.value:g}"}
    keys = list(labels)
    return _("On average %(mean)s, from %(low)s to %(high)s.") % {
        "mean": say_mean(mean),
        "low": _end(keys[0], labels),
        "high": _end(keys[-1], labels),
    }


def say_mean(mean: Mean | None) -> str:
    """Say a mean: 3.4, or about 3.5 where it is told less finely."""
    if mean is None:
        return _("not shown")
    if mean.step == FINE:
        return f"{mean.value:.1f}"
    return _("about %(mean)s") % {"mean": f"{mean.value:g}"}


def _end(key: str, labels: dict[str, str]) -> str:
    return key if labels[key] == key else f"{key} ({labels[key]})"


def _many(question: Question, number: int, results: Results) -> Block:
    """Show how many ticked each option: each is a table of its own."""
    rows: list[BarRow] = []
    hidden: list[str] = []
    answered = None
    for option in question.options:
        table = results.shown["tables"].get(f"{question.ref}{WITHIN}{option['key']}")
        if table is None or table["answered"] is None:
            answered = answered or table
            hidden.append(option["text"])
            continue
        answered, shown = table, cells_of(table)[TICKED]
        if shown is None:
            hidden.append(option["text"])
        else:
            rows.append(BarRow(option["text"], shown, note_of(shown, table["answered"])))
    if answered is None or answered["answered"] is None:
        return Block(question, number, (few_sentence(answered or {"below": 10}),))
    if hidden:
        rows.append(BarRow("; ".join(hidden), 0, _("not shown")))
    said = (_("People could tick several."),)
    return Block(question, number, said, _chart(question, answered, rows, results))


def _matrix(question: Question, number: int, results: Results) -> Block:
    """Show a line for each row: how many chose each point, and the mean."""
    labels = labels_of(question)
    lines = []
    for row in question.rows:
        name = f"{question.ref}{WITHIN}{row['key']}"
        table = results.shown["tables"].get(name)
        mean = mean_in(results, name)
        cells = cells_of(table) if table and table["answered"] else {}
        numbers = [_number(cells.get(key)) for key in labels]
        lines.append((row["text"], *numbers, say_mean(mean)))
    headers = (_("About what"), *labels.values(), _("Average"))
    said = (_("Numbers of people are rounded to 5."),)
    return Block(question, number, said, None, question.text, headers, tuple(lines))


def _number(shown: int | None) -> str:
    return _("not shown") if shown is None else f"{shown:,}"


def _rank(question: Question, number: int, results: Results) -> Block:
    """Show the mean place of each option, the best first."""
    found = {
        each["text"]: results.shown["ranks"].get(f"{question.ref}{WITHIN}{each['key']}")
        for each in question.options
    }
    placed = sorted((place, text) for text, place in found.items() if place is not None)
    if not placed:
        return Block(question, number, (few_sentence({"below": 10}),))
    said = _("1.0 would mean that all put it first. On average first: %(best)s.")
    rows = tuple((text, f"{place:.1f}") for place, text in placed)
    headers = (_("What"), _("Average place"))
    return Block(
        question, number, (said % {"best": placed[0][1]},), None, question.text, headers, rows
    )


def _words(question: Question, number: int, results: Results) -> Block:
    """Say about how many wrote something; what they wrote stands on the board."""
    count = results.shown.get("words", {}).get(str(question.ref))
    if count is None:
        said = _("Fewer than ten people wrote something.")
    else:
        said = ngettext(
            "About %(n)s person wrote something.", "About %(n)s people wrote something.", count
        ) % {"n": f"{count:,}"}
    return Block(question, number, (said,))


MAKERS: Final = {
    Kind.CHOICE: _plain,
    Kind.SCALE: _plain,
    Kind.NUMBER: _plain,
    Kind.DATE: _plain,
    Kind.MANY: _many,
    Kind.MATRIX: _matrix,
    Kind.RANK: _rank,
    Kind.SHORT: _words,
    Kind.LONG: _words,
}

STRONG: Final = 3.7
WEAK: Final = 3.0


def standing(areas: Sequence[Area]) -> list[dict[str, Any]]:
    """Return the areas, the weakest first; those of which nothing may be told come last."""
    order = sorted(areas, key=lambda each: (each.score is None, each.score or 0, each.name))
    return [{"area": each, "is": _is(each), "says": _stands(each)} for each in order]


def _is(area: Area) -> str:
    if area.score is None:
        return "unknown"
    return "strength" if area.score >= STRONG else "gap" if area.score <= WEAK else "between"


def _stands(area: Area) -> str:
    return {
        "unknown": _("This cannot be told, to protect those who answered."),
        "strength": _("A strength: most people are content with this."),
        "gap": _("A gap: many people are not content with this."),
        "between": _("Between: some are content, some are not."),
    }[_is(area)]
