"""What people can report of voices: everything that a reader released."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.listen.voices.models import Voice
from goldenthread.projects.models import Project
from goldenthread.projects.permissions import may_see_board
from goldenthread.safety.moderation.registry import Reportable, reportable
from goldenthread.safety.reading.models import Words


@reportable("voice")
def released_voice(
    project: Project, ref: UUID, *, visible_to: Any, now: datetime
) -> Reportable | None:
    """Return a voice on the board of someone who may see that board."""
    if not may_see_board(visible_to, project, now=now):
        return None
    shown = Voice.objects.filter(project=project, pk=ref, words__state=Words.State.RELEASED)
    found = shown.select_related("words__project").first()
    if found is None:
        return None
    href = reverse("voices:voice", args=[project.address, found.pk])
    return Reportable(_("What someone said"), href, found.words)
