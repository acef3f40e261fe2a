"""Several machines have one cache, one folder and the same keys, or none of them starts."""

from types import SimpleNamespace

import psycopg
import pytest
from django.db import connection

from goldenthread.config import prepare, several
from goldenthread.config.installation import Installation
from goldenthread.config.problems import Problem
from goldenthread.kit.caches import ALONE, SHARED, cache_at

VALKEY = {"default": {"BACKEND": SHARED, "LOCATION": "redis://127.0.0.1:1"}}


def machine(**changed):
    given = {"NODES": 2, "CACHES": VALKEY, "SHARED": "/shared", "SECRET_KEY": "s", "PEPPER": b"p"}
    return SimpleNamespace(**(given | changed))


def test_what_goes_together_is_let_through():
    assert several.faults(machine()) == []
    alone = machine(NODES=1, CACHES={"default": {"BACKEND": ALONE}}, SHARED="")
    several.refuse(alone)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("CACHES", {"default": {"BACKEND": ALONE}}, "GOLDENTHREAD_CACHE_URL"),
        ("SHARED", "", "GOLDENTHREAD_SHARED"),
    ],
)
def test_what_would_hold_on_one_machine_alone_stops_the_start(name, value, said):
    with pytest.raises(Problem, match=said):
        several.refuse(machine(**{name: value}))


def test_a_cache_that_does_not_answer_stops_the_start():
    with pytest.raises(Problem, match="does not answer"):
        several.refuse(machine())


def test_a_machine_with_other_keys_is_refused(tmp_path):
    first, other = machine(SHARED=tmp_path), machine(SHARED=tmp_path, PEPPER=b"another")
    several.check_keys(first)
    several.check_keys(first)
    with pytest.raises(Problem, match=r"copy keys\.json"):
        several.check_keys(other)
    assert "another" not in (tmp_path / several.NOTE).read_text()


def test_what_one_machine_writes_the_other_reads(tmp_path, monkeypatch):
    monkeypatch.setenv("GOLDENTHREAD_SHARED", str(tmp_path / "shared"))
    monkeypatch.setenv("GOLDENTHREAD_DATA", "")
    monkeypatch.setenv("GOLDENTHREAD_KEYS", "")
    first, second = Installation(tmp_path / "first"), Installation(tmp_path / "second")
    old = first.data / "answers"
    old.mkdir(parents=True)
    (old / "one.key").write_text("locks")  # from when there was one machine
    for each in (first, first, second):
        each.prepare()
    assert (second.data / "answers" / "one.key").read_text() == "locks"
    (second.data / "last-backup.json").write_text("{}")
    assert (first.data / "last-backup.json").exists()
    assert first.keys.read_bytes() != second.keys.read_bytes()  # which check_keys refuses


def test_two_folders_of_the_same_name_are_not_mixed(tmp_path, monkeypatch):
    monkeypatch.setenv("GOLDENTHREAD_SHARED", str(tmp_path / "shared"))
    for place in ("shared", "first"):
        (tmp_path / place / "erased").mkdir(parents=True)
    with pytest.raises(Problem, match="both exist"):
        Installation(tmp_path / "first").prepare()


def test_an_address_of_valkey_is_one_of_redis():
    assert cache_at("valkeys://:secret@cache:6380/1")["LOCATION"] == "rediss://:secret@cache:6380/1"
    assert cache_at(None)["BACKEND"] == ALONE


@pytest.mark.django_db(transaction=True)
def test_a_machine_waits_while_another_prepares(monkeypatch):
    lock = "SELECT {}(hashtextextended('goldenthread prepare', 0))"
    given = connection.get_connection_params()
    reached = {name: given[name] for name in ("dbname", "user", "host", "port") if name in given}
    waited = []
    with psycopg.connect(**reached, autocommit=True) as other:

        def ask(function):
            return other.execute(lock.format(function)).fetchone()[0]

        ask("pg_advisory_lock")
        monkeypatch.setattr(
            prepare.time, "sleep", lambda _s: waited.append(ask("pg_advisory_unlock"))
        )
        with prepare.one_at_a_time():
            assert waited == [True]
            assert ask("pg_try_advisory_lock") is False
        assert ask("pg_try_advisory_lock") is True
