"""How much memory the processes of an installation hold, as the kernel shares it out (PSS)."""

from collections.abc import Iterator
from pathlib import Path

KIB = 1024


def below(pid: int) -> Iterator[tuple[int, str]]:
    """Yield every process that this one has started, with its command."""
    for number in _children(pid):
        yield number, Path(f"/proc/{number}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        yield from below(number)


def web(serving: int) -> float:
    """Return the MB of the processes that answer, with the one that starts them."""
    return sum(held(pid) for pid, command in below(serving) if "granian" in command)


def held(pid: int) -> float:
    """Return the MB of one process: its own, and its share of what several hold."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    [pss] = [int(line.split()[1]) for line in lines if line.startswith("Pss:")]
    return pss * KIB / 1e6


def _children(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(each) for each in task.read_text().split()]
        except OSError:
            continue
    return found
