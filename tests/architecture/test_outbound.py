"""R26: nothing is fetched from elsewhere: the only way out is the mail server."""

import ast
import socket

import pytest
from pytest_socket import SocketConnectBlockedError
from tests.architecture import house

OUTWARD = {
    "aiohttp", "asyncio.open_connection", "ftplib", "http.client", "httpx", "imaplib", "poplib",
    "requests", "smtplib", "socket", "socketserver", "ssl", "telnetlib", "urllib.request",
    "urllib3", "websockets", "xmlrpc",
}  # fmt: skip
ALLOWED = {
    # Asks its own first page whether it answers, and whether its port is free.
    "config/supervisor.py": {"socket", "urllib.request"},
    # The name of the machine.
    "config/worker.py": {"socket"},
    # For `doctor`: signs in to the mail server, and knocks at our own address.
    "config/outside.py": {"smtplib", "socket", "ssl"},
    # Runs elsewhere, with the keepers of the record: here it is handed out as a file.
    "thread/outside/witness.py": {"urllib.request"},
}


def ways_out(source: str) -> set[str]:
    """Modules that open connections, as a source imports them."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        found |= {way for way in OUTWARD for name in names if f"{name}.".startswith(f"{way}.")}
    return found


def test_nothing_but_mail_goes_out():
    found = {
        str(path.relative_to(house.SOURCE)): ways
        for path in house.own_python_files()
        if (ways := ways_out(path.read_text()))
    }
    strange = {name: ways - ALLOWED.get(name, set()) for name, ways in found.items()}
    assert {name: ways for name, ways in strange.items() if ways} == {}


@pytest.mark.parametrize(
    ("source", "way"),
    [
        ("import requests", "requests"),
        ("from urllib.request import urlopen", "urllib.request"),
        ("from urllib import request", "urllib.request"),
        ("import http.client as h", "http.client"),
        ("def f():\n    import httpx", "httpx"),
    ],
)
def test_a_way_out_is_caught(source, way):
    assert ways_out(source) == {way}
    assert ways_out("from urllib.parse import urlsplit") == set()


def test_the_tests_themselves_reach_nobody():
    """Were a page to fetch something, this is what it would run into."""
    with socket.socket() as line, pytest.raises((SocketConnectBlockedError, UserWarning)):
        line.connect(("192.0.2.1", 80))
