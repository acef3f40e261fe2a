"""Closing the box to write in, and opening it again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.people.accounts.models import Person
from goldenthread.projects import events, permissions
from goldenthread.projects.models import Project
from goldenthread.projects.services.guards import locked, require
from goldenthread.thread.services import record

READERS_LATE = "readers-late"
PAUSED = "paused"


@transaction.atomic
def close_box(*, project: Project, because: str, now: datetime) -> None:
    """Close the box by itself, because readers are late; closed already, it stays as it is."""
    _close(locked(project), because, now)
    project.refresh_from_db(fields=["box_closed_on", "box_closed_because"])


@transaction.atomic
def reopen_box(*, project: Project, now: datetime, because: str = READERS_LATE) -> None:
    """Open the box again, if it was closed for that reason; another reason still holds."""
    _reopen(locked(project), because, now)
    project.refresh_from_db(fields=["box_closed_on", "box_closed_because"])


@transaction.atomic
def pause(*, by: Person, project: Project, now: datetime) -> None:
    """Close the box by hand for a while.

    :raises Refusal: the person may not open and close this project
    """
    require(
        allowed=permissions.may_open(by, project, now=now),
        otherwise=_("Only an organiser of this project may close the box."),
    )
    _close(locked(project), PAUSED, now)
    project.refresh_from_db(fields=["box_closed_on", "box_closed_because"])


@transaction.atomic
def resume(*, by: Person, project: Project, now: datetime) -> None:
    """Open by hand what was closed by hand. What late readers closed opens when they have read.

    :raises Refusal: the person may not open and close this project
    """
    require(
        allowed=permissions.may_open(by, project, now=now),
        otherwise=_("Only an organiser of this project may open the box."),
    )
    _reopen(locked(project), PAUSED, now)
    project.refresh_from_db(fields=["box_closed_on", "box_closed_because"])


def _close(project: Project, because: str, now: datetime) -> None:
    if project.box_closed_because or project.state != Project.State.OPEN:
        return
    project.box_closed_on, project.box_closed_because = clock.today(now), because
    project.save(update_fields=["box_closed_on", "box_closed_because"])
    facts = {"because": because}
    record(events.BOX_CLOSED, about=project.ref, project=project.ref, facts=facts, now=now)


def _reopen(project: Project, because: str, now: datetime) -> None:
    if project.box_closed_because != because:
        return
    project.box_closed_on, project.box_closed_because = None, ""
    project.save(update_fields=["box_closed_on", "box_closed_because"])
    record(events.BOX_REOPENED, about=project.ref, project=project.ref, now=now)
