import ctypes
import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection

from goldenthread.config import housing

NOW = datetime.now(UTC)
STA_UNSYNC = 0x0040


def said(check):
    finding = check(NOW)
    return finding.well, finding.sentence


def free(monkeypatch, gigabytes):
    usage = SimpleNamespace(free=int(gigabytes * housing.GIGABYTE))
    monkeypatch.setattr(housing.shutil, "disk_usage", lambda _path: usage)


def note_backup(folder, *, size=1, at=NOW):
    made = {"file": "x", "size": size, "at": at.isoformat()}
    (folder / "last-backup.json").write_text(json.dumps(made))


def test_a_disk_that_fills_up_is_found(settings, tmp_path, monkeypatch):
    settings.DATA = tmp_path
    free(monkeypatch, 2)
    assert said(housing.disk) == (True, "2.0 GB of disk are free.")
    free(monkeypatch, 0.5)
    assert said(housing.disk) == (False, "0.5 GB of disk are free.")


def test_room_for_backups_is_asked_for_by_their_size(settings, tmp_path, monkeypatch):
    settings.DATA, settings.BACKUPS = tmp_path, tmp_path / "not" / "yet"
    free(monkeypatch, 2)
    assert said(housing.backup_disk)[0]
    note_backup(tmp_path, size=housing.GIGABYTE)
    well, sentence = said(housing.backup_disk)
    assert not well
    assert "only 2.0 GB are free, 3.0 GB are needed" in sentence


def test_backups_that_are_switched_off_are_found(settings):
    settings.BACKUPS = None
    settings.DEV = False
    assert not said(housing.backup_disk)[0]
    settings.DEV = True
    assert said(housing.backup_disk)[0]


@pytest.mark.django_db
def test_a_clock_that_is_wrong_is_found(settings, tmp_path, monkeypatch):
    settings.DATA = tmp_path
    monkeypatch.setattr(housing, "nobody_sets_it", lambda: False)
    assert said(housing.clock_right) == (True, "The clock is right.")
    note_backup(tmp_path, at=NOW + timedelta(hours=1))
    assert said(housing.clock_right)[1].endswith("the clock went back.")
    note_backup(tmp_path)
    monkeypatch.setattr(housing, "nobody_sets_it", lambda: True)
    assert "Nobody sets the clock" in said(housing.clock_right)[1]
    with connection.cursor() as cursor:  # a database an hour ahead
        cursor.execute("CREATE SCHEMA ahead")
        cursor.execute(
            "CREATE FUNCTION ahead.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS "
            "$$ SELECT pg_catalog.clock_timestamp() + interval '1 hour' $$"
        )
        cursor.execute("SET LOCAL search_path = ahead, pg_catalog, public")
    assert "and that of the database differ by" in said(housing.clock_right)[1]


class Timex(ctypes.Structure):
    """What adjtimex(2) fills in, as far as it is read here."""

    _fields_ = [
        ("modes", ctypes.c_uint),
        *((name, ctypes.c_long) for name in ("offset", "freq", "maxerror", "esterror")),
        ("status", ctypes.c_int),
        ("others", ctypes.c_long * 32),
    ]


def test_what_the_kernel_says_of_its_clock_is_read():
    told = Timex()
    assert ctypes.CDLL(None).adjtimex(ctypes.byref(told)) >= 0
    assert housing.nobody_sets_it() == bool(told.status & STA_UNSYNC)


def test_a_version_that_was_not_tested_is_found(tmp_path, monkeypatch):
    assert said(housing.installed)[0]
    (tmp_path / "requirements").mkdir()
    pinned = tmp_path / "requirements" / "run.txt"
    pinned.write_text("django==1.0 \\\n    --hash=sha256:00\nnot-of-this-system==1.0\n")
    monkeypatch.setattr(housing, "ROOT", tmp_path)
    well, sentence = said(housing.installed)
    assert not well
    assert "which was not tested with this version" in sentence
    pinned.unlink()
    assert said(housing.installed)[0]


def test_the_commit_is_told_where_it_was_noted(tmp_path, monkeypatch):
    monkeypatch.setattr(housing, "ROOT", tmp_path)
    assert said(housing.versions)[0]
    (tmp_path / "COMMIT").write_text("0123456789abcdef\n")
    assert "(0123456789ab)" in said(housing.versions)[1]
