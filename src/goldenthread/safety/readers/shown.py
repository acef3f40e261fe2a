"""What the pages of readers show, put together from queries."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from goldenthread.kit.text import say_count, say_week
from goldenthread.people.accounts.models import Person
from goldenthread.safety.readers import practice, queries

Context = dict[str, Any]


def progress(person: Person) -> Context:
    """How far someone is with practice and with the first ten."""
    reader = queries.reader_of(person)
    answered = sum(bool(each.choice) for each in queries.practice_rows(person))
    return {
        "answered": answered,
        "of": len(practice.voices()),
        "practised": reader.practised_on,
        "checked": min(reader.checked, queries.FIRST_ONES),
        "agreed": reader.agreed,
        "first_ones": queries.FIRST_ONES,
        "left": max(0, queries.FIRST_ONES - reader.checked),
    }


def carried(person: Person) -> Context:
    """What someone carried in the last weeks, and when they last talked about it."""
    rows = [
        (capfirst(say_week(each.week)), _said(each.read), _said(each.heavy))
        for each in queries.loads_of(person)
    ]
    headers = [_("Week"), _("Read"), _("Of these, heavy")]
    return {"loads": rows, "headers": headers, "talked_on": queries.last_debrief(person)}


def _said(number: int) -> str:
    return say_count(number) if number else _("none")
