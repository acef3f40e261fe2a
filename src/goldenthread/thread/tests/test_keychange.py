"""A new key takes the place of an old one only if both have signed that."""

import base64
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from goldenthread.config.cli import parser
from goldenthread.kit import clock, keyfile
from goldenthread.kit.refusals import Refusal
from goldenthread.thread import events, services
from goldenthread.thread.keys import change_facts, private_key, public_key
from goldenthread.thread.models import Entry, SignedHead
from goldenthread.thread.outside import witness as outside
from goldenthread.thread.tests.test_witness import Here, look
from goldenthread.thread.verifying import verify

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
TURNED = events.Event("test.turned", "A key was turned.")

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(settings, tmp_path):
    """A keys file with the key of this test in it."""
    path = tmp_path / "keys.json"
    record = base64.b64encode(private_key().private_bytes_raw()).decode()
    keyfile.write(path, {"record": record, "pepper": "kept"})
    return path


def start_again(file, settings) -> None:
    settings.RECORD_KEY = base64.b64decode(keyfile.read(file)["record"])


def done() -> None:
    services.record(TURNED, about=uuid4(), now=NOW)
    services.publish_head(now=NOW)


def faults() -> set[str]:
    return {fault.code for fault in verify().faults}


def test_old_heads_still_verify_after_a_change_and_new_ones_with_the_new_key(file, settings):
    done()
    old = public_key()
    new = services.change_key(file=file, now=NOW)
    assert keyfile.read(file).keys() == {"record", "pepper"}
    with pytest.raises(Refusal, match="start the program again"):
        services.publish_head(now=NOW)
    start_again(file, settings)
    assert public_key() == new != old
    done()
    assert SignedHead.objects.count() == 2
    assert faults() == set()


def test_it_goes_on_where_it_stopped(file, settings):
    done()
    next_key = base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()
    keyfile.write(file, {**keyfile.read(file), "record_next": next_key})
    services.change_key(file=file, now=NOW)
    assert keyfile.read(file)["record"] == next_key
    keyfile.write(file, {**keyfile.read(file), "record_next": next_key})
    services.change_key(file=file, now=NOW)
    assert Entry.objects.filter(kind="record.key-changed").count() == 1


def test_a_witness_follows_a_change_that_both_keys_signed(file, settings, tmp_path):
    done()
    look(tmp_path / "kept")
    services.change_key(file=file, now=NOW)
    start_again(file, settings)
    done()
    assert "All 3 entries" in look(tmp_path / "kept")
    done()
    assert "All 4 entries" in look(tmp_path / "kept")


def test_a_change_that_the_old_key_has_not_signed_is_refused_by_all(file, settings, tmp_path):
    done()
    look(tmp_path / "kept")
    thief, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    facts = change_facts(private_key(), thief)
    forged = change_facts(other, thief)
    facts |= {name: forged[name] for name in ("old_signs_1", "old_signs_2")}
    services.record(events.KEY_CHANGED, about=uuid4(), facts=facts, now=NOW)
    settings.RECORD_KEY = thief.private_bytes_raw()
    services.publish_head(now=NOW)
    assert faults() == {"key"}
    with clock.frozen(NOW), pytest.raises(outside.Wrong, match="the old key has not signed"):
        outside.keep(Here(), tmp_path / "kept", "", "")


def test_another_key_without_any_change_is_found(settings):
    done()
    settings.RECORD_KEY = Ed25519PrivateKey.generate().private_bytes_raw()
    assert faults() == {"signature"}


def test_the_command_changes_the_key(file, settings, monkeypatch, capsys):
    done()
    monkeypatch.setenv("GOLDENTHREAD_KEYS", str(file))
    options = parser().parse_args(["record", "key", "change"])
    assert options.act(options) == 0
    start_again(file, settings)
    assert str(public_key()) in capsys.readouterr().out
