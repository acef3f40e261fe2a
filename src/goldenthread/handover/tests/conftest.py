"""A project that listens, a member who could follow, and a clock that stands still."""

from collections.abc import Iterator

import pytest

from goldenthread.kit import clock
from goldenthread.organisations.tests.factories import member
from goldenthread.people.accounts import second_factor
from goldenthread.people.accounts.models import Person
from goldenthread.projects.tests.factories import NOW, Listening, listening_project


@pytest.fixture(autouse=True)
def calm(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(second_factor, "needs_second_factor", lambda _person: False)
    with clock.frozen(NOW):
        yield


@pytest.fixture
def here(db: None) -> Listening:
    del db
    return listening_project()


@pytest.fixture
def noor(here: Listening) -> Person:
    return member("Noor", here.organisation)
