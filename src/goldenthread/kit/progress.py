"""A progress bar for long work on the command line."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click


@contextmanager
def bar(what: str, steps: int) -> Iterator[Callable[[], None]]:
    """Show a bar of so many steps on standard error; give the function that moves it on by one."""
    with click.progressbar(length=steps, label=what, file=sys.stderr) as shown:
        yield lambda: shown.update(1)
        shown.update(steps)
