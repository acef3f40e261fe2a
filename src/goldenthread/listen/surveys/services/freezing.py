"""Freezing the results of a wave: never live, and only when ten more have answered."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.figures import SMALLEST, in_fives
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.surveys.counting import count
from goldenthread.listen.surveys.events import RESULTS_FROZEN
from goldenthread.listen.surveys.models import Answers, Question, Results, Wave
from goldenthread.listen.surveys.permissions import may_build
from goldenthread.listen.surveys.releasing import release
from goldenthread.listen.voices.models import Voice
from goldenthread.projects.speaker import Speaker
from goldenthread.thread.services import record

AT_ONCE = 2000


@transaction.atomic
def freeze(*, wave: Wave, by: Speaker | None = None, now: datetime) -> Results:
    """Freeze what may be shown of a wave; `by` is nobody when the daily round does it.

    :raises Refusal: fewer than ten have answered, or fewer than ten more since the last time
    """
    wave = _locked(wave)
    survey = wave.survey
    if by is not None and not may_build(by, survey.project, now=now):
        raise Refusal(_("Only the people who run this project can freeze its results."))
    earlier = list(wave.results.order_by("number"))
    people = Answers.objects.filter(wave=wave, given__isnull=False).count()
    if not is_due(people, earlier[-1].bases["people"] if earlier else 0):
        raise Refusal(_why_not(wave, earlier))
    questions = list(survey.questions.exclude(kind=Question.Kind.SECTION).order_by("position"))
    made = release(questions, count(questions, _given(wave)), earlier, _edges(wave))
    results = Results.objects.create(
        wave=wave,
        number=len(earlier) + 1,
        frozen_on=clock.today(now),
        shown=made.shown | {"words": _words(questions)},
        bases=made.bases,
    )
    facts = {"wave": wave.number, "number": results.number}
    record(RESULTS_FROZEN, about=survey.ref, project=survey.project_id, facts=facts, now=now)
    return results


def freeze_all_due(*, now: datetime) -> int:
    """Freeze each closed wave that has answers enough; how many."""
    counted = (
        Answers.objects.filter(given__isnull=False, wave__closed_on__isnull=False)
        .values_list("wave")
        .annotate(n=Count("ref"))
        .order_by()
    )
    people = {wave: number for wave, number in counted if number >= SMALLEST}
    before = _bases_of(people)
    due = [ref for ref, number in people.items() if is_due(number, before.get(ref, 0))]
    for wave in Wave.objects.filter(pk__in=due):
        freeze(wave=wave, now=now)
    return len(due)


def _bases_of(waves: Iterable[UUID]) -> dict[UUID, int]:
    """Return how many people are behind the newest release of each wave. One query."""
    newest = Results.objects.filter(wave__in=waves).order_by("wave", "-number").distinct("wave")
    return dict(newest.values_list("wave", "bases__people"))


def is_due(people: int, before: int) -> bool:
    """Whether ten have answered, or ten more since the last release."""
    return people - before >= SMALLEST


def _why_not(wave: Wave, earlier: list[Results]) -> str:
    if wave.closed_on is None:
        return _("Too few new answers are open. Ten always stay locked until the survey closes.")
    if earlier:
        return _("Results change when ten more people have answered. Please wait a little.")
    return _("Fewer than ten people have answered. Results are shown from ten people on.")


def _locked(wave: Wave) -> Wave:
    locked = Wave.objects.select_for_update(of=("self",), no_key=True)
    return locked.select_related("survey__project__organisation").get(pk=wave.pk)


def _given(wave: Wave) -> Iterator[Mapping[str, Any]]:
    found = Answers.objects.filter(wave=wave, given__isnull=False)
    rows = found.values_list("given", flat=True).iterator(chunk_size=AT_ONCE)
    return (given for given in rows if given is not None)


def _edges(wave: Wave) -> dict[str, Any]:
    """Return the bands that were used first, of this wave or the ones before."""
    released = Results.objects.filter(wave__survey=wave.survey_id)
    edges: dict[str, Any] = {}
    for shown in released.order_by("wave__number", "number").values_list("shown", flat=True):
        edges = {**shown["edges"], **edges}
    return {name: each for name, each in edges.items() if each}


def _words(questions: list[Question]) -> dict[str, int | None]:
    """Return how many wrote something, in steps of five, of each question in words."""
    refs = [question.ref for question in questions if question.is_words]
    voices = Voice.objects.filter(answers__in=refs).values_list("answers")
    counted = dict(voices.annotate(n=Count("pk")).order_by())
    return {str(ref): in_fives(counted.get(ref, 0)) for ref in refs}
