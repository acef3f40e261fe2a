"""People who vote: each with a browser of their own, one statement after another."""

import asyncio
import random
import re
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

CSRF = "a" * 32
A_TURN = (17, 43)  # seconds from one vote to the next
STANCES = ("1", "1", "0", "-1")
STATEMENT = re.compile(rb'name="statement" value="([0-9a-f-]{36})"')
COOKIE = re.compile(rb"^set-cookie: *answers=([^;\r]+)", re.IGNORECASE | re.MULTILINE)


@dataclass
class Tally:
    """What was sent and acknowledged, and how long each reply took."""

    seconds: list[float] = field(default_factory=list)
    votes: dict[str, set[str]] = field(default_factory=dict)  # of each voter: the statements
    failed: int = 0

    @property
    def acknowledged(self) -> int:
        return sum(map(len, self.votes.values()))


async def vote_together(port: int, path: str, *, people: int, seconds: float) -> Tally:
    """Let so many people vote for so long, each about every half minute."""
    tally = Tally()
    until = time.monotonic() + seconds
    await asyncio.gather(*(_one(port, path, f"v{n}", until, tally) for n in range(people)))
    return tally


async def _one(port: int, path: str, name: str, until: float, tally: Tally) -> None:
    """Open the page, and vote as its script does: the reply to a vote holds the next statement."""
    cookie, done = "", tally.votes.setdefault(name, set())
    await asyncio.sleep(random.uniform(0, 30))
    body = await _ask(port, path, cookie, None, tally)
    while time.monotonic() < until and (found := STATEMENT.search(body)):
        await asyncio.sleep(random.uniform(*A_TURN))
        statement = found.group(1).decode()
        given = {"statement": statement, "stance": random.choice(STANCES)}
        form = urlencode({**given, "csrfmiddlewaretoken": CSRF})
        body = await _ask(port, path, cookie, form, tally)
        if body.startswith(b"HTTP/1.1 200"):
            done.add(statement)
            if kept := COOKIE.search(body):
                cookie = kept.group(1).decode()


async def _ask(port: int, path: str, cookie: str, form: str | None, tally: Tally) -> bytes:
    """Ask once, on a line of its own, and note how long the whole reply took."""
    kept = f"csrf={CSRF}" + (f"; answers={cookie}" if cookie else "")
    head = f"{'POST' if form else 'GET'} {path} HTTP/1.1\r\nHost: localhost:{port}\r\n"
    head += f"Cookie: {kept}\r\nConnection: close\r\nOrigin: http://localhost:{port}\r\n"
    if form:
        head += "Content-Type: application/x-www-form-urlencoded\r\nX-Part: answer\r\n"
        head += f"Content-Length: {len(form)}\r\n"
    began = time.monotonic()
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write((head + "\r\n" + (form or "")).encode())
        await writer.drain()
        answer = await reader.read()
        writer.close()
    except OSError:
        tally.failed += 1
        return b""
    tally.seconds.append(time.monotonic() - began)
    if not answer.startswith((b"HTTP/1.1 200", b"HTTP/1.1 302")):
        tally.failed += 1
    return answer
