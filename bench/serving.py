"""How long answers take from the pages that are served, to one client and to many at once."""

import asyncio
import statistics
import sys
from collections.abc import Callable, Iterator, Sequence

from costs import Row, client_for
from page import nothing
from visitor import Answer, Asked, Noting, ask

CLIENTS = {1: 20, 8: 40, 32: 64}  # how many ask at once, and how often in all
Prepared = tuple[Asked, dict[str, str]]


def serve_all(port: int, rows: Sequence[Row], look: Callable[[], object]) -> None:
    """Ask for every page; `look` is called after each, when most was going on."""
    for row in (each for each in rows if not each.page.alone):
        prepared = _prepared(row)
        for clients, times in CLIENTS.items():
            batch = [next(prepared) for _one in range(times)]
            answers = asyncio.run(_crowd(port, batch, clients))
            wrong = {each.status for each in answers} - {row.page.answers}
            if wrong:
                sys.exit(f"{row.page.name}: answered {wrong} to {clients} clients")
            row.served[clients] = told([each.seconds for each in answers])
        look()


def told(seconds: Sequence[float]) -> tuple[float, float]:
    """Return the median and the 95th of a hundred, in milliseconds."""
    in_order = sorted(seconds)
    late = in_order[max(round(len(in_order) * 0.95) - 1, 0)]
    return statistics.median(in_order) * 1000, late * 1000


def _prepared(row: Row) -> Iterator[Prepared]:
    """Yield requests; where something leads to the page, it is done before each one."""
    client = client_for(row.page)
    while True:
        number = next(row.numbers)
        if row.page.before is not nothing:
            row.page.before(client, number)
        cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        if not row.page.by and row.page.before is nothing:
            cookies = {}  # a guest who has not been here before
        yield row.page.ask(Noting(), number), cookies


async def _crowd(port: int, batch: Sequence[Prepared], clients: int) -> list[Answer]:
    """Let so many clients share the requests, each its next one when it has its answer."""
    left, answers = list(batch), []

    async def one() -> None:
        while left:
            asked, cookies = left.pop()
            answers.append(await ask(port, asked, cookies))

    await asyncio.gather(*(one() for _client in range(clients)))
    return answers
