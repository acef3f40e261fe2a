import re
from itertools import product
from pathlib import Path

import pytest

from goldenthread.kit import colour

SHEET = (Path(colour.__file__).parent / "static/kit/kit.css").read_text(encoding="utf-8")
ON_GROUND = [
    "ink",
    "quiet",
    "action",
    "listen",
    "empower",
    "act",
    "debrief",
    "good",
    "care",
    "stop",
]
PAIRS = [
    *product(ON_GROUND, ("paper", "card")),
    ("on-action", "action"),
    ("on-focus", "focus"),
    ("paper", "ink"),
    ("on-deep", "deep"),
    ("ink", "band"),
]
SHAPES = [("edge", "paper"), ("edge", "card"), ("ink", "focus")]


def palette(scheme):
    blocks = re.findall(r":root \{([^}]*)\}", SHEET)
    values = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[0]))
    if scheme == "dark":
        values |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", blocks[1]))
    return values


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read_on_its_ground(scheme, text, ground):
    colours = palette(scheme)

    assert colour.contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "card"])
def test_the_edges_of_boxes_can_be_seen(scheme, ground):
    colours = palette(scheme)

    assert colour.contrast(colours["edge"], colours[ground]) >= 3


def test_the_dark_scheme_has_values_of_its_own():
    light, dark = palette("light"), palette("dark")
    same = {name for name in light if light[name] == dark[name]}

    assert same <= {"focus", "on-focus"}


def test_the_look_of_the_design_is_kept():
    light = palette("light")

    assert light["paper"] == "#fbf8f2"
    assert light["thread"] == "#c98a12"
    assert light["action"] == "#0b5a55"


def test_the_thread_is_never_the_colour_of_text():
    assert not re.search(r"[^-]color: var\(--thread\)", SHEET)


def test_black_on_white_is_as_much_contrast_as_there_is():
    assert colour.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colour.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_a_pale_accent_is_refused():
    assert not colour.legible("#c98a12")
    assert "hard to read" in colour.fault_of("#ffff00")


@pytest.mark.parametrize("accent", ["#0b5a55", "#7a003c", "#000080", "#1a1a1a"])
def test_an_accent_is_readable_in_the_dark_too(accent):
    dark = re.findall(r"--action:(#[0-9a-f]{6})", colour.stylesheet(accent))[1]
    for ground in (colour.DARK_PAPER, colour.DARK_CARD, colour.ON_DARK_BUTTON):
        assert colour.contrast(dark, ground) >= 4.5


@pytest.mark.parametrize("wrong", ["red", "#12345g", "", "#0b5a55;}"])
def test_what_is_no_colour_is_refused(wrong):
    with pytest.raises(ValueError, match="not a colour"):
        colour.normal(wrong)
