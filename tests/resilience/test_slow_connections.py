"""R12: three hundred senders who never finish take nobody's place."""

import socket
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

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
