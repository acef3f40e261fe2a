"""A project cannot close while someone who spoke has none of the states of being told."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.debrief.replies.models import Reply
from goldenthread.debrief.replies.permissions import may_tell
from goldenthread.debrief.replies.telling import untold_in
from goldenthread.projects.gates import Missing, may_close_when
from goldenthread.projects.models import Project
from goldenthread.projects.work import by_project


@may_close_when
def everyone_was_told(project: Project, *, now: datetime) -> Iterator[str]:
    """Everyone who spoke was told, or it is written down why not. One query."""
    del now
    sending = Reply.objects.filter(project=project, state=Reply.State.SENDING)
    counted = by_project(sending=sending, untold=untold_in(project))
    if counted["sending"]:
        yield _("An answer is still on its way. Wait until it has arrived.")
    if number := counted["untold"].get(project.ref, 0):
        sentence = ngettext(
            "%(n)s voice has no answer yet. Tell the person, or write down why not.",
            "%(n)s voices have no answer yet. Tell these people, or write down why not.",
            number,
        )
        href = reverse("replies:telling", args=[project.address])
        who = _("a facilitator or a co-lead")
        yield Missing(sentence % {"n": f"{number:,}"}, href=href, who=who, may=may_tell)
