"""Masking: finding a passage in what someone wrote, and showing a label in its place. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_noop as marked

LABELS = {
    "name removed": marked("name removed"),
    "place removed": marked("place removed"),
    "method removed": marked("method removed"),
    "other detail removed": marked("other detail removed"),
}
TEXT = "text"
Mask = Sequence[Any]  # [start, end, label] of the text, or [start, end, label, part]


def part_of(mask: Mask) -> str:
    """Return which part of the words a mask belongs to: "text" unless it says otherwise."""
    return str(mask[3]) if len(mask) > 3 else TEXT  # noqa: PLR2004


def apply(text: str, masks: Iterable[Mask], part: str = TEXT) -> str:
    """Return `text` with each masked passage of `part` replaced by its label in brackets."""
    shown = text
    own = [(mask[0], mask[1], mask[2]) for mask in masks if part_of(mask) == part]
    for start, end, label in sorted(own, reverse=True):
        shown = f"{shown[:start]}[{label}]{shown[end:]}"
    return shown


def find(parts: Mapping[str, str], passage: str, label: str) -> list[list[Any]]:
    """Find `passage` wherever it stands in the parts, whatever its capitals and line breaks."""
    pieces = [re.escape(piece) for piece in passage.split()]
    if not pieces:
        return []
    body = r"\s+".join(pieces)
    whole = rf"(?<!\w){body}(?!\w)"
    for pattern in (whole, body):
        found = [
            [match.start(), match.end(), label, part]
            for part, text in parts.items()
            for match in re.finditer(pattern, text, re.IGNORECASE)
        ]
        if found:
            return found
    return []


def merge(masks: Iterable[Mask]) -> list[list[Any]]:
    """Join masks that overlap, so that each letter is masked once; the first label stands."""
    merged: list[list[Any]] = []
    for mask in sorted(masks, key=lambda each: (part_of(each), each[0], -each[1])):
        start, end, label, part = mask[0], mask[1], mask[2], part_of(mask)
        last = merged[-1] if merged else None
        if last is not None and last[3] == part and start < last[1]:
            last[1] = max(last[1], end)
        else:
            merged.append([start, end, label, part])
    return merged


def fits(masks: Iterable[Mask], parts: Mapping[str, str]) -> bool:
    """Return whether every mask lies inside its part and carries a known label."""
    return all(
        part_of(mask) in parts
        and mask[2] in LABELS
        and 0 <= mask[0] < mask[1] <= len(parts[part_of(mask)])
        for mask in masks
    )
