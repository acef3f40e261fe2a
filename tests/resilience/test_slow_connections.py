"""R12: three hundred senders who never finish take nobody's place."""

import socket
import threading
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress

import pytest

HEADER = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-"
BODY = (
    b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 5000\r\n\r\nwords=half"
)


pytestmark = pytest.mark.xdist_group("house")


@pytest.mark.parametrize("begun", [HEADER, BODY], ids=["header", "body"])
def test_eight_of_eight_are_served_within_a_second(house, begun):
    house.page()
    with ExitStack() as open_connections, ThreadPoolExecutor(8) as people:
        for _ in range(300):
            slow = socket.create_connection(("127.0.0.1", house.port))
            open_connections.enter_context(slow)
            slow.sendall(begun)
        time.sleep(0.5)
        answers = list(people.map(lambda _: timed(house), range(8)))
    assert [status for status, _ in answers] == [200] * 8
    assert max(seconds for _, seconds in answers) < 1


def timed(house):
    began = time.monotonic()
    return house.page(), time.monotonic() - began


@pytest.mark.parametrize("host", ["evil.example", "localhost,localhost", "", "localhost:x"])
def test_a_strange_host_is_refused(house, host):
    with socket.create_connection(("127.0.0.1", house.port)) as connection:
        asked = f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        connection.sendall(asked.encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 400")


def test_two_hosts_and_an_absolute_address_are_refused(house):
    for asked in (
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", house.port)) as connection:
            connection.sendall(asked)
            assert connection.recv(100).startswith(b"HTTP/1.1 400")


class FewPlaces:
    """A server as they were: one of four threads to each connection, however slow."""

    def __enter__(self):
        self.listening = socket.create_server(("127.0.0.1", 0), backlog=400)
        self.port = self.listening.getsockname()[1]
        self.threads = ThreadPoolExecutor(4)
        self.lines = []
        threading.Thread(target=self.take, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.listening.close()
        self.threads.shutdown(cancel_futures=True)
        for line in self.lines:
            line.close()

    def take(self):
        with suppress(OSError):
            while True:
                self.lines.append(self.listening.accept()[0])
                self.threads.submit(self.answer, self.lines[-1])

    def answer(self, line):
        with line, suppress(OSError):
            line.settimeout(3)
            asked = b""
            while not asked.endswith(b"\r\n\r\n"):
                part = line.recv(1000)
                if not part:
                    return
                asked += part
            line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    def page(self):
        with suppress(OSError):
            address = f"http://127.0.0.1:{self.port}/"
            with urllib.request.urlopen(address, timeout=1.5) as page:
                return page.status
        return 0


def test_a_server_that_gives_slow_senders_its_threads_is_caught():
    with FewPlaces() as few, ExitStack() as open_connections, ThreadPoolExecutor(8) as people:
        assert few.page() == 200
        for _ in range(60):
            slow = socket.create_connection(("127.0.0.1", few.port))
            open_connections.enter_context(slow)
            slow.sendall(HEADER)
        assert 0 in people.map(lambda _: few.page(), range(8))
