"""A site that moves to another host keeps its record: heads, keepers, and kept heads fit."""

import base64
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from goldenthread.config.keys import keys_for
from goldenthread.config.prepare import keep_record_name
from goldenthread.kit import keyfile
from goldenthread.kit.refusals import Refusal
from goldenthread.thread import events, services
from goldenthread.thread.keys import origin, private_key
from goldenthread.thread.tests.test_witness import look
from goldenthread.thread.verifying import verify

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
MOVED = events.Event("test.moved", "A site moved.")

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(settings, tmp_path, monkeypatch):
    """A keys file with the key of this test in it, as the program finds it."""
    path = tmp_path / "keys.json"
    record = base64.b64encode(private_key().private_bytes_raw()).decode()
    keyfile.write(path, {"secret_key": "x", "pepper": "", "sealing": [], "record": record})
    monkeypatch.setenv("GOLDENTHREAD_KEYS", str(path))
    settings.SITE_URL = "https://old.example.org"
    return path


def start_at(url, file, settings):
    """What starting again does with the settings."""
    settings.SITE_URL, settings.RECORD_NAME = url, keys_for(str(file)).record_name


def done():
    services.record(MOVED, about=uuid4(), now=NOW)
    return services.publish_head(now=NOW)


def test_old_heads_and_keepers_stay_right_after_a_move(file, settings, tmp_path):
    done()
    look(tmp_path / "kept")
    start_at("https://new.example.org", file, settings)
    assert origin() == "old.example.org"
    done()
    assert verify().is_whole
    assert "All 2 entries continue" in look(tmp_path / "kept")


def test_without_a_kept_name_the_line_would_end(file, settings):
    """The negative control: the name in the keys file is what holds the line."""
    done()
    settings.SITE_URL = "https://new.example.org"
    assert {fault.code for fault in verify().faults} == {"signature"}


def test_a_record_from_before_is_kept_under_the_name_of_its_heads(file, settings):
    done()
    kept = keyfile.read(file)
    del kept["record_name"]
    keyfile.write(file, kept)
    start_at("https://new.example.org", file, settings)
    services.record(MOVED, about=uuid4(), now=NOW)
    with pytest.raises(Refusal, match="start the program again"):
        services.publish_head(now=NOW)
    keep_record_name()
    start_at("https://new.example.org", file, settings)
    services.publish_head(now=NOW)
    assert verify().is_whole


def test_a_new_record_takes_the_host_it_begins_at(file, settings):
    keep_record_name()
    assert "record_name" not in keyfile.read(file)
    start_at("https://new.example.org", file, settings)
    done()
    assert keyfile.read(file)["record_name"] == "new.example.org"
