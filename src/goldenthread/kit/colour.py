"""Whether words in a colour can be read (WCAG 2.2, 1.4.3), and the nearest colour that can."""

import re
from collections.abc import Callable
from typing import Final

from django.utils.translation import gettext as _

PAPER: Final = "#fbf8f2"
CARD: Final = "#ffffff"
DARK_PAPER: Final = "#151b1c"
DARK_CARD: Final = "#1e2628"
ON_DARK_BUTTON: Final = "#0c2422"
ENOUGH: Final = 4.5
LINEAR_BELOW: Final = 0.04045  # where sRGB is linear
LONG: Final = 6  # figures of a colour written in full
_HEX = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")


def normal(colour: str) -> str:
    """Return the colour as #rrggbb.

    :raises ValueError: it is not a colour written that way
    """
    found = _HEX.fullmatch(colour.strip())
    if found is None:
        raise ValueError("not a colour")
    digits = found[1].lower()
    return "#" + (digits if len(digits) == LONG else "".join(digit * 2 for digit in digits))


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [part / 255 for part in _parts(colour)]
    linear = [
        part / 12.92 if part <= LINEAR_BELOW else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _parts(colour: str) -> tuple[int, int, int]:
    digits = normal(colour)[1:]
    return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)


def legible(accent: str) -> bool:
    """Return whether links in the accent and white words on it can be read, in light."""
    return all(contrast(accent, ground) >= ENOUGH for ground in (PAPER, CARD, "#ffffff"))


def darker(accent: str) -> str:
    """Return the nearest darker shade that can be read."""
    return _towards(accent, 0, legible)


def for_dark(accent: str) -> str:
    """Return the nearest lighter shade that reads well on dark grounds and under dark words."""
    grounds = (DARK_PAPER, DARK_CARD, ON_DARK_BUTTON)
    return _towards(
        accent, 255, lambda shade: all(contrast(shade, ground) >= ENOUGH for ground in grounds)
    )


def _towards(colour: str, end: int, good: Callable[[str], bool]) -> str:
    parts = _parts(colour)
    for step in range(101):
        mixed = (round(part + (end - part) * step / 100) for part in parts)
        shade = "#" + "".join(f"{part:02x}" for part in mixed)
        if good(shade):
            return shade
    return colour


def fault_of(accent: str) -> str:
    """Return what is wrong with an accent colour and what would do, or nothing."""
    try:
        colour = normal(accent)
    except ValueError:
        return _("Write the colour as # and six figures or letters, like #0b5a55.")
    if legible(colour):
        return ""
    ratio = min(contrast(colour, ground) for ground in (PAPER, CARD))
    return _(
        "Words in %(colour)s are hard to read: the contrast is %(ratio)s, and it must be "
        "%(enough)s or more. %(better)s is the nearest shade that works."
    ) % {
        "colour": colour,
        "ratio": f"{ratio:.1f}",
        "enough": ENOUGH,
        "better": darker(colour),
    }


def stylesheet(accent: str) -> str:
    """Return the small stylesheet that puts an accent on the pages of its organisation."""
    return (
        f":root{{--action:{accent};--on-action:#ffffff}}\n"
        f"@media (prefers-color-scheme:dark){{:root{{--action:{for_dark(accent)};"
        f"--on-action:{ON_DARK_BUTTON}}}}}\n"
    )
