"""People who speak: each opens the page, takes a while, sends, and takes their receipt."""

import asyncio
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from visitor import Answer, Asked, ask

KEY = re.compile(rb'name="form_key" value="([^"]+)"')
CODE = re.compile(rb'id="code">\s*([0-9A-Z-]+)')
WRITES = (6, 40)  # seconds that somebody writes; in less than four nobody is believed
SLOW = 0.1  # the share of people on a slow line
PAGE, LEADS_ON = 200, 302
SAID = "It took weeks until somebody told me how long I wait, and by then I had given up. [{n}]"


@dataclass
class Tally:
    """What was said and acknowledged, and how long each reply took, by what was asked."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    receipts: dict[int, str] = field(default_factory=dict)  # of each person who got one
    acknowledged: set[int] = field(default_factory=set)
    failed: list[str] = field(default_factory=list)

    def note(self, what: str, answer: Answer, wanted: int) -> bool:
        """Count one reply; whether it is the one that was wanted."""
        self.seconds.setdefault(what, []).append(answer.seconds)
        if answer.status != wanted:
            self.failed.append(f"{what}: {answer.status}")
        return answer.status == wanted


async def speak_together(port: int, address: str, *, people: int, seconds: float) -> Tally:
    """Let so many people come within so many seconds, and each say one thing."""
    tally = Tally()
    window = max(seconds - WRITES[1], 1)
    comings = sorted(random.uniform(0, window) for _one in range(people))
    await asyncio.gather(*(_one(port, address, n, at, tally) for n, at in enumerate(comings)))
    return tally


async def _one(port: int, address: str, number: int, at: float, tally: Tally) -> None:
    await asyncio.sleep(at)
    slowly = random.random() < SLOW
    page = await ask(port, Asked(f"/p/{address}/speak/"), {}, slowly=slowly)
    found = KEY.search(page.raw)
    if not tally.note("the page", page, PAGE) or not found:
        return
    await asyncio.sleep(random.uniform(*WRITES))
    said = {
        "form_key": found.group(1).decode(),
        "kind": "issue",
        "text": SAID.format(n=number),
        "known_as": "unlinked",
        "receipt": "keep",
    }
    sent = await ask(port, Asked(f"/p/{address}/speak/", said), page.cookies, slowly=slowly)
    if not tally.note("speaking", sent, LEADS_ON):
        return
    tally.acknowledged.add(number)
    cookies = page.cookies | sent.cookies
    receipt = await ask(port, Asked(f"/p/{address}/sent/"), cookies, slowly=slowly)
    if tally.note("the receipt", receipt, PAGE) and (code := CODE.search(receipt.raw)):
        tally.receipts[number] = code.group(1).decode()


def lines(tally: Tally) -> Iterator[str]:
    """Say how long the replies took, as rows of a table."""
    for what, seconds in tally.seconds.items():
        took = sorted(seconds)
        p50, p95 = took[len(took) // 2], took[int(len(took) * 0.95)]
        yield (
            f"| {what} | {len(took):,} | {p50 * 1000:.0f} | {p95 * 1000:.0f} | "
            f"{took[-1] * 1000:.0f} |"
        )
