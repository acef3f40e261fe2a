"""What every test may rely on. The database is started by goldenthread.kit.database.testing."""

import os
import shutil
from typing import Any

import hypothesis
import pytest

# The clock judges no test here: on a busy machine drawing an example may take a second.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("house")


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


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Let tests empty their tables: the record's own trigger refuses to be truncated."""
    del django_db_setup
    from django.db import connection  # noqa: PLC0415  settings must be ready first

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("alter table thread_entry disable trigger entry_is_not_truncated")
        cursor.execute("alter table thread_tie disable trigger tie_is_not_truncated")
