"""Where briefs are found: beside the decisions of a project, and beneath each one."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.act.briefs.models import Brief
from goldenthread.act.briefs.permissions import may_prepare_brief
from goldenthread.act.decisions.models import Decision
from goldenthread.act.decisions.offers import Offer, beside, paper
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Speaker


@beside
def briefs_beside(project: Project, speaker: Speaker, *, now: datetime) -> Iterator[Offer]:
    """Lead from the decisions of a project to what is asked for. One query."""
    href = reverse("briefs:list", args=[project.address])
    waiting = Brief.objects.filter(project=project, state=Brief.State.GIVEN).count()
    if waiting:
        said = ngettext("One decision is asked for", "%(n)s decisions are asked for", waiting)
        yield Offer(said % {"n": waiting}, href)
    if may_prepare_brief(speaker, project, now=now):
        yield Offer(_("Ask for a decision with a brief"), href)


@paper
def brief_beneath(decision: Decision) -> Offer | None:
    """Lead from a decision to the brief it was decided from. One query."""
    ref = Brief.objects.filter(decision=decision).values_list("ref", flat=True).first()
    if ref is None:
        return None
    href = reverse("briefs:brief", args=[decision.project.address, ref])
    return Offer(_("The brief it was decided from"), href)
