import logging
from datetime import UTC, datetime
from itertools import pairwise
from uuid import uuid4

import pytest
from django.core import serializers
from django.db import connection
from django.test.utils import CaptureQueriesContext

from goldenthread.kit.refusals import Refusal
from goldenthread.people.receipts import codes, queries, services, stretching
from goldenthread.people.receipts.models import Receipt

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


class Work:
    """Counts what a try costs: one Argon2 is 20 to 40 ms, and would tell a drawer from none."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.slow = 0
        self.stretched = stretching.hash_secret_raw
        monkeypatch.setattr(stretching, "hash_secret_raw", self.spy)

    def spy(self, **given: object) -> bytes:
        self.slow += 1
        return self.stretched(**given)

    def of(self, code: str) -> tuple[int, int]:
        self.slow = 0
        with (
            CaptureQueriesContext(
                connection,
            ) as asked,
            pytest.raises(Refusal),
        ):
            services.open_with(code=code, now=NOW)
        return self.slow, len(asked)


def test_an_unknown_drawer_costs_what_a_known_one_costs(monkeypatch: pytest.MonkeyPatch) -> None:
    issued = services.issue(scope=uuid4(), now=NOW)
    other = codes.new()
    work = Work(monkeypatch)
    known = work.of(f"{issued.receipt.drawer}-{other.secret}")
    assert known == work.of(str(other))
    assert known[0] == 1


def test_the_count_would_notice_a_drawer_that_is_looked_up_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    issued = services.issue(scope=uuid4(), now=NOW)
    work = Work(monkeypatch)

    def only_if_there(code: codes.Code) -> bytes:
        there = queries.in_drawer(code.drawer).exists()
        return stretching.stretch(code) if there else b"nothing"

    monkeypatch.setattr(services, "stretch", only_if_there)
    other = codes.new()
    known = work.of(f"{issued.receipt.drawer}-{other.secret}")
    assert known != work.of(str(other))


def test_two_receipts_in_one_drawer_open_each_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "new", lambda: codes.Code("K7M3", codes.draw(16)))
    one, two = (services.issue(scope=uuid4(), now=NOW) for _time in range(2))
    assert services.open_with(code=one.code, now=NOW) == one.receipt
    assert services.open_with(code=two.code, now=NOW) == two.receipt


def test_what_is_stored_changes_with_drawer_pepper_and_secret(settings: object) -> None:
    code = codes.Code("K7M3", "9QXP1234567890AB")
    stored = stretching.auth_of(stretching.stretch(code))
    assert stored == stretching.auth_of(stretching.stretch(code))
    assert stored != stretching.auth_of(stretching.stretch(codes.Code("K7M4", code.secret)))
    assert stored != stretching.auth_of(stretching.stretch(codes.Code("K7M3", code.secret[::-1])))
    settings.PEPPER = b"another pepper of this installation"
    assert stored != stretching.auth_of(stretching.stretch(code))


def test_the_hash_is_as_slow_as_the_design_says() -> None:
    settings = (stretching.MEMORY_KIB, stretching.ROUNDS, stretching.LANES)
    assert settings == (19 * 1024, 2, 1)


def test_neither_code_nor_secret_is_kept_or_logged(
    caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with CaptureQueriesContext(connection) as asked:
        issued = services.issue(scope=uuid4(), now=NOW)
        services.open_with(code=issued.code, now=NOW)
        with pytest.raises(Refusal) as refused:
            services.open_with(code=issued.code[:-1] + "~", now=NOW)
    kept = serializers.serialize("json", Receipt.objects.all())
    said = [caplog.text, *capsys.readouterr(), kept, str(refused.value), repr(issued)]
    said += [query["sql"] for query in asked]
    assert not any(holds(text, issued.code) for text in said)


def holds(text: str, code: str) -> bool:
    """Whether a text holds the secret, or any two groups of it."""
    groups = code.split("-")
    pairs = [f"{one}{two}" for one, two in pairwise(groups[1:])]
    flat = text.upper().replace("-", "").replace(" ", "")
    return any(pair in flat for pair in pairs)


def test_the_search_for_secrets_would_find_one() -> None:
    code = str(codes.new())
    assert holds(f"opened with {code.lower()}", code)


def test_the_week_is_kept_and_no_time() -> None:
    issued = services.issue(scope=uuid4(), now=NOW)
    assert issued.receipt.issued_week.isoformat() == "2026-03-09"
