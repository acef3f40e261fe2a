"""From a gap that a survey shows to a topic that rests on what people wrote about it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.listen.surveys.queries_results import area_in, asked_survey
from goldenthread.listen.surveys.registry import Area, FollowUp, follow_ups
from goldenthread.listen.themes.permissions import may_group
from goldenthread.listen.voices.models import Voice
from goldenthread.projects.models import Project
from goldenthread.safety.reading.models import Words

MOST = 2000  # voices that begin a topic at once


def offer_topic(project: Project, area: Area, speaker: Any, now: datetime) -> FollowUp | None:
    """Offer those who group voices to make a topic of an area."""
    if not may_group(speaker, project, now=now):
        return None
    href = reverse("themes:from_gap", args=[project.address, area.survey.ref, area.number])
    return FollowUp(_("Make a topic of this"), href)


follow_ups.append(offer_topic)


def gap_in(project: Project, survey: UUID, number: int) -> Area | None:
    """Return an area of a survey of the project."""
    found = asked_survey(project, survey)
    return area_in(found, number) if found else None


def voices_of(project: Project, area: Area) -> list[UUID]:
    """Return the released voices that answer the area's questions in words. One query."""
    refs = [question.ref for question in area.words]
    released = Voice.objects.filter(
        project=project, answers__in=refs, words__state=Words.State.RELEASED
    )
    return list(released.order_by("words_id").values_list("words_id", flat=True)[:MOST])
