"""A project cannot close while someone's safety is still being looked after."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.projects.gates import Missing, may_close_when
from goldenthread.projects.models import Project
from goldenthread.projects.readiness import SAFEGUARDERS
from goldenthread.safety.concerns.models import Concern
from goldenthread.safety.concerns.permissions import may_see_concerns


@may_close_when
def no_concern_is_open(project: Project, *, now: datetime) -> Iterator[str]:
    """Only of concerns that name nobody who works there: whoever asks to close may be named."""
    del now
    open_ones = Concern.objects.filter(project=project, closed_on=None)
    if open_ones.filter(names=Concern.Names.NOBODY).exists():
        yield Missing(
            _("A concern about someone’s safety is still open."),
            href=reverse("concerns:list", args=[project.address]),
            who=SAFEGUARDERS,
            may=may_see_concerns,
        )
