"""The board narrowed to what people answered to one question of a survey, by its link."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from goldenthread.listen.surveys.models import Question
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.queries import BoardFilter, board_filters
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Speaker


def _answers_to(voices: QuerySet[Voice], project: Project, value: str) -> QuerySet[Voice]:
    """Narrow to a question of the project's surveys; what else words answer narrows nothing here.

    A room is such a thing: it has a rule of its own for few notes.
    """
    try:
        ref = UUID(value)
    except ValueError:
        return voices.none()
    asked = Question.objects.filter(ref=ref, survey__project=project)
    return voices.filter(answers__in=asked.values("ref"))


def _none(project: Project, speaker: Speaker) -> list[tuple[str, str]]:
    """Offer no list to choose from: the results of a survey lead here."""
    del project, speaker
    return []


board_filters.append(
    BoardFilter(
        "asked",
        _("Question"),  # type: ignore[arg-type]  # said when it is shown
        _none,
        _answers_to,
    )
)
