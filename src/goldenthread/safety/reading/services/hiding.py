"""Hiding released words at once, and showing again what was removed wrongly."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts.models import Person
from goldenthread.projects.rota import due_after
from goldenthread.safety.readers.queries import is_new
from goldenthread.safety.reading import events, permissions
from goldenthread.safety.reading.author import is_taken_back
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.services.taking import locked, put_down
from goldenthread.thread.services import record


@transaction.atomic
def hide(*, by: Person, words: Words, until_second_reader: bool, now: datetime) -> Words:
    """Take released words off every page at once; a stub stands there until they are read again.

    Another reader looks where this one asks for it, is new, or where children speak.

    :raises Refusal: no reader of the project, or they are not shown
    """
    if not permissions.may_read(by, words.project, now=now):
        raise Refusal(_("Only a reader of this project can do this."))
    current = locked(words)
    if current.state != Words.State.RELEASED:
        raise Refusal(_("Only words that are shown can be hidden."))
    alone = not (is_new(by) or current.project.for_under_18)
    put_away(current, second_reader=until_second_reader or not alone, by=by, now=now)
    return current


def put_away(words: Words, *, second_reader: bool, by: Person | None, now: datetime) -> None:
    """Hide words until they are read again. Their row is locked by the caller."""
    words.state, words.lane, words.hidden = Words.State.HELD, Words.Lane.FIRST, True
    words.second_reader = second_reader
    words.imported = False  # from now on they wait like all others, with a time promised
    words.due_at = due_after(words.project, now=now)
    put_down(words, by=by)
    record(events.WORDS_HIDDEN, about=words.ref, project=words.project_id, now=now)


@transaction.atomic
def put_back(*, by: Person, words: Words, now: datetime) -> Words:
    """Show again what the organisation had removed. The caller has checked who may say so.

    :raises Refusal: they were not removed, or their author has taken them back
    """
    del by
    current = locked(words)
    if is_taken_back(current):
        raise Refusal(_("Their author has taken these words back meanwhile."))
    if current.state != Words.State.REMOVED or current.salt is None or current.restricted:
        raise Refusal(_("These words cannot be brought back."))
    current.state, current.unpublished_because = Words.State.RELEASED, ""
    put_down(current, by=None)
    record(events.WORDS_PUT_BACK, about=current.ref, project=current.project_id, now=now)
    return current
