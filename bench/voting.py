"""People who vote: each with a browser of their own, one statement after another."""

import asyncio
import random
import re
import time
from dataclasses import dataclass, field

from visitor import Answer, Asked, ask

A_TURN = (17, 43)  # seconds from one vote to the next
STANCES = ("1", "1", "0", "-1")
STATEMENT = re.compile(rb'name="statement" value="([0-9a-f-]{36})"')
COOKIE = "answers"
GOOD = (200, 302)


@dataclass
class Tally:
    """What was sent and acknowledged, and how long each reply took."""

    seconds: list[float] = field(default_factory=list)
    votes: dict[str, set[str]] = field(default_factory=dict)  # of each voter: the statements
    failed: int = 0

    @property
    def acknowledged(self) -> int:
        return sum(map(len, self.votes.values()))

    def note(self, answer: Answer) -> None:
        """Count one reply."""
        self.failed += answer.status not in GOOD
        if answer.status:
            self.seconds.append(answer.seconds)


async def vote_together(port: int, path: str, *, people: int, seconds: float) -> Tally:
    """Let so many people vote for so long, each about every half minute."""
    tally = Tally()
    until = time.monotonic() + seconds
    await asyncio.gather(*(_one(port, path, f"v{n}", until, tally) for n in range(people)))
    return tally


async def _one(port: int, path: str, name: str, until: float, tally: Tally) -> None:
    """Open the page, and vote as its script does: the reply to a vote holds the next statement."""
    cookies: dict[str, str] = {}
    done = tally.votes.setdefault(name, set())
    await asyncio.sleep(random.uniform(0, 30))
    answer = await ask(port, Asked(path), cookies)
    tally.note(answer)
    while time.monotonic() < until and (found := STATEMENT.search(answer.raw)):
        await asyncio.sleep(random.uniform(*A_TURN))
        statement = found.group(1).decode()
        vote = Asked(path, {"statement": statement, "stance": random.choice(STANCES)})
        answer = await ask(port, vote, cookies, headers={"X-Part": "answer"})
        tally.note(answer)
        if answer.status == GOOD[0]:
            done.add(statement)
            if kept := answer.cookies.get(COOKIE):
                cookies[COOKIE] = kept
