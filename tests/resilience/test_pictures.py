"""The pictures of the guide are of pages that live: the tutorial is played, and looked at."""

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from tests.resilience.house import ROOT, House, own_environment

DOCS = ROOT / "docs"
PATIENCE = 1800.0
FEWEST_COLOURS = 12  # an empty or broken page shows fewer
FROM_FILES = {"33-look-first", "34-results", "41-from-polis"}  # of data that no checkout brings

pytestmark = [pytest.mark.weekly, pytest.mark.xdist_group("house")]


def faults_of(taken: Path, kept: Path) -> list[str]:
    """Pictures that are missing, of another width, or of an empty page."""
    faults = []
    for picture in sorted(kept.glob("*.png")):
        new = taken / picture.name
        if not new.exists():
            faults += [] if picture.stem in FROM_FILES else [f"{picture.name} was not taken"]
            continue
        with Image.open(new) as now, Image.open(picture) as before:
            if now.width != before.width:
                faults.append(f"{picture.name} is {now.width} wide")
            if len(now.convert("RGB").getcolors(100_000) or []) < FEWEST_COLOURS:
                faults.append(f"{picture.name} shows an empty page")
    return faults


def test_the_tutorial_can_be_played_and_each_of_its_pictures_taken(tmp_path):
    house = House(tmp_path / "played", example=True)
    try:
        house.start()
        played = subprocess.run(
            [sys.executable, DOCS / "take_pictures", f"http://localhost:{house.port}"],
            env=own_environment() | {"GOLDENTHREAD_PICTURES": str(tmp_path / "taken")},
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        assert played.returncode == 0, played.stdout + played.stderr
        assert faults_of(tmp_path / "taken", DOCS / "pictures") == []
    finally:
        house.clear()


def test_a_picture_that_is_missing_or_empty_is_named(tmp_path):
    kept, taken = tmp_path / "kept", tmp_path / "taken"
    for folder in (kept, taken):
        folder.mkdir()
    for name in ("a", "b", "c", "41-from-polis"):
        Image.effect_noise((800, 90), 60).save(kept / f"{name}.png")
    Image.new("RGB", (800, 90), "white").save(taken / "b.png")
    Image.effect_noise((375, 90), 60).save(taken / "c.png")
    faults = ["a.png was not taken", "b.png shows an empty page", "c.png is 375 wide"]
    assert faults_of(taken, kept) == faults
