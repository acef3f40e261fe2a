from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from goldenthread.thread import events, services
from goldenthread.thread.merkle.tree import leaf_hash
from goldenthread.thread.models import Entry, HeldEntry
from goldenthread.thread.verifying import verify

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
OPENED = events.Event("test.opened", "Something was opened.", {"count": int, "code": str})
SAID = events.Event("test.said", "Someone said something.")

pytestmark = pytest.mark.django_db


def test_entries_are_numbered_without_gaps_after_a_rollback() -> None:
    services.record(SAID, about=uuid4(), now=NOW)
    with transaction.atomic():
        services.record(SAID, about=uuid4(), now=NOW)
        transaction.set_rollback(True)
    services.record(SAID, about=uuid4(), now=NOW)
    assert list(Entry.objects.order_by("seq").values_list("seq", flat=True)) == [0, 1]


def test_an_entry_carries_references_and_counts_and_the_day_alone() -> None:
    about = uuid4()
    entry = services.record(OPENED, about=about, facts={"count": 3, "code": "yes"}, now=NOW)
    assert bytes(entry.body) == (
        b'{"about":"%s","fact_code":"yes","fact_count":3,"project":"","seq":0,'
        b'"type":"test.opened","v":1,"when":"2026-03-10"}' % str(about).encode()
    )


@pytest.mark.parametrize(
    "facts",
    [
        {"count": 3},
        {"count": "3", "code": "yes"},
        {"count": 1, "code": "Mina was here"},
        {"count": True, "code": ""},
    ],
)
def test_words_and_undeclared_facts_are_refused(facts: dict[str, str | int]) -> None:
    with pytest.raises(ValueError, match=r"test\.opened"):
        services.record(OPENED, about=uuid4(), facts=facts, now=NOW)


@pytest.mark.parametrize(
    "statement",
    [
        "update thread_entry set kind = 'other'",
        "delete from thread_entry",
        "truncate thread_entry",
    ],
)
def test_the_database_refuses_to_change_the_record(statement: str) -> None:
    with connection.cursor() as cursor:  # off in tests, which empty their tables by it
        cursor.execute("alter table thread_entry enable trigger entry_is_not_truncated")
    services.record(SAID, about=uuid4(), now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Entry.objects.get().kind == "test.said"


def test_without_the_triggers_the_record_could_be_changed() -> None:
    """The negative control: it is the trigger that refuses, nothing else."""
    services.record(SAID, about=uuid4(), now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("alter table thread_entry disable trigger entry_is_append_only")
        cursor.execute("update thread_entry set kind = 'other'")
    assert Entry.objects.get().kind == "other"


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        services.record(SAID, about=uuid4(), now=NOW)


def test_held_entries_are_appended_by_week_in_an_order_that_is_not_theirs() -> None:
    said = [uuid4() for _ in range(30)]
    for each in said:
        services.hold(SAID, about=each, now=NOW)
    assert not Entry.objects.exists()
    assert services.append_held(now=NOW) == 30
    appended = list(Entry.objects.order_by("seq").values_list("about", flat=True))
    assert sorted(appended) == sorted(said)
    assert appended != said
    assert set(Entry.objects.values_list("week_or_day", flat=True)) == {"2026-W11"}
    assert not HeldEntry.objects.exists()


def test_a_kind_cannot_be_declared_twice_in_two_ways() -> None:
    with pytest.raises(ValueError, match="declared twice"):
        events.Event("test.said", "Another sentence.")


@pytest.mark.parametrize("body", [b"", b"[]", b"\xff", b'{"type": ["x"], "about": 7}', b"{"])
def test_a_body_that_cannot_be_read_is_named_and_stops_nothing(body: bytes) -> None:
    for _each in range(3):
        services.record(SAID, about=uuid4(), now=NOW)
    services.publish_head(now=NOW)
    assert verify().is_whole
    with connection.cursor() as cursor:
        cursor.execute("alter table thread_entry disable trigger entry_is_append_only")
        cursor.execute(
            "update thread_entry set body = %s, leaf = %s where seq = 1", [body, leaf_hash(body)]
        )
    assert [fault.code for fault in verify().faults] == ["altered", "head", "moved"]


@pytest.mark.parametrize(
    "column", ["kind = 'x'", "about = gen_random_uuid()", "project = about", "week_or_day = 'x'"]
)
def test_each_column_beside_the_body_is_held_to_it(column: str) -> None:
    services.record(SAID, about=uuid4(), now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("alter table thread_entry disable trigger entry_is_append_only")
        cursor.execute(f"update thread_entry set {column}")  # noqa: S608  of this list
    assert [fault.code for fault in verify().faults] == ["altered"]
