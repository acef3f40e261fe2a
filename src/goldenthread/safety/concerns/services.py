"""Raising, looking at, noting and closing concerns."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts.models import Person
from goldenthread.people.notifications.services import write_letter
from goldenthread.projects.models import ProjectRole
from goldenthread.projects.roles import holders
from goldenthread.safety.concerns import events, permissions
from goldenthread.safety.concerns.models import Concern, ConcernNote, ConcernView
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.models import Words
from goldenthread.thread.services import record


@transaction.atomic
def raise_concern(*, by: Person, words: Words, why: str, now: datetime) -> Concern:
    """Tell the safeguarding owner; the words stay in reading. Closed before, it opens again.

    :raises Refusal: no reader, no reason given, or they know already
    """
    if not permissions.may_raise(by, words.project, now=now):
        raise Refusal(_("Only a reader of this project can do this."))
    why = _written(why, field="why")
    Words.objects.select_for_update().get(ref=words.ref)
    concern = Concern.objects.filter(words=words).first()
    if concern is None:
        concern = _new(words, why, by=by, now=now)
    elif concern.closed_on is None:
        raise Refusal(_("The safeguarding owner knows of this already."))
    else:
        _open_again(concern, why, by=by, now=now)
    _write_to_owners(concern, now=now)
    record(events.CONCERN_RAISED, about=concern.ref, project=concern.project_id, now=now)
    return concern


@transaction.atomic
def look(*, by: Person, concern: Concern, now: datetime) -> None:
    """Note that someone looks at a concern: every look is kept.

    :raises Refusal: no safeguarder of this project
    """
    _require_owner(by, concern, now=now)
    ConcernView.objects.create(concern=concern, viewer=by, on=now)
    record(events.CONCERN_LOOKED_AT, about=concern.ref, project=concern.project_id, now=now)


@transaction.atomic
def note(*, by: Person, concern: Concern, text: str, now: datetime) -> ConcernNote:
    """Add a line about what was done.

    :raises Refusal: no safeguarder of this project, closed, or nothing written
    """
    current = _open_concern(by, concern, now=now)
    added = _add_note(current, _written(text, field="text"), by=by, now=now)
    record(events.CONCERN_NOTED, about=current.ref, project=current.project_id, now=now)
    return added


@transaction.atomic
def write_to_author(*, by: Person, concern: Concern, text: str, now: datetime) -> None:
    """Leave a line for the author behind their receipt or in their account.

    :raises Refusal: no safeguarder of this project, closed, or nothing written
    """
    current = _open_concern(by, concern, now=now)
    reading.write_to_author(by=by, words=current.words, text=text, now=now)
    record(events.CONCERN_NOTED, about=current.ref, project=current.project_id, now=now)


@transaction.atomic
def close(
    *,
    by: Person,
    concern: Concern,
    what_was_done: str,
    told_others: bool,
    because: str,
    now: datetime,
) -> Concern:
    """Close a concern: what was done, and why others were told or were not.

    :raises Refusal: no safeguarder of this project, closed already, or something is not said
    """
    current = _open_concern(by, concern, now=now)
    current.what_was_done = _written(what_was_done, field="what_was_done")
    current.told_others = told_others
    current.told_because = _written(because, field="because")
    current.closed_on, current.closed_by = clock.today(now), by
    current.save()
    told = "yes" if told_others else "no"
    record(
        events.CONCERN_CLOSED,
        about=current.ref,
        project=current.project_id,
        facts={"told_others": told},
        now=now,
    )
    return current


def _new(words: Words, why: str, *, by: Person, now: datetime) -> Concern:
    return Concern.objects.create(
        project=words.project,
        words=words,
        why=why,
        raised_by=by,
        raised_on=clock.today(now),
        raised_at=now,
    )


def _open_again(concern: Concern, why: str, *, by: Person, now: datetime) -> None:
    """What was said and done before stays, as lines of its history."""
    for line in (concern.why, concern.what_was_done, concern.told_because):
        if line:
            _add_note(concern, line, by=concern.closed_by, now=now)
    concern.why, concern.raised_by = why, by
    concern.raised_on, concern.raised_at = clock.today(now), now
    concern.what_was_done = concern.told_because = None
    concern.closed_on = concern.closed_by = None
    concern.told_others = False
    concern.save()


def _write_to_owners(concern: Concern, *, now: datetime) -> None:
    """Write to the safeguarder and the deputy, without a word of what was said."""
    project = concern.project
    for role in holders(project, ProjectRole.Name.SAFEGUARDER, now=now):
        write_letter(
            key=f"concern:{concern.ref}:{role.person_id}:{now.isoformat()}",
            text="concern",
            link=reverse("concerns:concern", args=[project.address, concern.ref]),
            names={"project": project.title},
            person=role.person,
        )


def _add_note(concern: Concern, text: str, *, by: Person | None, now: datetime) -> ConcernNote:
    last = concern.notes.aggregate(last=Max("place"))["last"]
    return ConcernNote.objects.create(
        concern=concern,
        by=by,
        on=clock.today(now),
        place=0 if last is None else last + 1,
        text=text,
    )


def _open_concern(by: Person, concern: Concern, *, now: datetime) -> Concern:
    _require_owner(by, concern, now=now)
    current = (
        Concern.objects.select_for_update(of=("self",))
        .select_related("words__project", "project")
        .get(ref=concern.ref)
    )
    if current.closed_on is not None:
        raise Refusal(_("This concern is closed. A reader can raise it again."))
    return current


def _require_owner(by: Person, concern: Concern, *, now: datetime) -> None:
    if not permissions.may_see_concerns(by, concern.project, now=now):
        raise Refusal(_("Only the safeguarding owner of this project can do this."))


def _written(text: str, *, field: str) -> str:
    written = text.strip()
    if not written:
        raise Refusal(_("Please write something here."), field=field)
    return written
