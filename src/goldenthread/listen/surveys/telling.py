"""What other rooms show of surveys: the way to listen, and a title on the thread."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from goldenthread.kit import clock
from goldenthread.listen.surveys.models import Survey
from goldenthread.listen.voices.ways import way
from goldenthread.projects.permissions import may_see
from goldenthread.thread.registry import Described, describes

WAY = "surveys"

way(
    WAY,
    title=_("Surveys"),
    sentence=_("The same questions to many people, once or again in some months."),
    page="surveys:list",
)


@describes("survey")
def describe_surveys(refs: Iterable[UUID], *, visible_to: Any) -> dict[UUID, Described]:
    """Describe surveys on the thread to whoever sees their project; drafts are nobody's yet."""
    asked = Survey.objects.filter(pk__in=list(refs)).exclude(state=Survey.State.DRAFT)
    now = clock.now()
    return {
        survey.ref: Described(
            title=survey.title, href=reverse("surveys:start", args=[project.address, survey.ref])
        )
        for survey in asked.select_related("project__organisation")
        if may_see(visible_to, project := survey.project, now=now)
    }
