"""Opening a project: nothing missing, and the terms sealed."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts.models import Person
from goldenthread.projects import events, permissions
from goldenthread.projects.gates import missing_to_open
from goldenthread.projects.models import Project
from goldenthread.projects.services.guards import locked, require
from goldenthread.projects.services.terms import seal, seal_of
from goldenthread.thread.services import record


@transaction.atomic
def open_listening(*, by: Person, project: Project, now: datetime) -> Project:
    """Open a project: seal its terms and let people speak from the first day of Listen.

    :raises Refusal: not theirs to open, open already, or something is missing (each is said)
    """
    require(
        allowed=permissions.may_open(by, project, now=now),
        otherwise=_("Only an organiser of this project may open it."),
    )
    project = locked(project)
    require(
        allowed=project.state == Project.State.DRAFT,
        otherwise=_("This project has been opened already."),
    )
    if missing := missing_to_open(project, now=now):
        raise Refusal(" ".join(missing))
    terms = project.terms.select_for_update(no_key=True).get(sealed_on=None)
    seal(terms, now=now)
    terms.save()
    project.state, project.opened_on = Project.State.OPEN, clock.today(now)
    project.save(update_fields=["state", "opened_on"])
    facts = seal_of(terms)
    record(events.OPENED, about=project.ref, project=project.ref, facts=facts, now=now)
    return project
