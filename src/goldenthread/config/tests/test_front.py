import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest

from goldenthread.config import front
from goldenthread.config.front import Front, environ_of


class Sender:
    """What the web server hands over: a body in parts, and a place for the answer."""

    def __init__(self, *parts, pause=0.0):
        self.parts, self.pause = parts, pause
        self.answer = None

    async def __aiter__(self):
        for part in self.parts:
            await asyncio.sleep(self.pause)
            yield part

    def response_bytes(self, status, headers, body):
        self.answer = (status, dict(headers), body)

    def response_str(self, status, headers, body):
        self.answer = (status, dict(headers), body)


class Names:
    def __init__(self, *pairs):
        self.pairs = pairs

    def __contains__(self, name):
        return any(name == each for each, _ in self.pairs)

    def items(self):
        return list(self.pairs)


def asked(*headers, method="POST", path="/speak/"):
    return SimpleNamespace(
        http_version="1.1",
        server="127.0.0.1:8000",
        client="127.0.0.1:5000",
        scheme="http",
        method=method,
        path=path,
        query_string="a=1",
        authority=None,
        headers=Names(*headers),
    )


def echo(environ, start):
    start("200 OK", [("Content-Type", "text/plain")])
    return [environ["wsgi.input"].read(), b"!"]


def answer(application, scope, sender):
    """Answer in a thread of its own: the browser tests keep a loop running in this one."""

    def run():
        asyncio.run(Front(application).__rsgi__(scope, sender))

    with ThreadPoolExecutor(1) as beside:
        beside.submit(run).result()
    return sender.answer


def test_a_body_in_parts_reaches_the_page_whole():
    sender = Sender(b"hel", b"lo")
    assert answer(echo, asked(("content-length", "5")), sender) == (
        200,
        {"content-type": "text/plain"},
        b"hello!",
    )


def test_a_body_that_never_ends_is_let_go(monkeypatch):
    monkeypatch.setattr(front, "BODY_WITHIN", 0.05)
    sender = Sender(*[b"x"] * 100, pause=0.02)
    assert answer(echo, asked(("content-length", "100")), sender)[0] == 408


def test_a_body_too_large_is_refused():
    sender = Sender(*[b"x" * 2**20] * 7)
    assert answer(echo, asked(("transfer-encoding", "chunked")), sender)[0] == 413


def test_a_fault_says_nothing_of_what_was_sent(caplog):
    def broken(environ, start):
        raise ValueError(environ["wsgi.input"].read())

    status, _, body = answer(broken, asked(("content-length", "6")), Sender(b"canary"))
    assert status == 500
    assert b"canary" not in body
    assert "canary" not in caplog.text


def test_what_the_page_holds_is_closed():
    closed = []

    class Body(list):
        def close(self):
            closed.append(True)

    def page(environ, start):
        start("200 OK", [])
        return Body([b"x"])

    answer(page, asked(), Sender())
    assert closed == [True]


@pytest.mark.parametrize(
    ("header", "value", "key", "expected"),
    [
        ("content-type", "text/csv", "CONTENT_TYPE", "text/csv"),
        ("x-real", "1", "HTTP_X_REAL", "1"),
        ("x_real", "1", "HTTP_X_REAL", None),
        ("content-length", "999", "CONTENT_LENGTH", "3"),
    ],
)
def test_headers_become_what_wsgi_calls_them(header, value, key, expected):
    assert environ_of(asked((header, value)), b"abc").get(key) == expected


def test_repeated_headers_are_joined():
    environ = environ_of(asked(("host", "a"), ("host", "b"), ("cookie", "x"), ("cookie", "y")), b"")
    assert environ["HTTP_HOST"] == "a,b"
    assert environ["HTTP_COOKIE"] == "x; y"


def test_a_path_beyond_ascii_is_written_as_wsgi_wants_it():
    assert environ_of(asked(path="/é"), b"")["PATH_INFO"].encode("latin-1").decode() == "/é"
    assert environ_of(asked(), b"")["REMOTE_ADDR"] == "127.0.0.1"


def test_the_scheme_is_that_of_the_address_people_know():
    """A proxy takes HTTPS off before us; no header of a visitor says otherwise."""
    header = ("x-forwarded-proto", "http")
    assert environ_of(asked(header), b"", "https")["wsgi.url_scheme"] == "https"
    assert environ_of(asked(), b"")["wsgi.url_scheme"] == "http"
