"""The layers hold, and each of them is seen to break: once, in a copy."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from tests.architecture import house

CONTRACTS = tomllib.loads((house.ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]
STEPS = [  # (lower, higher): neighbours in every contract
    (f"{contract['containers'][0]}.{lower}", f"{contract['containers'][0]}.{higher}")
    for contract in CONTRACTS
    for higher, lower in zip(contract["layers"], contract["layers"][1:], strict=False)
]


def lint(folder, source):
    """Run import-linter in `folder` on the package in `source`; return its exit code and words."""
    command = [Path(sys.executable).with_name("lint-imports"), "--no-cache"]
    environment = dict(os.environ, PYTHONPATH=str(source), COLUMNS="200")
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """Import-linter's words on a copy in which every layer looks up at its neighbour."""
    copy = tmp_path_factory.mktemp("house")
    shutil.copy(house.ROOT / "pyproject.toml", copy)
    skip = shutil.ignore_patterns("static", "templates", "__pycache__", "tests")
    shutil.copytree(house.SOURCE, copy / "src" / "goldenthread", ignore=skip)
    for lower, higher in STEPS:
        target = copy / "src" / lower.replace(".", "/") / "looks_up.py"
        target.write_text(f"import {higher}\n")
    return lint(copy, copy / "src")[1]


def test_the_layers_hold():
    code, words = lint(house.ROOT, house.ROOT / "src")
    assert code == 0, words


@pytest.mark.parametrize(("lower", "higher"), STEPS)
def test_looking_up_is_caught(broken, lower, higher):
    assert f"{lower} is not allowed to import {higher}" in " ".join(broken.split())


def test_a_room_that_no_contract_names_is_caught(tmp_path):
    shutil.copy(house.ROOT / "pyproject.toml", tmp_path)
    skip = shutil.ignore_patterns("static", "templates", "__pycache__", "tests")
    shutil.copytree(house.SOURCE, tmp_path / "src" / "goldenthread", ignore=skip)
    attic = tmp_path / "src" / "goldenthread" / "attic"
    attic.mkdir()
    (attic / "__init__.py").touch()
    code, words = lint(tmp_path, tmp_path / "src")
    assert code != 0
    assert "goldenthread.attic" in words
