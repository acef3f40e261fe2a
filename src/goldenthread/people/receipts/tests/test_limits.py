from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from goldenthread.kit.refusals import Refusal
from goldenthread.people.receipts import codes, limits, services, tasks
from goldenthread.people.receipts.models import ReceiptTry

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def refused(code: str, now: datetime = NOW) -> str:
    with pytest.raises(Refusal) as refusal:
        services.open_with(code=code, now=now)
    return refusal.value.message


def wrong(drawer: str = "") -> str:
    code = codes.new()
    return f"{drawer or code.drawer}-{code.secret}"


def fill(drawer: str, count: int, now: datetime = NOW) -> None:
    hour = now.replace(minute=0, second=0)
    ReceiptTry.objects.update_or_create(drawer=drawer, hour=hour, defaults={"count": count})


def test_ten_wrong_tries_an_hour_then_the_drawer_waits() -> None:
    issued = services.issue(scope=uuid4(), now=NOW)
    for _try in range(10):
        assert "cannot find" in refused(wrong(issued.receipt.drawer))
    assert "too often" in refused(issued.code)


def test_right_tries_do_not_count() -> None:
    issued = services.issue(scope=uuid4(), now=NOW)
    for _try in range(12):
        assert services.open_with(code=issued.code, now=NOW) == issued.receipt


def test_an_hour_later_the_drawer_opens_again() -> None:
    issued = services.issue(scope=uuid4(), now=NOW)
    fill(issued.receipt.drawer, 10)
    assert "too often" in refused(issued.code)
    later = NOW + timedelta(hours=1)
    assert services.open_with(code=issued.code, now=later) == issued.receipt


def test_a_drawer_that_does_not_exist_is_limited_just_the_same() -> None:
    drawer = codes.new().drawer
    answers = [refused(wrong(drawer)) for _try in range(11)]
    assert "cannot find" in answers[9]
    assert "too often" in answers[10]


def test_after_sixty_wrong_tries_the_site_asks_people_to_wait_a_minute() -> None:
    fill(limits.WHOLE_SITE, 60)
    issued = services.issue(scope=uuid4(), now=NOW)
    assert services.open_with(code=issued.code, now=NOW) == issued.receipt  # one is let in
    assert "wait a minute" in refused(issued.code)


def test_the_waiting_room_is_a_delay_and_no_lock_out() -> None:
    fill(limits.WHOLE_SITE, 500)
    issued = services.issue(scope=uuid4(), now=NOW)
    refused(wrong())
    assert "wait a minute" in refused(issued.code)
    later = NOW + timedelta(seconds=limits.ONE_IN_SECONDS)
    assert services.open_with(code=issued.code, now=later) == issued.receipt


@pytest.mark.django_db(transaction=True)
def test_the_limit_holds_for_tries_at_the_same_moment() -> None:
    drawer = codes.new().drawer

    def attempt(_number: int) -> bool:
        try:
            limits.take_a_try(drawer, now=NOW)
        except Refusal:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        let_in = sum(pool.map(attempt, range(40)))
    assert let_in == limits.A_DRAWER


@pytest.mark.django_db(transaction=True)
def test_counting_after_looking_would_let_too_many_in() -> None:
    """The control: look first, count later, as one might; tries at the same moment slip past."""
    drawer = codes.new().drawer
    hour = NOW.replace(minute=0)
    looked = []

    def careless(_number: int) -> bool:
        row = ReceiptTry.objects.filter(drawer=drawer, hour=hour).first()
        looked.append(row)
        while len(looked) < 16:  # all have looked before any has counted
            connection.close()
        limits.count_one(drawer, hour)
        connection.close()
        return row is None or row.count < limits.A_DRAWER

    with ThreadPoolExecutor(16) as pool:
        assert sum(pool.map(careless, range(16))) > limits.A_DRAWER


def test_no_address_is_kept_and_old_counts_go() -> None:
    refused(wrong())
    assert {field.name for field in ReceiptTry._meta.get_fields()} == {
        "id",
        "drawer",
        "hour",
        "count",
    }
    tasks.forget_tries(now=NOW + timedelta(hours=2))
    assert not ReceiptTry.objects.exists()
