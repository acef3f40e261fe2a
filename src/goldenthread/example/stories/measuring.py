"""A survey of those who work in the counselling service, asked twice: its results may be shown."""

from typing import Final
from uuid import uuid5

from goldenthread.example.stories.stage import Calendar, Cast, script_of
from goldenthread.listen.surveys import services as surveys
from goldenthread.listen.surveys.holder import Holder
from goldenthread.listen.surveys.library import template_at
from goldenthread.listen.surveys.models import Question, Survey
from goldenthread.listen.surveys.services import Filled
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Guest

WAVES: Final = ((-150, 46), (-40, 58))  # the day each begins, and how many answer
USUAL: Final = 3.3  # of five, where nothing else is said
STANDING: Final = {
    "Workload": (2.3, 2.5),
    "Change": (2.5, 2.8),
    "Control": (2.7, 3.6),
    "Talking": (2.9, 3.7),
    "Training": (3.1, 3.2),
    "Role": (3.8, 3.9),
    "Relationships": (3.9, 3.8),
    "Colleagues": (4.1, 4.2),
}  # by area, the first time and the second
SPREAD: Final = (-1, 0, 0, 1, -2, 0, 1, 0, -1, 1, 0, 2)  # how people differ, in turn


def tell(calendar: Calendar, cast: Cast) -> None:
    """Ask twice, four months apart, and freeze what may be shown."""
    tom, project = cast["tom"], Project.objects.get(address=script_of("waiting")["address"])
    survey = surveys.begin_survey(
        by=tom,
        project=project,
        title="Working in the counselling service",
        template=template_at("staff-wellbeing"),
        now=calendar.at(WAVES[0][0] - 7),
    )
    for number, (day, people) in enumerate(WAVES):
        wave = surveys.open_survey(by=tom, survey=survey, now=calendar.at(day))
        questions = list(survey.questions.filter(kind=Question.Kind.SCALE).order_by("position"))
        for person in range(people):
            surveys.send(
                by=Guest(),
                wave=wave,
                holder=Holder(),
                form_key=uuid5(wave.ref, str(person)),
                filled=Filled(_ticks(questions, number, person)),
                now=calendar.at(day + 7),
            )
            calendar.tick()
        surveys.close_survey(by=tom, survey=survey, now=calendar.at(day + 14))
        surveys.freeze(wave=wave, by=tom, now=calendar.at(day + 15))
        survey = Survey.objects.get(pk=survey.pk)


def _ticks(questions: list[Question], wave: int, person: int) -> dict[str, int]:
    """Return what one of them ticks: near what is usual for the area, each a little otherwise."""
    given = {}
    for place, question in enumerate(questions):
        usual = STANDING.get(question.area, (USUAL, USUAL))[wave]
        differs = (
            SPREAD[(person * person + person * 5 + place * 7) % len(SPREAD)]
            + (person + place) % 2 * 0.6
        )
        point = min(5, max(1, round(usual + differs - 0.3)))
        given[str(question.ref)] = 6 - point if question.reversed else point
    return given
