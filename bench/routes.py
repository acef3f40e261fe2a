"""What of the product is measured: a page or a write that is named nowhere stops the run."""

import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

from django.urls import resolve
from page import Page
from visitor import Asked, Noting

NAMED = Path(__file__).with_name("routes.toml")


def check(pages: Sequence[Page]) -> set[str]:
    """Return the names of the pages that are read; stop if another write is measured than named."""
    asked: list[Asked] = [page.ask(Noting(), 0) for page in pages if page.path]
    written = [_written(page) for page in pages if not page.path]
    named = set(tomllib.loads(NAMED.read_text())["written"])
    if set(written) != named:
        sys.exit(f"bench/routes.toml names other writes: {set(written) ^ named}")
    return {_name(each) for each in asked}


def _written(page: Page) -> str:
    if page.name == "release words":  # where it is sent is known only once something is taken
        return "reading:release"
    return _name(page.ask(Noting(), 0))


def _name(asked: Asked) -> str:
    return resolve(asked.path.partition("?")[0]).view_name
