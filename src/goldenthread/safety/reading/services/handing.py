"""Handing over at the end of a stretch: a note, and what is open goes back."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts.models import Person
from goldenthread.projects import hours
from goldenthread.projects.models import Project
from goldenthread.projects.rota import rotas_of
from goldenthread.safety.reading import notes, permissions
from goldenthread.safety.reading.models import HandOver, Skip, Words
from goldenthread.safety.reading.services.holding import plain

LOOKED_THROUGH = 500  # texts that a note is compared with


@transaction.atomic
def hand_over(*, by: Person, project: Project, text: str, now: datetime) -> HandOver | None:
    """Put back what one has open, and leave a note for the next reader, if there is one to leave.

    :raises Refusal: no reader, or the note repeats what somebody sent
    """
    if not permissions.may_read(by, project, now=now):
        raise Refusal(_("Only a reader of this project can do this."))
    note = plain(text)
    if notes.repeats(note, _texts(project, by)):
        message = _("This repeats what somebody sent. Please say it without their words.")
        raise Refusal(message, field="text")
    mine = Words.objects.filter(project=project, claimed_by=by)
    mine.update(claimed_by=None, claimed_at=None)
    if not note:
        return None
    return HandOver.objects.create(project=project, by=by, text=note, on=clock.today(now))


def _texts(project: Project, reader: Person) -> list[str]:
    found = Words.objects.filter(
        Q(state=Words.State.HELD) | Q(read_by=reader), project=project, text__isnull=False
    )
    newest = found.order_by("-received_on", "ref").values_list("text", flat=True)
    return [text or "" for text in newest[:LOOKED_THROUGH]]


def end_shifts(*, now: datetime) -> int:
    """Put back what readers opened while on the rota, once their stretch has ended."""
    held = Words.objects.filter(claimed_by__isnull=False).select_related("project__organisation")
    opened = list(held.only("ref", "claimed_by", "claimed_at", "project__organisation"))
    weeks = rotas_of({each.project_id: each.project for each in opened}.values())
    over = [each.ref for each in opened if _is_over(each, weeks[each.project_id], now)]
    gone = Words.objects.filter(ref__in=over, claimed_at__lt=now)
    return gone.update(claimed_by=None, claimed_at=None)


def _is_over(words: Words, week: hours.Rota, now: datetime) -> bool:
    if words.claimed_by_id is None or words.claimed_at is None:
        return False
    return hours.ended(week, words.claimed_by_id, since=words.claimed_at, now=now)


def forget_skips(*, now: datetime) -> None:
    """Offer again, on another day, what was put back."""
    Skip.objects.filter(on__lt=clock.today(now)).delete()
