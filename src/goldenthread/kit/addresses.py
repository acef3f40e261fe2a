"""Addresses that are found quickly, however many there are."""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from django.urls import URLPattern, URLResolver, include, path

BEGINNING: Final = re.compile(r"(?:\w/<\w+:\w+>/)?[\w-]+/")


def nested(patterns: Sequence[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """Put neighbours that begin alike beneath their beginning: one try passes over all of them.

    Their order stays, and so does what each address leads to.
    """
    beneath: list[URLPattern | URLResolver] = []
    for beginning, run in groupby(patterns, _beginning):
        alike = list(run)
        if len(alike) == 1 or not beginning:
            beneath += alike
        else:
            beneath.append(path(beginning, include([_rest(each, beginning) for each in alike])))
    return beneath


def _beginning(pattern: URLPattern | URLResolver) -> str:
    found = BEGINNING.match(str(pattern.pattern)) if isinstance(pattern, URLPattern) else None
    return found[0] if found else ""


def _rest(pattern: URLPattern | URLResolver, beginning: str) -> URLPattern:
    rest = str(pattern.pattern).removeprefix(beginning)
    assert isinstance(pattern, URLPattern)  # noqa: S101 -- only those have a beginning
    return path(rest, pattern.callback, pattern.default_args, pattern.name)
