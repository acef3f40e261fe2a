"""Reading results: only what was frozen. Nothing here counts anyone."""

from uuid import UUID

from goldenthread.listen.surveys.models import Question, Results, Survey, Wave
from goldenthread.listen.surveys.queries import questions_of
from goldenthread.listen.surveys.registry import Area
from goldenthread.projects.models import Project

Kind = Question.Kind
POINTS = (Kind.SCALE, Kind.MATRIX)
WORDS = (Kind.SHORT, Kind.LONG)


def asked_survey(project: Project, ref: UUID) -> Survey | None:
    """Return a survey of the project that was asked at least once."""
    found = Survey.objects.select_related("project__organisation").filter(project=project, ref=ref)
    return found.exclude(state=Survey.State.DRAFT).first()


def results_of(survey: Survey) -> list[Results]:
    """Return the newest results of each wave, the first wave first. One query.

    What is shown, and what is beneath, is fetched of those that are looked at alone.
    """
    found = Results.objects.filter(wave__survey=survey).select_related("wave")
    newest = found.order_by("wave__number", "-number").distinct("wave__number")
    return list(newest.defer("shown", "bases"))


def chosen(released: list[Results], wave: str) -> Results | None:
    """Return the results of the wave that was asked for, else the newest."""
    by_number = {str(each.wave.number): each for each in released}
    return by_number.get(wave) or (released[-1] if released else None)


def pair(released: list[Results], then: str, now: str) -> tuple[Results, Results] | None:
    """Return the results of two waves, the earlier first: the last two, if none were named."""
    by_number = {str(each.wave.number): each for each in released}
    if then in by_number and now in by_number and then != now:
        one, other = sorted((by_number[then], by_number[now]), key=lambda each: each.wave.number)
        return one, other
    return (released[-2], released[-1]) if len(released) > 1 else None


def areas_of(survey: Survey, questions: list[Question], results: Results | None) -> list[Area]:
    """Return the areas of a survey by name, with how each stands where that may be told."""
    names = sorted({each.area for each in questions if each.area and each.kind in POINTS})
    scores = results.shown["areas"] if results else {}
    return [
        Area(
            survey,
            number,
            name,
            scores.get(name),
            tuple(each for each in questions if each.area == name and each.kind in POINTS),
            tuple(each for each in questions if each.area == name and each.kind in WORDS),
        )
        for number, name in enumerate(names)
    ]


def area_in(survey: Survey, number: int) -> Area | None:
    """Return one area of a survey by its place."""
    found = areas_of(survey, questions_of(survey), chosen(results_of(survey), ""))
    return found[number] if number < len(found) else None


def newest_wave(survey: Survey) -> Wave | None:
    """Return the wave that was asked last."""
    return survey.waves.order_by("-number").first()
