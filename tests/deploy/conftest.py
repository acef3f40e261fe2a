import os

import pytest

from tests.deploy.small import Small
from tests.resilience.house import free_port


@pytest.fixture
def small(tmp_path):
    assert os.geteuid() == 0, "only root may change a machine"
    machine = Small(tmp_path, free_port())
    try:
        yield machine
    finally:
        machine.down()
