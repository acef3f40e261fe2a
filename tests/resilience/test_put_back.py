"""A backup put back in place of the tables it was made of, as an upgrade that failed does it."""

import json

import pytest
from tests.resilience.house import clear, goldenthread

from goldenthread.config.installation import Installation

pytestmark = pytest.mark.submission
ADD = ("organisation", "add", "--kind", "charity", "--administrator", "ada@northmoor.example")


def told(data, *given):
    done = goldenthread(data, *given)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_a_backup_is_put_back_and_nothing_else_is_touched(tmp_path):
    data = tmp_path / "data"
    told(data, "prepare")
    told(data, *ADD, "--name", "Northmoor", "--address", "northmoor")
    told(data, "backup", "--to", tmp_path / "backups")
    (backup,) = (tmp_path / "backups").iterdir()
    before = json.loads(told(data, "state"))
    assert (before["waiting"], before["unknown"], before["organisations"]) == ([], [], 1)

    told(data, *ADD, "--name", "Fenland", "--address", "fenland")
    after = json.loads(told(data, "state"))
    assert after["organisations"] == 2
    assert after["written"] > before["written"]  # what somebody writes is noticed
    keys = (data / "keys.json").read_bytes()

    damaged = tmp_path / "damaged.backup"
    damaged.write_bytes(backup.read_bytes()[:-100])
    refused = goldenthread(data, "restore", damaged, "--over")
    assert "damaged or cut short" in refused.stderr  # found before anything was dropped
    served = Installation(data).lock().acquire()
    refused = goldenthread(data, "restore", backup, "--over")
    assert "already running" in refused.stderr
    served.release()
    assert json.loads(told(data, "state"))["organisations"] == 2

    assert "of the record match" in told(data, "restore", backup, "--over")
    assert json.loads(told(data, "state"))["organisations"] == 1
    assert (data / "keys.json").read_bytes() == keys
    assert not (data / "restoring").exists()
    clear(data)
