"""A class speaks from one device or several, without accounts and without names."""

import secrets
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.voices import permissions
from goldenthread.listen.voices.events import CLASS_ENDED, CLASS_STARTED
from goldenthread.listen.voices.models import ClassSession
from goldenthread.listen.voices.services.speaking import (
    Spoken,
    refuse_unless_listening,
    speak_in_class,
)
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project, Strand
from goldenthread.projects.short import ALPHABET, LENGTH
from goldenthread.thread.services import record

LONGEST: Final = timedelta(hours=4)


@transaction.atomic
def start_class(
    *,
    by: Person,
    project: Project,
    name: str,
    slips: bool,
    strand: Strand | None = None,
    now: datetime,
) -> ClassSession:
    """Open a code under which a class speaks until it is ended, four hours at most.

    :raises Refusal: the speaker does not facilitate here, or the project does not listen now
    """
    if not permissions.may_bring_in(by, project, now=now):
        raise Refusal(_("Only a facilitator can start a class."))
    refuse_unless_listening(project, now)
    held = ClassSession.objects.create(
        project=project,
        code=_new_code(),
        name=name.strip(),
        slips=slips,
        strand=strand,
        started_by=by,
        on=clock.today(now),
        until=now + LONGEST,
    )
    record(CLASS_STARTED, about=held.ref, project=project.ref, now=now)
    return held


@transaction.atomic
def end_class(*, by: Person, held: ClassSession, now: datetime) -> None:
    """End a class: its code opens nothing any more.

    :raises Refusal: the speaker does not facilitate here
    """
    if not permissions.may_bring_in(by, held.project, now=now):
        raise Refusal(_("Only a facilitator can end a class."))
    if held.until > now:
        held.until = now
        held.save(update_fields=["until"])
        record(CLASS_ENDED, about=held.ref, project=held.project_id, now=now)


def speak_in_turn(
    *, held: ClassSession, form_key: UUID, text: str, kind: str, keep_receipt: bool, now: datetime
) -> Spoken:
    """Hold what one pupil said, joined to nobody: no account, no name, no class.

    :raises Refusal: the class has ended, the project does not listen, or nothing was written
    """
    if held.until <= now:
        raise Refusal(_("This class has ended."))
    return speak_in_class(
        project=held.project,
        form_key=form_key,
        text=text,
        kind=kind,
        strand=held.strand,
        keep_receipt=keep_receipt and held.slips,
        now=now,
    )


def _new_code() -> str:
    while True:
        drawn = "".join(secrets.choice(ALPHABET) for _letter in range(LENGTH))
        if not ClassSession.objects.filter(code=drawn).exists():
            return drawn
