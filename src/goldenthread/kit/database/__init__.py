"""PostgreSQL without a service to install: the binaries of a wheel, started and stopped by us."""

from goldenthread.kit.database.lock import FolderLock
from goldenthread.kit.database.problems import DatabaseProblem, FolderInUse
from goldenthread.kit.database.server import MAJOR, Server
from goldenthread.kit.database.watchdog import Watchdog

__all__ = ["MAJOR", "DatabaseProblem", "FolderInUse", "FolderLock", "Server", "Watchdog"]
