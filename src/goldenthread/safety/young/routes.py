"""Whom a concern about staff goes to, by nation: data, with its sources beside it."""

import json
from dataclasses import dataclass
from functools import cache
from importlib import resources

from goldenthread.organisations.models import Organisation


@dataclass(frozen=True)
class Route:
    """Who hears of it inside, who outside, and when."""

    lead: str
    head: str
    chair: str
    outside: str
    when: str
    if_both: str
    sources: tuple[str, ...]


@cache
def routes() -> dict[str, Route]:
    """Return the route of every nation."""
    text = resources.files("goldenthread.safety.young").joinpath("data/routes.json")
    nations = json.loads(text.read_text(encoding="utf-8"))["nations"]
    return {
        nation: Route(**{**facts, "sources": tuple(facts["sources"])})
        for nation, facts in nations.items()
    }


def route_of(organisation: Organisation) -> Route:
    """Return the route of the nation in which an organisation works."""
    return routes()[organisation.nation]
