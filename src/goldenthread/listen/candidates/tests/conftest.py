from collections.abc import Iterator

import pytest

from goldenthread.kit import clock
from goldenthread.projects.tests.factories import NOW, Listening, listening_project


@pytest.fixture
def here(db: None) -> Iterator[Listening]:
    """A project that listens, with everyone around it, on one Tuesday morning."""
    with clock.frozen(NOW):
        yield listening_project()
