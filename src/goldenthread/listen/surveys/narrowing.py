"""The board narrowed to what people answered to one question of a survey, by its link."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.queries import BoardFilter, board_filters
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Speaker


def _answers_to(voices: QuerySet[Voice], project: Project, value: str) -> QuerySet[Voice]:
    del project  # the board is that of one project already
    try:
        return voices.filter(answers=UUID(value))
    except ValueError:
        return voices.none()


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
