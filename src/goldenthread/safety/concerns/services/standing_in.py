"""Days on which a safeguarder is away."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.safety.concerns import events, permissions, queries
from goldenthread.safety.concerns.models import Away
from goldenthread.thread.services import record


@transaction.atomic
def go_away(*, by: Person, project: Project, from_on: date, until_on: date, now: datetime) -> None:
    """Say on which days one is away; whoever is there looks after concerns then.

    :raises Refusal: no safeguarder, the days are not in order, or nobody else would be there
    """
    if not permissions.may_see_concerns(by, project, now=now):
        raise Refusal(_("Only the safeguarding owner of this project can do this."))
    if until_on < from_on:
        raise Refusal(_("The last day is before the first."), field="until_on")
    if not queries.others_there(project, by, from_on=from_on, until_on=until_on, now=now):
        message = _("Nobody else looks after concerns on all of these days. Name a deputy first.")
        raise Refusal(message, field="from_on")
    Away.objects.create(project=project, person=by, from_on=from_on, until_on=until_on)
    record(events.AWAY_SAID, about=project.ref, project=project.ref, now=now)
