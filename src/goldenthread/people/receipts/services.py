"""Giving out receipts and opening them again."""

import hmac
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.people.receipts import codes, limits, queries
from goldenthread.people.receipts.models import Receipt
from goldenthread.people.receipts.stretching import auth_of, stretch, withdraw_key_of
from goldenthread.thread import journal
from goldenthread.thread.journal import Act

CLOSED = "receipt.closed"


@dataclass(frozen=True)
class Issued:
    """A new receipt and its code, which exists nowhere else: show it once."""

    receipt: Receipt
    code: str = field(repr=False)
    withdraw_key: bytes = field(repr=False)


@transaction.atomic
def issue(*, scope: UUID, now: datetime, code: codes.Code | None = None) -> Issued:
    """Give out a receipt for one project; `code` lets a form sent twice show the same one again."""
    code = code or codes.new()
    key = stretch(code)
    receipt = Receipt.objects.create(
        drawer=code.drawer,
        auth=auth_of(key),
        scope=scope,
        issued_week=clock.week_of(now),
    )
    return Issued(receipt=receipt, code=str(code), withdraw_key=withdraw_key_of(key))


def withdraw_key(code: str) -> bytes:
    """Return what proves to the record that the holder of this receipt takes words back."""
    return withdraw_key_of(stretch(codes.normalise(code)))


def open_with(*, code: str, now: datetime) -> Receipt:
    """Return the receipt that this code opens. Known and unknown drawers cost the same.

    Not one transaction: a failed try must stay counted though it is refused.

    :raises Refusal: not a code, no such receipt, or too many tries
    """
    read = codes.normalise(code)
    limits.take_a_try(read.drawer, now=now)
    given = auth_of(stretch(read))
    found = None
    for receipt in queries.in_drawer(read.drawer):
        if hmac.compare_digest(bytes(receipt.auth), given):
            found = receipt
    if found is None:
        raise Refusal(
            _("We cannot find this receipt. Please look at each letter and number again."),
            field="code",
        )
    limits.give_back(read.drawer, now=now)
    return found


@transaction.atomic
def close(*, receipt: Receipt, now: datetime) -> None:
    """Make a receipt open nothing any more; its holder asked for that."""
    journal.note([Act(CLOSED, receipt.ref, clock.today(now))])
    Receipt.objects.filter(ref=receipt.ref).update(closed=True)
