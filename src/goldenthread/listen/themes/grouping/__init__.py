"""Candidate themes for short texts, and how far coders agree. Data in, result out; no Django.

`suggest(texts, themes=12)` groups texts that share words, says how stable each group is, and
leaves what fits nowhere. `agreement(ratings, level)` is Krippendorff's alpha with its interval.
People decide, always: the words of a candidate are no title.
"""

from goldenthread.listen.themes.grouping.agreement import LEVELS, Agreement, Rating, agreement
from goldenthread.listen.themes.grouping.suggesting import (
    FITS,
    Candidate,
    Suggestions,
    Text,
    suggest,
)

__all__ = [
    "FITS",
    "LEVELS",
    "Agreement",
    "Candidate",
    "Rating",
    "Suggestions",
    "Text",
    "agreement",
    "suggest",
]
