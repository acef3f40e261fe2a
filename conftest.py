"""What every test may rely on. The database is started by goldenthread.kit.database.testing."""

import os
import shutil
from typing import Any

import pytest


def chromium() -> str | None:
    """Return the browser to use; none means the one that Playwright has installed."""
    return os.environ.get("CHROME") or shutil.which("chromium")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    options = dict(browser_type_launch_args)
    if executable := chromium():
        options["executable_path"] = executable
    if os.geteuid() == 0:  # Chromium's sandbox refuses root
        options["chromium_sandbox"] = False
    return options
