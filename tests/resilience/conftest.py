import pytest
from tests.resilience.house import House


@pytest.fixture(scope="session")
def shared(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("resilience") / "data")
    yield house
    house.clear()


@pytest.fixture
def house(shared):
    """One house for all these tests, up again after each that brought it down."""
    if not shared.running():
        shared.start()
    return shared


@pytest.fixture(scope="session")
def settled(tmp_path_factory):
    house = House(tmp_path_factory.mktemp("lived-in") / "data", example=True)
    yield house
    house.clear()


@pytest.fixture
def lived_in(settled):
    """One house in which the worked example lives, for all tests that need people and words."""
    if not settled.running():
        settled.start()
    return settled
