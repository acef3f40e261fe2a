from datetime import UTC, datetime
from uuid import uuid4

import pytest

from goldenthread.kit.refusals import Refusal
from goldenthread.people.receipts import services

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_a_receipt_opens_what_it_was_issued_for() -> None:
    scope = uuid4()
    issued = services.issue(scope=scope, now=NOW)
    opened = services.open_with(code=issued.code, now=NOW)
    assert (opened.ref, opened.scope) == (issued.receipt.ref, scope)


def test_it_opens_however_it_is_typed() -> None:
    issued = services.issue(scope=uuid4(), now=NOW)
    sloppy = issued.code.lower().replace("-", "  ").replace("0", "o").replace("1", "l")
    assert services.open_with(code=sloppy, now=NOW) == issued.receipt


def test_another_secret_in_the_same_drawer_opens_nothing() -> None:
    issued = services.issue(scope=uuid4(), now=NOW)
    other = issued.code[:-1] + ("A" if issued.code[-1] != "A" else "B")
    with pytest.raises(Refusal, match="cannot find"):
        services.open_with(code=other, now=NOW)


def test_a_closed_receipt_opens_nothing() -> None:
    issued = services.issue(scope=uuid4(), now=NOW)
    services.close(receipt=issued.receipt, now=NOW)
    with pytest.raises(Refusal, match="cannot find"):
        services.open_with(code=issued.code, now=NOW)
