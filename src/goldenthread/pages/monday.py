"""The Monday mail: to each member for whom something waits, how much it is and where. Never what.

A sweep over people in batches. Each batch is one transaction that notes for whom Monday was looked
after, so that nobody gets two, whoever dies or works beside it.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.text import say_counted
from goldenthread.pages.queries import day_of
from goldenthread.people.accounts.models import Person
from goldenthread.people.notifications.models import Letter
from goldenthread.people.notifications.services import said_for, write_letters
from goldenthread.projects.work import Does, Work

BATCH: Final = 100
FROM: Final = time(7)  # where the site is
MONDAY: Final = 0
SAID: Final = {
    Does.LOOK_AFTER: _("%(n)s to look after"),
    Does.READ: _("%(n)s to read"),
    Does.ANSWER: _("%(n)s to answer"),
    Does.TELL: _("%(n)s to tell"),
    Does.DECIDE: _("%(n)s to decide"),
    Does.GROUP: _("%(n)s to group"),
    Does.CARRY_OUT: _("%(n)s to carry out"),
    Does.MEET: _("%(n)s about meetings"),
    Does.PREPARE: _("%(n)s to prepare"),
    Does.FINISH: _("%(n)s to finish"),
}


def write_batch(*, now: datetime, at_once: int = BATCH) -> int:
    """Look after the next people, if it is Monday after seven; return how many they were."""
    local = timezone.localtime(now)
    if local.weekday() != MONDAY or local.time() < FROM:
        return 0
    return _write_batch(local.date(), now, at_once)


@transaction.atomic
def _write_batch(monday: date, now: datetime, at_once: int) -> int:
    left = Person.objects.filter(
        Q(monday_on=None) | Q(monday_on__lt=monday), is_active=True, joined_on__lt=monday
    )
    people = list(left.order_by("ref").select_for_update(no_key=True, skip_locked=True)[:at_once])
    wanting = [person for person in people if person.wants_monday_mail]
    write_letters(letter for person in wanting for letter in _letter_to(person, monday, now))
    Person.objects.filter(ref__in=[each.ref for each in people]).update(monday_on=monday)
    return len(people)


def _letter_to(person: Person, monday: date, now: datetime) -> list[Letter]:
    work = day_of(person, now=now).work
    if not work:
        return []
    with said_for(person):
        names = {"number": say_counted(_sum(work), "thing", "things"), "waits": say(work)}
    key, link = f"monday:{person.ref}:{monday}", reverse("pages:needs_you")
    return [Letter(key=key, text="monday", link=link, names=names, person=person)]


def say(work: Iterable[Work]) -> str:
    """Say how much of each waits, and how much of it is late: 4 to answer, 37 to tell, 2 overdue.

    No names: neither of projects, which may say more than a mail should, nor of people.
    """
    counted: Counter[Does] = Counter()
    late = 0
    for each in work:
        counted[each.does or Does.PREPARE] += each.n
        late += each.n if each.tone == "overdue" else 0
    said = [str(words) % {"n": counted[does]} for does, words in SAID.items() if counted[does]]
    if late:
        said.append(gettext("%(n)s overdue") % {"n": late})
    return ", ".join(said) + "."


def _sum(work: Iterable[Work]) -> int:
    return sum(each.n for each in work)
