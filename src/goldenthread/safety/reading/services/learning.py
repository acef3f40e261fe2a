"""The first ten of a new reader: a second reader looks before anything goes out."""

from collections.abc import Iterable
from datetime import datetime

from goldenthread.kit import clock
from goldenthread.people.accounts.models import Person
from goldenthread.safety.readers.queries import is_new
from goldenthread.safety.readers.services import be_checked
from goldenthread.safety.reading import events, masks
from goldenthread.safety.reading.models import Suggestion, Words
from goldenthread.safety.reading.services.taking import put_down
from goldenthread.thread.services import record

Deed = Suggestion.Deed


def is_looked_at(by: Person, words: Words) -> bool:
    """Return whether a second reader still has to look at what this reader decides on words.

    Where a second reader was asked for already, this reader is the second pair of eyes; whoever
    is new is that only where nobody else has done it before.
    """
    return not words.second_reader and is_new(by)


def suggest(
    words: Words, *, by: Person, deed: Deed, marked: Iterable[masks.Mask] = (), now: datetime
) -> Words:
    """Let words wait for a second reader, with what the new reader would do. They are locked."""
    Suggestion.objects.filter(words=words, alike=None).delete()
    Suggestion.objects.create(
        words=words, by=by, deed=deed, masks=masks.merge(list(marked)), on=clock.today(now)
    )
    words.second_reader = True
    put_down(words, by=by)
    record(events.SECOND_READER_ASKED, about=words.ref, project=words.project_id, now=now)
    return words


def compare(words: Words, *, by: Person, deed: Deed, marked: Iterable[masks.Mask] = ()) -> None:
    """Lay what a second reader did beside what the new reader suggested, if one did."""
    first = Suggestion.objects.filter(words=words, alike=None).select_related("by").first()
    if first is None or first.by == by:
        return
    covered = sorted(each[:2] for each in masks.merge(list(marked)))
    first.alike = first.deed == deed and covered == sorted(each[:2] for each in first.masks)
    first.second_by, first.second_deed, first.masks = by, deed, []
    first.save()
    be_checked(reader=first.by, alike=first.alike)


def deed_of(marked: Iterable[masks.Mask]) -> Deed:
    """Return whether something is released as it is, or with details masked."""
    return Deed.MASK if list(marked) else Deed.RELEASE
