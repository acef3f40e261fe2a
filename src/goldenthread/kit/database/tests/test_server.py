import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from goldenthread.kit.database import MAJOR, DatabaseProblem, FolderInUse, Server, Watchdog
from goldenthread.kit.database.places import socket_folder


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path / "data")
    yield server
    server.stop()
    if server.files.parent != server.folder:  # for root they live elsewhere
        shutil.rmtree(server.files.parent)


def ask(server, query):
    with psycopg.connect(server.url) as connection:
        return connection.execute(query).fetchone()


def test_it_is_the_version_we_promise_with_checksums_and_sync(server):
    server.start()
    assert ask(server, "SHOW data_checksums") == ("on",)
    assert ask(server, "SHOW fsync") == ("on",)
    assert ask(server, "SHOW listen_addresses") == ("",)
    assert int(ask(server, "SHOW server_version_num")[0]) // 10000 == MAJOR


def test_words_of_a_failing_statement_stay_out_of_its_log(server):
    server.start()
    with psycopg.connect(server.url) as connection, pytest.raises(psycopg.Error):
        connection.execute("SELECT 'canary'::uuid")
    server.stop()
    assert "ready to accept" in server.log.read_text()
    assert "canary" not in server.log.read_text()


def test_a_second_server_on_the_folder_is_refused_and_a_restart_keeps_all(server):
    server.start()
    with psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE kept (word text)")
    with pytest.raises(FolderInUse, match="already running"):
        Server(server.folder).start()
    assert ask(server, "SELECT count(*) FROM kept") == (0,)
    server.stop()
    again = Server(server.folder)
    again.start()
    assert ask(again, "SELECT count(*) FROM kept") == (0,)
    again.stop()


def test_a_note_of_a_process_that_is_another_now_does_not_hinder(server):
    server.start()
    server.stop()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        note = server.files / "postmaster.pid"
        note.write_text(f"{other.pid}\n{server.files}\n")
        lock = server.socket / ".s.PGSQL.5432.lock"
        lock.write_text(f"{other.pid}\n{server.files}\n")
        server.start()
        assert other.poll() is None
    assert ask(server, "SELECT 1") == (1,)


def test_a_server_left_behind_by_a_kill_is_stopped_first(server):
    start = f"""
from pathlib import Path
from goldenthread.kit.database import Server
import os, signal
Server(Path({str(server.folder)!r})).start()
os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", start], check=False)
    orphan = int((server.files / "postmaster.pid").read_text().splitlines()[0])
    server.start()
    assert ask(server, "SELECT 1") == (1,)
    assert not alive(orphan)


def test_files_of_another_version_are_refused(tmp_path):
    (tmp_path / "postgresql-17").mkdir()
    server = Server(tmp_path)
    with pytest.raises(DatabaseProblem, match="holds postgresql-17"):
        server.start()
    assert not server.alive()


def test_a_throwaway_server_leaves_nothing():
    server = Server.temporary()
    server.start()
    assert ask(server, "SHOW fsync") == ("off",)
    server.stop()
    assert not server.folder.exists()
    assert not server.files.parent.exists()


def test_only_its_owner_reaches_the_socket(server):
    server.start()
    assert server.socket.stat().st_mode & 0o077 == 0
    assert server.files.stat().st_mode & 0o077 == 0


def test_a_long_path_has_its_socket_in_a_short_one_that_others_find(tmp_path):
    far = tmp_path / ("long " * 20)
    far.mkdir()
    socket = socket_folder(far)
    assert len(str(socket)) < 60
    assert socket_folder(far) == socket
    socket.rmdir()  # as a restart of the machine does
    again = socket_folder(far)
    assert again.is_dir()
    again.rmdir()


def test_the_watchdog_stops_and_sweeps_after_a_kill(tmp_path):
    swept = tmp_path / "swept"
    swept.mkdir()
    start = f"""
from pathlib import Path
from goldenthread.kit.database import Watchdog
import os, signal, subprocess, sys
watchdog = Watchdog()
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
watchdog.watch(child.pid)
watchdog.sweep(Path({str(swept)!r}))
print(child.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    told = subprocess.run([sys.executable, "-c", start], capture_output=True, check=False)
    child = int(told.stdout)
    deadline = time.monotonic() + 10
    while (swept.exists() or alive(child)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not swept.exists()
    assert not alive(child)


def alive(pid):
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False


def test_a_watchdog_that_is_closed_leaves_what_it_forgot_alone():
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        with Watchdog() as watchdog:
            watchdog.watch(child.pid, stop_with=signal.SIGKILL)
        os.kill(child.pid, 0)
        assert child.poll() is None
