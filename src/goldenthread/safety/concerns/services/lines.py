"""What the services share: the lines of a case, and taking hold of one."""

from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts.models import Person
from goldenthread.safety.concerns import permissions
from goldenthread.safety.concerns.models import Concern, ConcernNote


def add_note(concern: Concern, text: str, *, by: Person | None, on: date) -> ConcernNote:
    """Add a line to the history of a case, by whom and of which day it is."""
    last = concern.notes.aggregate(last=Max("place"))["last"]
    return ConcernNote.objects.create(
        concern=concern,
        by=by,
        on=on,
        place=0 if last is None else last + 1,
        text=text,
    )


def open_concern(by: Person, concern: Concern, *, now: datetime) -> Concern:
    """Take hold of an open case.

    :raises Refusal: not theirs to look after, or closed
    """
    current = (
        Concern.objects.select_for_update(no_key=True, of=("self",))
        .select_related("words__project", "project__organisation")
        .get(ref=concern.ref)
    )
    require_owner(by, current, now=now)  # a reader may have said meanwhile whom it names
    if current.closed_on is not None:
        raise Refusal(_("This concern is closed. A reader can raise it again."))
    return current


def require_owner(by: Person, concern: Concern, *, now: datetime) -> None:
    """Go on only for whoever looks after concerns of this kind.

    :raises Refusal: not theirs to look after
    """
    if not permissions.may_see(by, concern, now=now):
        raise Refusal(_("Only the safeguarding owner of this project can do this."))


def written(text: str, *, field: str) -> str:
    """Return what was written.

    :raises Refusal: nothing was
    """
    kept = text.strip()
    if not kept:
        raise Refusal(_("Please write something here."), field=field)
    return kept
