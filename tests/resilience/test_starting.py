"""Starting and stopping, twice, killed, and where something stands in the way."""

import os
import signal
import socket
import subprocess
import sys

import psycopg
import pytest
from tests.resilience.house import ROOT, free_port, own_environment, try_to_start, wait_until

from goldenthread.config.problems import Problem
from goldenthread.config.supervisor import check_space
from goldenthread.kit.database import Server

pytestmark = pytest.mark.xdist_group("house")


def one_sentence(told):
    """The refusal, which must be alone on its line and say what to do or what is wrong."""
    assert told.returncode == 2, told.stdout + told.stderr
    (line,) = told.stderr.strip().splitlines()
    assert "Traceback" not in told.stdout
    return line


def test_it_serves_refuses_a_second_start_and_stops_cleanly(house):
    assert house.page() == 200

    second = try_to_start(house.data, free_port())
    assert "already running" in one_sentence(second)
    assert house.page() == 200

    third = try_to_start(house.data.with_name("other"), house.port)
    assert f"Port {house.port} is taken" in one_sentence(third)

    elsewhere = try_to_start(house.data.with_name("other"), free_port(), "--host", "192.0.2.1")
    assert "cannot listen on 192.0.2.1" in one_sentence(elsewhere)

    assert house.stop(signal.SIGINT) == 0
    assert house.processes() == {}
    assert house.words().rstrip().endswith("Stopped.")


def test_what_was_written_outlives_the_kill_of_every_process(house):
    url = Server(house.data).url
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('still here')")
    keys = (house.data / "keys.json").read_bytes()

    for pid in house.processes():
        os.kill(pid, signal.SIGKILL)
    house.process.wait()

    house.start()
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT word FROM kept").fetchone() == ("still here",)
    assert (house.data / "keys.json").read_bytes() == keys
    assert house.page() == 200


def test_a_killed_supervisor_takes_everything_down_with_it(house):
    house.stop(signal.SIGKILL)
    wait_until(lambda: house.processes() == {})
    house.start()
    assert house.page() == 200


def test_without_its_watchdog_the_next_start_clears_up(house):
    supervisor = house.process.pid
    os.kill(min(house.pids_of("watchdog.py")), signal.SIGKILL)
    os.kill(supervisor, signal.SIGKILL)
    house.process.wait()
    assert house.processes() != {}

    house.start()
    assert house.page() == 200


@pytest.mark.parametrize("part", ["granian", "goldenthread worker", "-D "])
def test_what_dies_is_started_again(house, part):
    before = house.pids_of(part)
    os.kill(min(before), signal.SIGKILL)
    wait_until(lambda: not before & house.pids_of(part))
    wait_until(lambda: house.page(timeout=1) == 200)


def test_a_database_that_cannot_be_reached_is_named(tmp_path):
    nowhere = f"postgresql://someone:secret@127.0.0.1:{free_port()}/thread"
    told = try_to_start(tmp_path, free_port(), DATABASE_URL=nowhere)
    line = one_sentence(told)
    assert "database cannot be reached" in line
    assert "secret" not in line


def test_an_address_that_is_none_is_named(tmp_path):
    told = try_to_start(tmp_path, free_port(), DATABASE_URL="mysql://somewhere/thread")
    assert "not an address of a PostgreSQL database" in one_sentence(told)


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    told = try_to_start(blocked / "data", free_port())
    assert str(blocked) in one_sentence(told)


def test_a_full_disk_is_named(tmp_path):
    with pytest.raises(Problem, match="The disk is full"):
        check_space(tmp_path, needed=2**62)
    check_space(tmp_path, needed=1)


@pytest.mark.parametrize("script", ["run", "test"])
def test_a_python_too_old_is_named(script):
    pretend = f"import sys; sys.version_info = (3, 9, 2); exec(open({script!r}).read())"
    told = subprocess.run(
        [sys.executable, "-c", pretend],
        cwd=ROOT,
        env=own_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert "needs Python 3.11 or newer; this is 3.9" in one_sentence(told)


def test_a_port_is_held_by_no_one_after_a_refusal(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert "is taken" in one_sentence(try_to_start(tmp_path, port))
    assert not (tmp_path / "postgresql-18").exists()
