"""Where the test data lies: beside the repository, never in it."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("GOLDENTHREAD_TEST_DATA", "../shared/data"))
REPRODUCIBLE = (
    "ssis.land-bank-farmland.2rumnecbeh.2021-08-01",
    "austria-climate.5twd2jsnkf.2022-08-08",
)


def shared(*parts: str) -> Path:
    """Return a folder or file of the test data; skip the test if it is not there."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"The test data {path} is not here; see GOLDENTHREAD_TEST_DATA.")
    return path
