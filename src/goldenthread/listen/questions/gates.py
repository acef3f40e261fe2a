"""A project cannot close while people who were asked something wait for their answer."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.listen.questions.permissions import may_end
from goldenthread.listen.questions.queries import ORDER, OWED, questions_of
from goldenthread.projects.gates import Missing, may_close_when
from goldenthread.projects.models import Project


@may_close_when
def every_question_has_its_answer(project: Project, *, now: datetime) -> Iterator[str]:
    """Every quick question was answered, or it says why not."""
    del now
    for each in questions_of(project).filter(state__in=OWED).order_by(*ORDER)[:5]:
        sentence = _("A quick question has no answer yet: “%(text)s”") % {"text": each.text}
        href = reverse("questions:question", args=[project.address, each.ref])
        who = _("a facilitator or a co-lead")
        yield Missing(sentence, href=href, who=who, may=may_end)
