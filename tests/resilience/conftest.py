import os
import shutil
import signal

import pytest
from tests.resilience.house import House


@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("resilience") / "data")
    yield house
    if house.running():
        house.stop()
    for pid in house.processes():
        os.kill(pid, signal.SIGKILL)
    files = house.database_files()
    if files.parent != house.data:  # for root they live elsewhere
        shutil.rmtree(files.parent)


@pytest.fixture
def house(shared):
    """One house for all these tests, up again after each that brought it down."""
    if not shared.running():
        shared.start()
    return shared
