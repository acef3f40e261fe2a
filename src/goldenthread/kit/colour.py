"""Contrast between colours, and an organisation's accent that is always readable (WCAG 2.2)."""

import colorsys
import re
from typing import Final

READABLE: Final = 4.5
LIGHT_GROUNDS: Final = ("#fbf8f2", "#ffffff")
DARK_GROUNDS: Final = ("#151b1c", "#1e2628")
DARK_INK: Final = "#0c1a1c"
STEP: Final = 0.01
STRAIGHT: Final = 0.04045  # below this, sRGB is a straight line


def channels(colour: str) -> tuple[float, float, float]:
    """Red, green and blue from 0 to 1.

    :raises ValueError: not written as # and six figures or letters a to f
    """
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        message = f"{colour!r} is not a colour like #0b5a55"
        raise ValueError(message)
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def luminance(colour: str) -> float:
    """Relative luminance from 0 to 1, as WCAG defines it."""
    red, green, blue = (
        part / 12.92 if part <= STRAIGHT else ((part + 0.055) / 1.055) ** 2.4
        for part in channels(colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast from 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable_on(colour: str, grounds: tuple[str, ...]) -> bool:
    """Tell whether text of this colour can be read on all of these grounds."""
    return all(contrast(colour, ground) >= READABLE for ground in grounds)


def accent_is_readable(colour: str) -> bool:
    """Tell whether an organisation may use this accent: links and buttons on our light paper."""
    return readable_on(colour, LIGHT_GROUNDS)


def lightened(colour: str, grounds: tuple[str, ...] = DARK_GROUNDS) -> str:
    """The same hue, lightened until it can be read on dark grounds."""
    hue, light, full = colorsys.rgb_to_hls(*channels(colour))
    while light < 1:
        candidate = _written(colorsys.hls_to_rgb(hue, light, min(full, 0.7)))
        if readable_on(candidate, grounds):
            return candidate
        light += STEP
    return "#ffffff"


def _written(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(255 * part):02x}" for part in parts)


def accent_stylesheet(colour: str) -> str:
    """The small stylesheet that carries an organisation's accent, light and dark.

    :raises ValueError: the colour is not one, or cannot be read on our paper
    """
    if not accent_is_readable(colour):
        message = f"{colour} is too light to be read on paper"
        raise ValueError(message)
    light = f"--action: {colour.lower()}; --on-action: #ffffff;"
    dark = f"--action: {lightened(colour)}; --on-action: {DARK_INK};"
    return f":root {{ {light} }}\n@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n"
