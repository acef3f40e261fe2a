"""What people can report of summaries: each sentence that everyone reads."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404
from django.urls import reverse

from goldenthread.listen.summaries import queries
from goldenthread.projects.models import Project
from goldenthread.safety.moderation.registry import Reportable, reportable


@reportable("sentence")
def shown_sentence(
    project: Project, ref: UUID, *, visible_to: Any, now: datetime
) -> Reportable | None:
    """Return a sentence of the summary that everyone reads."""
    del visible_to, now
    try:
        found = queries.shown_sentence(project, ref)
    except Http404:
        return None
    return Reportable(
        found.sentence.text, reverse("summaries:sentence", args=[project.address, ref])
    )
