"""What a restore takes and refuses before it touches a database; the rest: tests/resilience."""

from datetime import UTC, datetime
from io import BytesIO

import pytest

from goldenthread.config import backups, restoring, vault
from goldenthread.config.problems import Problem
from goldenthread.config.restoring import Source

NOW = datetime(2026, 3, 2, 2, 50, tzinfo=UTC)
UNKNOWN = (
    "pg_restore: while INITIALIZING:\n"
    "pg_restore: error: could not execute query: ERROR:  unrecognized configuration parameter "
    '"transaction_timeout"\n'
    "Command was: SET transaction_timeout = 0;\n"
)
IGNORED = "pg_restore: warning: errors ignored on restore: {}\n"
OTHER = 'pg_restore: error: could not execute query: ERROR:  relation "a" does not exist\n'


@pytest.fixture
def old(tmp_path):
    """What was saved of an old machine: a backup, its key, the keys."""
    folder = tmp_path / "old"
    key = vault.new_key(folder / "backup-keys", now=NOW)
    (folder / "keys.json").write_text("{}")
    with (folder / "a.backup").open("wb") as target:
        vault.lock(BytesIO(b"tables"), target, key)
    return folder


def restore(old, data, *records):
    source = Source(backup=old / "a.backup", keys=old, records=records)
    return restoring.restore(source, data)


def test_a_record_may_be_a_file_or_a_folder(old, tmp_path):
    (old / "whole.record").touch()
    full = tmp_path / "full"
    full.mkdir()
    (full / "something").touch()
    for copy in (old / "whole.record", old):
        with pytest.raises(Problem, match="is not empty"):  # the next thing it looks at
            restore(old, full, copy)
    with pytest.raises(Problem, match="There is no copy of the record"):
        restore(old, full, old / "nowhere.record")


def test_a_key_that_is_damaged_is_told_from_one_that_is_gone(old, tmp_path):
    (key,) = (old / "backup-keys").iterdir()
    key.write_text("")
    with pytest.raises(Problem, match="cannot be read"):
        restore(old, tmp_path / "new", old)
    key.unlink()
    with pytest.raises(Problem, match="destroyed after 35 days"):
        restore(old, tmp_path / "new", old)


def test_what_several_machines_share_gets_the_keys_of_the_backups(old, tmp_path, monkeypatch):
    for name in ("GOLDENTHREAD_DATA", "GOLDENTHREAD_KEYS"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("GOLDENTHREAD_SHARED", str(tmp_path / "shared"))
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    (tmp_path / "shared" / "erased").mkdir(parents=True)
    with pytest.raises(Problem, match="The database cannot be reached"):
        restore(old, tmp_path / "new", old)
    keys = {path.name for path in (old / "backup-keys").iterdir()}
    assert {path.name for path in (tmp_path / "shared" / "backup-keys").iterdir()} == keys
    assert (tmp_path / "new" / "backup-keys").is_symlink()


@pytest.mark.parametrize(
    ("said", "code", "fault"),
    [
        (UNKNOWN + IGNORED.format(1), 1, None),  # PostgreSQL 16 knows no transaction_timeout
        (UNKNOWN + OTHER + IGNORED.format(2), 1, "relation"),
        (UNKNOWN + IGNORED.format(11), 1, "ignored on restore: 11"),
        (UNKNOWN, -9, "signal 9"),
        (UNKNOWN + IGNORED.format(1), -9, "signal 9"),
        ("", 1, "no reason"),
    ],
)
def test_only_what_an_older_server_does_not_know_is_passed_over(said, code, fault):
    reasons = backups.reasons(BytesIO(said.encode()))
    if fault is None:
        restoring.refuse_faults(reasons, code=code)
        return
    with pytest.raises(Problem, match=fault):
        restoring.refuse_faults(reasons, code=code)
