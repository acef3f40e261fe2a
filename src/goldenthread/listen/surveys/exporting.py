"""Results as tables to take away, with a codebook: never a row of a person."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from goldenthread.kit.text import say_day
from goldenthread.listen.surveys.blocks import cells_of, in_hundred, labels_of, say_mean
from goldenthread.listen.surveys.counting import TICKED, UNTICKED, WITHIN, Line, lines_of
from goldenthread.listen.surveys.models import Question, Results, Survey
from goldenthread.listen.surveys.releasing import mean_in

Kind = Question.Kind
Row = Sequence[Any]


def results_lines(questions: Sequence[Question], results: Results) -> Iterator[Row]:
    """Yield a line for each number: question, part, answer, people in fives, share, mean."""
    yield (
        _("Number"),
        _("Question"),
        _("About what"),
        _("Answer"),
        _("People, rounded to 5"),
        _("In 100"),
        _("People who answered, rounded to 5"),
    )
    asked = [each for each in questions if each.kind != Kind.SECTION]
    numbers = {each.ref: number for number, each in enumerate(asked, start=1)}
    for line in lines_of(asked, results.shown["edges"]):
        begin = (numbers[line.question.ref], line.question.text, _part(line))
        yield from _cells(line, results, begin)
    for name, place in results.shown["ranks"].items():
        question = next(each for each in asked if str(each.ref) == name.partition(WITHIN)[0])
        label = labels_of(question)[name.partition(WITHIN)[2]]
        yield (
            numbers[question.ref],
            question.text,
            label,
            _("Average place"),
            _mean(place),
            "",
            "",
        )
    for question in (each for each in asked if each.is_words):
        count = results.shown["words"].get(str(question.ref))
        told = _("fewer than 10") if count is None else count
        yield numbers[question.ref], question.text, "", _("Wrote something"), told, "", ""


def _part(line: Line) -> str:
    rows = {row["key"]: row["text"] for row in line.question.rows}
    return rows.get(line.part) or (labels_of(line.question).get(line.part, "") if line.part else "")


def _cells(line: Line, results: Results, begin: tuple[Any, ...]) -> Iterator[Row]:
    table = results.shown["tables"].get(line.name)
    if table is None or table["answered"] is None:
        yield *begin, "", _("not shown"), "", _("not shown")
        return
    edges = results.shown["edges"].get(str(line.question.ref), ())
    labels = labels_of(line.question, edges) | {TICKED: _("Ticked"), UNTICKED: _("Not ticked")}
    answered = table["answered"]
    for key, shown in cells_of(table).items():
        share = "" if shown is None else in_hundred(shown, answered)
        told = _most(table, key) if shown is None else shown
        yield *begin, labels.get(key, key), told, share, answered
    if line.has_mean:
        yield *begin, _("Average"), say_mean(mean_in(results, line.name)), "", answered


def _most(table: dict[str, Any], key: str) -> str:
    if not table["most"]:
        return _("not shown")
    return _("most") if table["most"][1] == key else _("few")


def _mean(value: float | None) -> Any:
    return _("not shown") if value is None else value


def codebook_lines(
    survey: Survey, questions: Sequence[Question], results: Results
) -> Iterator[Row]:
    """Yield what was asked, how it was answered, and how its numbers were made."""
    yield (
        _("Number"),
        _("Question"),
        _("Kind"),
        _("Answers, in their order"),
        _("Area"),
        _("Lowest is best"),
        _("Sensitive"),
    )
    asked = [each for each in questions if each.kind != Kind.SECTION]
    for number, question in enumerate(asked, start=1):
        edges = results.shown["edges"].get(str(question.ref), ())
        labels = labels_of(question, edges)
        coded = "; ".join(
            f"{key} = {text}" if key != text else text for key, text in labels.items()
        )
        yield (
            number,
            question.text,
            question.get_kind_display(),
            coded,
            question.area,
            _("yes") if question.reversed else "",
            _("yes") if question.sensitive else "",
        )
    for told in about_lines(survey, results):
        yield "", told


def about_lines(survey: Survey, results: Results) -> list[str]:
    """Say what the numbers are, and what they are not."""
    return [
        _("Survey: %(title)s, wave %(wave)s.")
        % {"title": survey.title, "wave": results.wave.number},
        _("Release %(number)s of this wave, frozen on %(day)s.")
        % {"number": results.number, "day": say_day(results.frozen_on)},
        _("Every number of people is rounded to the nearest 5."),
        _("Nothing is shown of fewer than 10 people, or 20 where a question is sensitive."),
        _("Sometimes one more number is not shown, so that no other can be worked out."),
        _("Shares of a hundred are of the rounded numbers, and only where 25 or more answered."),
        _("Averages are of at least 25 people, with one decimal, or “about” to a half or a whole."),
        _("The least and the greatest of numbers are never shown."),
        _("Answers of single people cannot be had: they are not given out."),
    ]
