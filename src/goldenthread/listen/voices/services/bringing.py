"""Bringing many voices in from a file, all or none."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.sealing import keyed
from goldenthread.listen.voices import permissions
from goldenthread.listen.voices.events import VOICES_IMPORTED
from goldenthread.listen.voices.models import Batch, Voice
from goldenthread.listen.voices.services.speaking import refuse_unless_listening
from goldenthread.listen.voices.sheets import Row
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.safety.reading import services as reading
from goldenthread.thread.services import record

SLICE: Final = 500  # voices that are held at once


@transaction.atomic
def import_voices(
    *,
    by: Person | None,
    project: Project,
    rows: Sequence[Row],
    fingerprint: bytes,
    progress: Callable[[], None] = lambda: None,
    now: datetime,
) -> Batch:
    """Hold many voices from a file, all or none; `by` is nobody when the operator does it.

    :raises Refusal: the speaker does not facilitate here, the file came before, or nothing is in it
    """
    if by is not None and not permissions.may_bring_in(by, project, now=now):
        raise Refusal(_("Only a facilitator can bring voices in from a file."))
    refuse_unless_listening(project, now)
    mark = keyed("voices.batch", project.ref, fingerprint.hex())
    if not rows and not Batch.objects.filter(project=project, fingerprint=mark).exists():
        raise Refusal(_("There is no voice in this file that we could bring in."))
    batch, new = Batch.objects.get_or_create(
        project=project,
        fingerprint=mark,
        defaults={"by": by, "on": clock.today(now), "count": len(rows)},
    )
    if not new:
        raise Refusal(_("This file was brought in before. Nothing was changed."))
    for start in range(0, len(rows), SLICE):
        hold_rows(project=project, rows=rows[start : start + SLICE], batch=batch, now=now)
        progress()
    facts = {"count": len(rows)}
    record(VOICES_IMPORTED, about=batch.ref, project=project.ref, facts=facts, now=now)
    return batch


def hold_rows(
    *, project: Project, rows: Sequence[Row], batch: Batch | None = None, now: datetime
) -> list[Voice]:
    """Hold many voices at once, in their order; whoever calls has asked whether it may be."""
    held = reading.hold_many(project=project, texts=[row.words for row in rows], now=now)
    return Voice.objects.bulk_create(
        Voice(
            words=words,
            project=project,
            kind=row.kind,
            whose=row.whose,
            came_by=Voice.CameBy.IMPORTED,
            batch=batch,
            asked=row.asked,
            answers=row.answers,
        )
        for words, row in zip(held, rows, strict=True)
    )
