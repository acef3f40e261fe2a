"""What people can report of themes: those that everyone reads."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from goldenthread.listen.themes.models import Theme
from goldenthread.projects.models import Project
from goldenthread.safety.moderation.registry import Reportable, reportable

READ_BY_ALL = (Theme.State.SHOWN_BACK, Theme.State.AGREED)


@reportable("theme")
def shown_theme(
    project: Project, ref: UUID, *, visible_to: Any, now: datetime
) -> Reportable | None:
    """Return a theme of a project that the speaker may see."""
    del visible_to, now
    found = Theme.objects.filter(project=project, ref=ref, state__in=READ_BY_ALL).first()
    if found is None:
        return None
    return Reportable(found.title, reverse("themes:theme", args=[project.address, ref]))
