"""A pytest plugin: one throwaway PostgreSQL for the whole test session.

Loaded early (`-p`), because the address must be known before Django reads its settings. Workers of
pytest-xdist inherit the address; only the first process starts and stops the server.
"""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from goldenthread.kit.database.server import Server
from goldenthread.kit.database.watchdog import Watchdog

_server: Server | None = None
_data: Path | None = None
_watchdog: Watchdog | None = None

if "PYTEST_XDIST_WORKER" not in os.environ:
    _data = Path(tempfile.mkdtemp(prefix="goldenthread-"))
    (_data / "static").mkdir()
    os.environ["GOLDENTHREAD_DATA"] = str(_data)
    if "DATABASE_URL" not in os.environ:
        _server = Server.temporary()
        os.environ["DATABASE_URL"] = _server.url
    os.environ.setdefault("GOLDENTHREAD_BACKUPS", "off")
    plain_names = "django.contrib.staticfiles.storage.StaticFilesStorage"
    os.environ.setdefault("GOLDENTHREAD_STATIC", plain_names)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart() -> None:
    """Start the server before the first worker or test."""
    global _watchdog  # noqa: PLW0603 -- one session per process
    if _data is None:
        return
    _watchdog = Watchdog()
    _watchdog.sweep(_data)
    if _server is not None:
        _server.start(_watchdog)


def pytest_unconfigure() -> None:
    """Stop it after the last."""
    if _server is not None:
        _server.stop()
    if _data is not None:
        shutil.rmtree(_data, ignore_errors=True)
    if _watchdog is not None:
        _watchdog.close()
