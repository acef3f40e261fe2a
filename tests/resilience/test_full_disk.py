"""R3: on a full disk an honest page holds the words, and all works when there is room again."""

import os
import secrets
import shutil
import subprocess

import psycopg
import pytest
from tests.resilience.door import Door
from tests.resilience.house import House, clear, wait_until
from tests.resilience.test_outage import send
from tests.resilience.visitors import forms_of

from goldenthread.kit.database import places

pytestmark = [pytest.mark.submission, pytest.mark.xdist_group("lived-in")]
FULL = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER no_room BEFORE INSERT ON reading_words EXECUTE FUNCTION no_room();
"""


class SmallDisk:
    """A file system of its own, with little room: only root can have one."""

    def __init__(self, lived_in, data):
        self.place = places.SHARED / f"small-{secrets.token_hex(4)}"
        self.place.mkdir()
        size = ["-o", "size=160m,mode=0711", "tmpfs", self.place]
        subprocess.run(["mount", "-t", "tmpfs", *size], check=True)
        self.files = self.place / "postgresql-18"
        subprocess.run(["cp", "-a", lived_in.database_files(), self.files], check=True)
        shutil.chown(self.place, places.UNPRIVILEGED)
        (data / "postgresql-18").unlink()
        (data / "postgresql-18").symlink_to(self.files)

    def fill(self, _door):
        with (self.place / "filler").open("wb", buffering=0) as file:
            for size in (1024 * 1024, 4096):
                try:
                    while file.write(b"x" * size) == size:
                        pass
                except OSError:
                    continue

    def make_room(self, _door):
        (self.place / "filler").unlink()

    def clear(self, data):
        shutil.rmtree(data)
        subprocess.run(["umount", "--lazy", self.place], check=True)
        self.place.rmdir()


class PretendedDisk:
    """For those who are not root: the database says what it says on a full disk."""

    def __init__(self, lived_in, data):
        del lived_in, data

    def fill(self, door):
        with psycopg.connect(door.server.url) as connection:
            connection.execute(FULL)

    def make_room(self, door):
        with psycopg.connect(door.server.url) as connection:
            connection.execute("DROP FUNCTION no_room CASCADE")

    def clear(self, data):
        clear(data)


def test_on_a_full_disk_the_words_stay_in_the_page(lived_in, tmp_path):
    fill_up(lived_in, tmp_path)


@pytest.mark.weekly  # a control: it fails when the check is blind
def test_control_a_page_that_loses_the_words_is_caught(lived_in, tmp_path):
    with pytest.raises(AssertionError):
        fill_up(lived_in, tmp_path, front="tests.resilience.forgetful:front")


def fill_up(lived_in, tmp_path, **how):
    """Send until the disk is full, make room, send again: nothing that was said is missing."""
    path, keys = forms_of(lived_in, 600)
    lived_in.stop()
    data = tmp_path / "data"
    shutil.copytree(lived_in.data, data, symlinks=True)
    disk = (SmallDisk if os.geteuid() == 0 else PretendedDisk)(lived_in, data)
    door = Door(House(data), **how)
    try:
        door.open()
        disk.fill(door)
        said, text, key = send_until_refused(door, path, keys)
        disk.make_room(door)
        if not door.server.alive():  # the supervisor does this
            door.server.stop()
            door.server.start()
        wait_until(lambda: send(door.port, path, text, key)[0] == 302, within=30)
        there = {found for (found,) in door.rows("SELECT text FROM reading_words")}
        assert {*said, text} - there == set()
    finally:
        door.close()
        disk.clear(data)


def send_until_refused(door, path, keys):
    """Send until three were refused: what was acknowledged, and the last that was not."""
    said, refused = [], 0
    for number, key in enumerate(keys):
        text = f"full {number:03}" + " words" * 600
        status, body, took = send(door.port, path, text, key)
        if status == 302:
            said.append(text)
            continue
        assert status == 503
        assert took < 5
        assert text in body
        refused += 1
        if refused == 3:
            return said, text, key
    raise AssertionError("the disk never filled up")
