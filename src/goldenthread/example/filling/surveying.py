"""A survey that was asked once and is asked again, with every kind of question."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

from goldenthread.example.filling.ground import Ground
from goldenthread.listen.surveys import services
from goldenthread.listen.surveys.library import options_from
from goldenthread.listen.surveys.models import Answers, Question, Survey, Wave
from goldenthread.listen.surveys.services import Asked

Kind = Question.Kind
FEWEST = 60
POINTS = ["Not at all", "A little", "Partly", "Mostly", "Fully"]
FOUR = ["By letter", "By mail", "By telephone", "In person"]
ANSWERED = 0.9  # how often a question is answered
BATCH = 1000


def begin(ground: Ground) -> Survey:
    """Write it: two parts, every kind of question, several areas."""
    given: dict[str, Any] = {"by": ground.fred, "now": ground.calendar.at(-8)}
    survey = services.begin_survey(project=ground.project, title="How waiting is", **given)
    for asked in _questions():
        services.add_question(survey=survey, **asked, **given)
    return survey


def _questions() -> Iterator[Asked]:
    choices, points = options_from(Kind.CHOICE, FOUR), options_from(Kind.SCALE, POINTS)
    lines = [{"key": f"r{n}", "text": text} for n, text in enumerate(("Letters", "Calls"), 1)]
    yield {"kind": Kind.SECTION, "text": "While you wait"}
    yield {"kind": Kind.CHOICE, "text": "How did you hear from us?", "options": choices}
    yield {"kind": Kind.MANY, "text": "How do you want to hear from us?", "options": choices}
    for area in ("Clarity", "Respect", "Time", "Choice"):
        yield {"kind": Kind.SCALE, "text": f"{area} was good.", "options": points, "area": area}
    yield {
        "kind": Kind.SCALE,
        "text": "I felt forgotten.",
        "options": points,
        "area": "Respect",
        "reversed": True,
    }
    yield {"kind": Kind.SECTION, "text": "What would help"}
    yield {
        "kind": Kind.MATRIX,
        "text": "How clear were they?",
        "options": points,
        "rows": lines,
        "area": "Clarity",
    }
    yield {"kind": Kind.RANK, "text": "What matters most?", "options": choices}
    yield {"kind": Kind.NUMBER, "text": "How many weeks?", "least": 0, "most": 104}
    yield {"kind": Kind.DATE, "text": "Since when?"}
    yield {"kind": Kind.SHORT, "text": "Waiting in one word?"}
    yield {"kind": Kind.LONG, "text": "What would have helped?"}


def in_words(survey: Survey) -> list[tuple[str, UUID, str]]:
    """Return the questions that are answered in words; nothing on the thread ties to them."""
    words = survey.questions.filter(kind__in=[Kind.SHORT, Kind.LONG])
    return [("", question.ref, question.text) for question in words]


def answer(ground: Ground, survey: Survey) -> None:
    """Ask twice; freeze what may be shown of each."""
    by, calendar = ground.fred, ground.calendar
    questions = list(survey.questions.all())
    for days, share in ((-8, 20), (-5, 10)):
        wave = services.open_survey(by=by, survey=survey, now=calendar.at(days))
        _answer(ground, wave, questions, max(FEWEST, ground.voices // share))
        if days == -8:  # noqa: PLR2004  the first time: it has to be closed before the second
            services.close_survey(by=by, survey=survey, now=calendar.at(-6))
        services.freeze(wave=wave, by=by, now=calendar.at(days + 3))


def _answer(ground: Ground, wave: Wave, questions: Sequence[Question], people: int) -> None:
    for at in range(0, people, BATCH):
        Answers.objects.bulk_create(
            Answers(wave=wave, given=_given(ground, questions))
            for _each in range(min(BATCH, people - at))
        )


def _given(ground: Ground, questions: Sequence[Question]) -> dict[str, Any]:
    """Return what one of them ticks."""
    drawn = ground.drawn
    given = {}
    for question in questions:
        ticked = _ticked(question, drawn, ground)
        if ticked is not None and drawn.random() < ANSWERED:
            given[str(question.ref)] = ticked
    return given


def _ticked(question: Question, drawn: Random, ground: Ground) -> Any:
    keys = question.keys
    ways: dict[str, Callable[[], Any]] = {
        Kind.CHOICE: lambda: drawn.choice(keys),
        Kind.MANY: lambda: drawn.sample(keys, drawn.randrange(1, len(keys) + 1)),
        Kind.SCALE: lambda: _point(drawn),
        Kind.MATRIX: lambda: {row["key"]: _point(drawn) for row in question.rows},
        Kind.RANK: lambda: drawn.sample(keys, len(keys)),
        Kind.NUMBER: lambda: drawn.randrange(60),
        Kind.DATE: lambda: str(ground.today - timedelta(days=drawn.randrange(700))),
    }
    return ways[question.kind]() if question.kind in ways else None


def _point(drawn: Random) -> int:
    return drawn.choice((1, 2, 2, 3, 3, 3, 4, 4, 5))
