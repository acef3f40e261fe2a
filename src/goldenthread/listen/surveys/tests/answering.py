"""Surveys with answers, as they stand once a wave is closed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from goldenthread.listen.surveys.models import Answers, Question, Survey, Wave
from goldenthread.projects.models import Project

ON = date(2026, 3, 3)


def closed_survey(project: Project, title: str = "How we work") -> Survey:
    """A survey that has been asked, with no question yet."""
    return Survey.objects.create(project=project, title=title, state=Survey.State.CLOSED)


def asked(
    survey: Survey, kind: str, text: str = "How is it?", keys: str = "", **given: Any
) -> Question:
    """Ask one more question; `keys` are those of its options, apart by spaces."""
    options = [{"key": key, "text": f"Option {key}", "words": False} for key in keys.split()]
    return Question.objects.create(
        survey=survey,
        position=survey.questions.count() + 1,
        kind=kind,
        text=text,
        options=options,
        **given,
    )


def wave_of(survey: Survey, number: int = 1) -> Wave:
    return Wave.objects.create(survey=survey, number=number, opened_on=ON, closed_on=ON)


def answered(wave: Wave, question: Question, values: Sequence[Any]) -> None:
    """One person for each value."""
    Answers.objects.bulk_create(
        Answers(wave=wave, given={str(question.ref): value}) for value in values
    )


def answered_all(wave: Wave, people: Sequence[dict[Question, Any]]) -> None:
    """One person for each dictionary."""
    Answers.objects.bulk_create(
        Answers(wave=wave, given={str(question.ref): value for question, value in each.items()})
        for each in people
    )


def scored(project: Project, ref: Any) -> int:
    """Give a survey of the project an area, and return the place of it."""
    survey = project.surveys.get(ref=ref)
    asked(survey, "scale", "I feel calm", "1 2 3 4 5", area="Calm")
    return 0
