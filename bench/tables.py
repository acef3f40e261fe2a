"""The results, as Markdown."""

import os
import sys
from collections.abc import Sequence

from costs import A_ROUND, ROUNDS, Row

from goldenthread.kit import clock

TABLE = """# Results

{voices:,} voices in one project, filled in {filled_in:.0f} s. {day:%-d %B %Y}, {machine},
Python {python}. Command: `.venv/bin/python bench/measure --voices {voices}`. Each page {times}
times, in {rounds} rounds over all pages; CPU time, not the clock's. The yardstick, a million
additions in Python, took {yardstick:.0f} ms in the same run. What each column is, and the goals:
[README.md](README.md).

| page | rows | queries | app ms | least | to project | database ms | kB | requests |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
{lines}
"""


def table(rows: Sequence[Row], yardstick: float, *, voices: int, filled_in: float) -> str:
    """Write the results as Markdown."""
    first = rows[0].app_ms
    return TABLE.format(
        voices=voices,
        yardstick=yardstick,
        filled_in=filled_in,
        day=clock.today(),
        machine=_machine(),
        python=sys.version.split()[0],
        times=ROUNDS * A_ROUND,
        rounds=ROUNDS,
        lines="\n".join(_line(row, first) for row in rows),
    )


def _line(row: Row, first: float) -> str:
    weight = f"{row.kilobytes:.1f} | {row.requests}" if row.kilobytes else "– | –"
    return (
        f"| {row.page.name} | {row.rows or '–'} | {row.queries} | {row.app_ms:.1f} | "
        f"{row.least_ms:.1f} | {row.app_ms / first:.2f} | {row.database_ms:.2f} | {weight} |"
    )


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB"
