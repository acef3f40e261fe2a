"""Bank holidays of the four nations, from the `holidays` package (it keeps proclaimed days too)."""

from datetime import date
from functools import cache

SATURDAY = 5
PARTS = {"england": "ENG", "scotland": "SCT", "wales": "WLS", "northern-ireland": "NIR"}


@cache
def in_year(nation: str, year: int) -> dict[date, str]:
    """Return the bank holidays of a nation in a year, by day; none for a nation unknown."""
    if nation not in PARTS:
        return {}
    from holidays import country_holidays  # noqa: PLC0415  slow to load, and most commands need none

    found = country_holidays("GB", subdiv=PARTS[nation], years=year)
    return {day: name for day, name in found.items() if day.year == year}


def name_of(nation: str, day: date) -> str:
    """Return what the bank holiday on that day is called; nothing where it is none."""
    return in_year(nation, day.year).get(day, "")


def is_working_day(nation: str, day: date) -> bool:
    """Return whether a day is no weekend and no bank holiday of the nation."""
    return day.weekday() < SATURDAY and not name_of(nation, day)
