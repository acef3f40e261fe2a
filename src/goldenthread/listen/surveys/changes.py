"""What changed from one wave to another, question by question, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goldenthread.listen.surveys.blocks import PERCENT_BASE, in_hundred, labels_of, say_mean
from goldenthread.listen.surveys.comparing import (
    SHARE_STEP,
    Interval,
    Sample,
    means,
    shares,
)
from goldenthread.listen.surveys.counting import TICKED, Line, lines_of
from goldenthread.listen.surveys.models import Question, Results
from goldenthread.listen.surveys.releasing import mean_in

Kind = Question.Kind
SHARES: Final = {Kind.CHOICE, Kind.MANY}


@dataclass(frozen=True)
class Changed:
    """One question at two times; a row for each answer that may be compared."""

    question: Question
    rows: tuple[tuple[str, str, str, str], ...]

    @property
    def headers(self) -> list[str]:
        return [gettext("What"), gettext("First"), gettext("Later"), gettext("Has it changed?")]


def changes(questions: Sequence[Question], first: Results, later: Results) -> Iterator[Changed]:
    """Yield what may be compared: only numbers that both releases show."""
    edges = first.shown["edges"]
    by_question: dict[Any, list[tuple[str, str, str, str]]] = {}
    for line in lines_of(questions, edges):
        found = (
            _shares(line, first, later)
            if line.question.kind in SHARES
            else _mean(line, first, later)
        )
        by_question.setdefault(line.question.ref, []).extend(found)
    for question in questions:
        if rows := by_question.get(question.ref):
            yield Changed(question, tuple(rows))


def _shares(line: Line, first: Results, later: Results) -> Iterator[tuple[str, str, str, str]]:
    tables = [each.shown["tables"].get(line.name) for each in (first, later)]
    bases = [each.bases["tables"].get(line.name) for each in (first, later)]
    if not all(tables) or any((each["answered"] or 0) < PERCENT_BASE for each in tables):
        return
    labels = labels_of(line.question)
    cells = [{key: n for _row, key, n in each["cells"]} for each in tables]
    for key in (TICKED,) if line.question.kind == Kind.MANY else line.keys:
        one, other = cells[0].get(key), cells[1].get(key)
        if one is None or other is None:
            continue
        parts = [(each["cells"].get(key, 0), each["people"]) for each in bases]
        found = shares(parts[0], parts[1])
        yield (
            labels[line.part or key],
            _share(one, tables[0]["answered"]),
            _share(other, tables[1]["answered"]),
            _says(found, found.outward(SHARE_STEP, times=100), SHARE_WORDS),
        )


def _share(shown: int, answered: int) -> str:
    return gettext("about %(share)s in 100") % {"share": in_hundred(shown, answered)}


def _mean(line: Line, first: Results, later: Results) -> Iterator[tuple[str, str, str, str]]:
    if not line.has_mean:
        return
    told = [mean for each in (first, later) if (mean := mean_in(each, line.name))]
    if len(told) < 2:  # noqa: PLR2004  both
        return
    samples = [_sample(each.bases["tables"][line.name]) for each in (first, later)]
    found = means(*samples)
    rows = {row["key"]: row["text"] for row in line.question.rows}
    yield (
        rows.get(line.part, gettext("Average")),
        say_mean(told[0]),
        say_mean(told[1]),
        _says(found, found.outward(max(each.step for each in told)), MEAN_WORDS),
    )


def _sample(base: dict[str, Any]) -> Sample:
    return Sample(base["people"], base["total"], base["squares"])


SHARE_WORDS: Final = "share"
MEAN_WORDS: Final = "mean"


def _says(found: Interval, told: Interval, words: str) -> str:
    """Say what the interval says; told in steps, it is wider than it was found."""
    if found.holds_zero:
        return gettext("We cannot tell whether this changed.")
    near, far = sorted(abs(end) for end in (told.low, told.high))
    up, down = WORDS[words, near > 0]
    form = ".0f" if words == SHARE_WORDS else ".1f"
    numbers = {"low": format(near, form), "high": format(far, form)}
    return str(up if found.difference > 0 else down) % numbers


# Up and down, from the nearest end of the interval on, or where that is told as nothing.
WORDS: Final = {
    (SHARE_WORDS, True): (
        _("More say so now: %(low)s to %(high)s more in 100."),
        _("Fewer say so now: %(low)s to %(high)s fewer in 100."),
    ),
    (SHARE_WORDS, False): (
        _("More say so now: up to %(high)s more in 100."),
        _("Fewer say so now: up to %(high)s fewer in 100."),
    ),
    (MEAN_WORDS, True): (
        _("It went up: by %(low)s to %(high)s."),
        _("It went down: by %(low)s to %(high)s."),
    ),
    (MEAN_WORDS, False): (
        _("It went up: by up to %(high)s."),
        _("It went down: by up to %(high)s."),
    ),
}
