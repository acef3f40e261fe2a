"""How many tries in an hour, counted in the database, without an address."""

from datetime import datetime, timedelta

from django.db import connection
from django.utils.translation import gettext as _

from goldenthread.kit.refusals import Refusal
from goldenthread.people.receipts.models import ReceiptTry

A_DRAWER = 10
THE_SITE = 60
WHOLE_SITE = ""
WAITING_ROOM = "~"  # no drawer is called so
ONE_IN_SECONDS = 15  # beyond the limit of the site, one try is let in so often

_TAKE = """
insert into receipts_receipttry (drawer, hour, count) values (%s, %s, 1)
on conflict (drawer, hour) do update set count = receipts_receipttry.count + 1
returning count
"""


def take_a_try(drawer: str, *, now: datetime) -> None:
    """Count a try before it is made, so that tries at the same moment cannot slip past.

    :raises Refusal: too many for this drawer, or for the site until the waiting room opens
    """
    if count_one(drawer, _hour(now)) > A_DRAWER:
        raise Refusal(
            _("This receipt has been tried too often. Please wait an hour, then try again."),
            field="code",
        )
    if count_one(WHOLE_SITE, _hour(now)) > THE_SITE and count_one(WAITING_ROOM, _slot(now)) > 1:
        raise Refusal(
            _("Many receipts are being tried just now. Please wait a minute, then try again."),
            field="code",
        )


def give_back(drawer: str, *, now: datetime) -> None:
    """The receipt was right: a try that succeeds does not count."""
    for name in (drawer, WHOLE_SITE):
        with connection.cursor() as cursor:
            cursor.execute(
                "update receipts_receipttry set count = count - 1 "
                "where drawer = %s and hour = %s and count > 0",
                [name, _hour(now)],
            )


def forget(*, now: datetime) -> int:
    """Drop the counts of hours gone by."""
    old = ReceiptTry.objects.filter(hour__lt=_hour(now) - timedelta(hours=1))
    return old.delete()[0]


def count_one(name: str, moment: datetime) -> int:
    """Count one more under this name in this hour, in one statement; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [name, moment])
        return int(cursor.fetchone()[0])


def _hour(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)


def _slot(now: datetime) -> datetime:
    return now.replace(second=now.second // ONE_IN_SECONDS * ONE_IN_SECONDS, microsecond=0)
