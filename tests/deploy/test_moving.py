"""An upgrade that goes wrong, in whatever way, leaves an open door or says how to open it."""

import os
import signal
import subprocess

import pytest

from tests.resilience.house import wait_until

pytestmark = pytest.mark.submission
SHUT = "The door is shut: run deploy/rollback."


@pytest.mark.parametrize("kind", ["well", "grown"])
def test_a_version_that_is_well_is_taken_and_given_back(small, kind):
    well = small.version(kind)
    assert "is running" in small.told("upgrade", kind)
    assert (small.running(), small.is_shut()) == (well, False)
    assert "is running again" in small.told("rollback")
    assert (small.running(), small.is_shut()) == (small.first, False)
    assert "no version to go back to" in small.told("rollback", code=2)


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("dead", "no background work is done"),  # though the old worker beat until the last moment
        ("grown-dead", "Putting the tables back"),
        ("bare", "The system refused: [Errno 2]"),
    ],
)
def test_what_is_not_well_is_left_again(small, kind, said):
    small.version(kind)
    told = small.told("upgrade", kind, code=1)
    assert said in told
    assert (small.running(), small.is_shut()) == (small.first, False)
    assert not (small.home / "moving.json").exists()
    assert (small.root / "var/lib/goldenthread/restored").exists() == ("grown" in kind)


def test_who_loses_their_line_finds_the_upgrade_done(small):
    late = small.version("late")
    act = small.begin("upgrade", "late", stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    wait_until(small.is_shut)
    act.stdout.close()  # nobody reads what it says
    act.send_signal(signal.SIGHUP)
    assert act.wait(60) == 0
    assert (small.running(), small.is_shut()) == (late, False)


def test_who_stops_it_finds_the_version_before(small):
    small.version("mute")
    act = small.begin("upgrade", "mute", stdout=subprocess.PIPE)
    wait_until(small.is_shut)
    act.send_signal(signal.SIGINT)
    said, _ = act.communicate(timeout=60)
    assert act.returncode == 1, said
    assert (small.running(), small.is_shut()) == (small.first, False)


def test_what_was_killed_says_that_the_door_is_shut_and_how_it_opens(small):
    small.version("mute")
    act = small.begin("upgrade", "mute", stdout=subprocess.DEVNULL)
    wait_until((small.root / "var/log/goldenthread-trial.log").exists)
    os.killpg(act.pid, signal.SIGKILL)
    act.wait()
    assert small.is_shut()
    assert SHUT in small.told("upgrade", "first", code=2)
    assert "is running as before" in small.told("rollback")
    assert (small.running(), small.is_shut()) == (small.first, False)
    assert SHUT not in small.told("rollback", code=2)
