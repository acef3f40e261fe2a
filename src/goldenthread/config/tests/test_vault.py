"""A backup opens with its own key, whole, and not at all once the key is destroyed."""

import os
import resource
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest

from goldenthread.config import backups, vault
from goldenthread.config.problems import Problem

NOW = datetime(2026, 3, 2, 2, 50, tzinfo=UTC)


@pytest.fixture
def key(tmp_path):
    return vault.new_key(tmp_path / "backup-keys", now=NOW)


def locked(plain, key):
    target = BytesIO()
    vault.lock(BytesIO(plain), target, key)
    return target.getvalue()


def opened(raw, key):
    source = BytesIO(raw)
    vault.name_of_key(source)
    return b"".join(vault.unlock(source, key))


@pytest.mark.parametrize("size", [0, 1, vault.PIECE, vault.PIECE + 1, 3 * vault.PIECE])
def test_what_was_locked_opens_again(key, size):
    plain = b"x" * size
    raw = locked(plain, key)
    assert opened(raw, key) == plain
    assert b"x" * 16 not in raw


def test_a_key_is_its_owners_alone_and_each_file_has_its_own(tmp_path, key):
    other = vault.new_key(tmp_path / "backup-keys", now=NOW)
    assert (tmp_path / "backup-keys" / f"{key.name}.key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "backup-keys").stat().st_mode & 0o777 == 0o700
    assert key.secret != other.secret
    assert set(vault.keys_in(tmp_path / "backup-keys")) == {key, other}
    with pytest.raises(Problem, match="not its key"):
        opened(locked(b"words", key), other)


def spoiled(raw):
    yield raw[:-1]
    yield raw[: len(raw) - vault.PIECE // 2]
    yield raw + b"x"
    yield raw[:-9] + bytes([raw[-9] ^ 1]) + raw[-8:]
    head = len(vault.MAGIC) + vault.NAME
    piece = 5 + vault.PIECE + vault.TAG
    first, second = raw[head : head + piece], raw[head + piece : head + 2 * piece]
    yield raw[:head] + second + first + raw[head + 2 * piece :]
    yield raw[: head + piece]
    yield raw[:head]


def test_what_was_changed_cut_or_moved_does_not_open(key):
    raw = locked(b"y" * (2 * vault.PIECE + 5), key)
    for bad in spoiled(raw):
        with pytest.raises(Problem):
            opened(bad, key)


def test_another_file_is_no_backup():
    with pytest.raises(Problem, match="not a backup"):
        vault.name_of_key(BytesIO(b"PGDMP and so on"))


def test_after_35_days_a_backup_opens_no_more(tmp_path, key):
    folder = tmp_path / "backups"
    folder.mkdir()
    path = folder / f"goldenthread-{key.name}{backups.ENDING}"
    path.write_bytes(locked(b"words", key))
    copy = path.read_bytes()  # somewhere out of reach

    early = NOW + timedelta(days=35) - timedelta(seconds=1)
    assert backups.forget_old(tmp_path, folder=folder, now=early) == 0
    assert path.exists()

    assert backups.forget_old(tmp_path, folder=folder, now=NOW + timedelta(days=35)) == 1
    assert not path.exists()
    assert list(vault.keys_in(tmp_path / "backup-keys")) == []
    assert b"words" not in copy


@contextmanager
def full_disk():
    """No file of this process may hold a byte."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_leaves_no_half_key(tmp_path, key):
    with full_disk(), pytest.raises(OSError, match="too large"):
        vault.new_key(tmp_path / "backup-keys", now=NOW)
    assert [path.stem for path in (tmp_path / "backup-keys").iterdir()] == [key.name]


def unreadable(folder, name, content, *, at):
    path = folder / f"{name}.key"
    path.write_bytes(content)
    os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def test_what_cannot_be_read_hinders_nothing_and_goes_when_its_days_are_over(tmp_path, key):
    folder = tmp_path / "backup-keys"
    empty = unreadable(folder, "a" * 16, b"", at=NOW)
    noise = unreadable(folder, "b" * 16, bytes(range(128, 256)), at=NOW + timedelta(days=10))
    assert list(vault.keys_in(folder)) == [key]
    early = NOW + timedelta(days=34)
    assert backups.forget_old(tmp_path, folder=None, now=early) == 0
    assert empty.exists()
    assert backups.forget_old(tmp_path, folder=None, now=NOW + timedelta(days=35)) == 2
    assert [path.name for path in folder.iterdir()] == [noise.name]
    assert backups.forget_old(tmp_path, folder=None, now=NOW + timedelta(days=45)) == 1
    assert list(folder.iterdir()) == []
