"""The results, as Markdown."""

import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

Found = dict[str, Any]
BASE = 10_000  # voices, to which the largest size is held
MOST_QUERIES, MOST_MS, MOST_KB, MOST_REQUESTS = 10, 25.0, 60.0, 6
PACE = 28.0  # ms that the yardstick takes where `MOST_MS` holds: an idle machine of 2 cores
BEGINS, ENDS = "<!-- written by bench/sizes -->\n", "<!-- end of what bench/sizes writes -->\n"

HEAD = """## Pages and writes at {sizes} voices

{day:%-d %B %Y}, {machine}, Python {python}, {processes} processes that answer, the clients on the
same machine. Command: `.venv/bin/python bench/sizes{options}`; {minutes:.0f} minutes.
What each column is, and the goals: [README.md](README.md).

"""
SIZE = """### At {voices:,} voices

Filled in {filled_in:.0f} s. The yardstick, a million additions in Python, took {yardstick:.0f} ms;
{pace}. Memory: {memory}. A reply was carried to {told_voices:,} voices in {told_seconds:.1f} s.

{over}

| page | rows | queries | app ms | database ms | 1 client | 8 clients | 32 clients | kB | requests |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
{lines}
"""
GROWTH = """### How the costs grow

CPU of application and database together, in ms; the last column is the largest size as a multiple
of {base:,} voices. By how much two runs of the same size differ, the yardsticks below tell.

| page | {heads} | to {base:,} |
| --- | {rules} | ---: |
{lines}
"""
OTHERS = """### Every other page that is read, with {voices:,} voices in the database

In the large project where the page needs no more than its address, else in a small one beside it.
Asked for five times, by the first role that the table of the matrix lets in. {over}

| page | by | in | queries | app ms | database ms | kB |
| --- | --- | --- | ---: | ---: | ---: | ---: |
{lines}
"""


def one_size(found: Found) -> str:
    """Write the results of one size."""
    most = most_ms(found)
    return SIZE.format(
        pace=f"at that pace the goal for the application is {most:.0f} ms",
        **{name: found[name] for name in ("voices", "filled_in", "yardstick")},
        memory=", ".join(f"{what} {mb:.0f} MB" for what, mb in found["memory"].items()),
        told_voices=found["told"]["voices"],
        told_seconds=found["told"]["seconds"],
        over=_over(found["rows"], most),
        lines="\n".join(_line(row) for row in found["rows"]),
    )


def most_ms(found: Found) -> float:
    """Return what a page may cost the application, at the pace of the machine in that run."""
    return MOST_MS * max(float(found["yardstick"]) / PACE, 1.0)


def all_sizes(all_found: Sequence[Found], *, options: str, minutes: float) -> str:
    """Write the results of every size, one after the other, and how the costs grow."""
    last = all_found[-1]
    head = HEAD.format(
        sizes=", ".join(f"{found['voices']:,}" for found in all_found),
        day=date.fromisoformat(last["day"]),
        machine=f"{os.cpu_count()} cores, {last['gib']:.0f} GiB",
        options=options,
        minutes=minutes,
        **{name: last[name] for name in ("python", "processes")},
    )
    parts = [one_size(found) for found in all_found]
    if len(all_found) > 1:
        parts.insert(0, _growth(all_found))
    return head + "\n".join([*parts, _others(last)])


def put(into: Path, text: str) -> None:
    """Put what was written in its place among the results; what stands around it stays."""
    whole = into.read_text()
    before, _, rest = whole.partition(BEGINS)
    into.write_text(before + BEGINS + text + ENDS + rest.partition(ENDS)[2])


def _line(row: Found) -> str:
    served = [row["served"].get(clients) for clients in ("1", "8", "32")]
    times = " | ".join(f"{each[0]:.0f}, {each[1]:.0f}" if each else "–" for each in served)
    weight = f"{row['kilobytes']:.1f} | {row['requests']}" if row["kilobytes"] else "– | –"
    return (
        f"| {row['page']} | {row['rows'] or '–'} | {row['queries']} | {row['app']:.1f} | "
        f"{row['database']:.1f} | {times} | {weight} |"
    )


def _over(rows: Sequence[Found], most: float) -> str:
    """Name the pages that are over a goal; what is written may cost more."""
    read = [row for row in rows if not row["writes"]]
    faults = [f"{row['page']} ({', '.join(_faults(row, most))})" for row in read]
    named = [fault for fault in faults if not fault.endswith("()")]
    return (
        f"Over the goals: {'; '.join(named)}." if named else "No page that is read is over a goal."
    )


def _faults(row: Found, most: float) -> Iterator[str]:
    if row["queries"] > MOST_QUERIES:
        yield f"{row['queries']} queries"
    if row["app"] > most:
        yield f"{row['app']:.1f} ms"
    if row["kilobytes"] and row["kilobytes"] > MOST_KB:
        yield f"{row['kilobytes']:.1f} kB"
    if row.get("requests") and row["requests"] > MOST_REQUESTS:
        yield f"{row['requests']} requests"


def _growth(all_found: Sequence[Found]) -> str:
    sizes = [found["voices"] for found in all_found]
    base = BASE if BASE in sizes else sizes[0]
    by_size = [{row["page"]: row["app"] + row["database"] for row in f["rows"]} for f in all_found]
    lines = []
    for page in by_size[-1]:
        costs = [costs.get(page) for costs in by_size]
        first = costs[sizes.index(base)]
        grown = f"{costs[-1] / first:.2f}" if first and costs[-1] else "–"
        told = " | ".join("–" if cost is None else f"{cost:.1f}" for cost in costs)
        lines.append(f"| {page} | {told} | {grown} |")
    return GROWTH.format(
        base=base,
        heads=" | ".join(f"{size:,}" for size in sizes),
        rules=" | ".join("---:" for _size in sizes),
        lines="\n".join(lines),
    )


def _others(found: Found) -> str:
    rows, most = found["others"], most_ms(found)
    over = [row["route"] for row in rows if row["queries"] > MOST_QUERIES or row["app"] > most]
    return OTHERS.format(
        voices=found["voices"],
        over=f"Over a goal: {', '.join(over)}." if over else "None is over a goal.",
        lines="\n".join(
            f"| {row['route']} | {row['by']} | {'large' if row['large'] else 'small'} | "
            f"{row['queries']} | {row['app']:.1f} | {row['database']:.1f} | "
            f"{row['kilobytes']:.1f} |"
            for row in rows
        ),
    )
