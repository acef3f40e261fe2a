"""From a frozen table to bands: which ranges the release leaves, and nothing beyond them."""

from collections.abc import Mapping

from goldenthread.listen.outreach.bands import Band, Range, bands
from goldenthread.safety.equality.questions import CROSSED, RATHER_NOT
from goldenthread.safety.release.control.profiles import PROFILES
from goldenthread.safety.release.control.sheets import from_data
from goldenthread.safety.release.control.together import Sheet
from goldenthread.safety.release.models import Release


def tables_of(release: Release) -> dict[str, Sheet]:
    """Return the tables of single questions of which a release shows anything, by question."""
    rule = PROFILES[release.profile]
    sheets = {
        each["question"]: from_data(each, (each["question"],), rule, release.number)
        for each in release.about
        if CROSSED not in each["question"]
    }
    return {name: sheet for name, sheet in sheets.items() if sheet.answered is not None}


def bands_in(sheet: Sheet, people: Mapping[str, int]) -> dict[str, Band]:
    """Compare a table with a population. Who would rather not say is in neither."""
    counts: dict[str, Range | None] = {}
    for key, shown in sheet.cells.items():
        if key.column != RATHER_NOT[0]:
            known = None if shown is None else Range(*sheet.range_of(key))
            counts[str(key.column)] = known
    return bands(counts, base_of(sheet, counts), people)


def base_of(sheet: Sheet, counts: Mapping[str, Range | None]) -> Range:
    """Return what is known of how many named their group."""
    low, high = sheet.range_of_all()
    would_not = [sheet.range_of(key) for key in sheet.cells if key.column == RATHER_NOT[0]]
    named = sum(each.low for each in counts.values() if each is not None)
    if sheet.closed:  # some were added to the number of people whose answers are in no cell
        low = 0
    least = max(named, low - sum(each[1] for each in would_not))
    return Range(least, max(least, high - sum(each[0] for each in would_not)))
