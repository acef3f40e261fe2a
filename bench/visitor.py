"""Someone at the pages that are served, on a line of their own each time, as if from far away."""

import asyncio
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

CSRF = "a" * 32
COOKIE = re.compile(rb"^set-cookie: *([^=]+)=([^;\r]*)", re.IGNORECASE | re.MULTILINE)
STATUS = slice(9, 12)  # of "HTTP/1.1 200 OK"
PIECES, PAUSE = 8, 0.5  # in how many a slow line sends, and seconds between


@dataclass(frozen=True)
class Asked:
    """One request: a path, and the form that is sent there, if any."""

    path: str
    form: Mapping[str, Any] | None = None


class Noting:
    """Stands where a test client stands, and notes what is asked instead of asking."""

    def get(self, path: str) -> Asked:
        """Note a page."""
        return Asked(path)

    def post(self, path: str, form: Mapping[str, Any] | None = None) -> Asked:
        """Note what is sent."""
        return Asked(path, form or {})


@dataclass(frozen=True)
class Answer:
    """What came back, and how long the whole of it took."""

    status: int  # 0: nothing came
    seconds: float
    raw: bytes = field(repr=False, default=b"")

    @property
    def cookies(self) -> dict[str, str]:
        """What it leaves in the browser."""
        head = self.raw.split(b"\r\n\r\n", 1)[0]
        return {name.decode(): value.decode() for name, value in COOKIE.findall(head) if value}


async def ask(
    port: int,
    asked: Asked,
    cookies: Mapping[str, str],
    *,
    headers: Mapping[str, str] | None = None,
    slowly: bool = False,
) -> Answer:
    """Ask once, and read the answer to its end."""
    request = _written(port, asked, cookies, headers or {})
    began = time.monotonic()
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for piece in _pieces(request) if slowly else [request]:
            writer.write(piece)
            await writer.drain()
            if slowly:
                await asyncio.sleep(PAUSE)
        sent = time.monotonic()
        raw = await reader.read()
        writer.close()
    except OSError:
        return Answer(0, time.monotonic() - began)
    status = raw[STATUS]
    took = time.monotonic() - (sent if slowly else began)  # a slow line's own time is not ours
    return Answer(int(status) if status.isdigit() else 0, took, raw)


def _written(
    port: int, asked: Asked, cookies: Mapping[str, str], headers: Mapping[str, str]
) -> bytes:
    host = f"localhost:{port}"
    kept = {"csrf": CSRF, **cookies}
    lines = {
        "Host": host,
        "Connection": "close",
        "Origin": f"http://{host}",
        "Cookie": "; ".join(f"{name}={value}" for name, value in kept.items()),
        **headers,
    }
    body = b""
    if asked.form is not None:
        sent = {**asked.form, "csrfmiddlewaretoken": kept["csrf"]}
        body = urlencode(sent, doseq=True).encode()
        lines["Content-Type"] = "application/x-www-form-urlencoded"
        lines["Content-Length"] = str(len(body))
    method = "GET" if asked.form is None else "POST"
    head = f"{method} {asked.path} HTTP/1.1\r\n"
    head += "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return head.encode() + b"\r\n" + body


def _pieces(request: bytes) -> list[bytes]:
    size = -(-len(request) // PIECES)
    return [request[at : at + size] for at in range(0, len(request), size)]
