from collections.abc import Iterator
from typing import Any

import pytest

from goldenthread.kit import clock
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.equality.models import Asked


@pytest.fixture
def here(db: None, settings: Any, tmp_path: Any) -> Iterator[Listening]:
    """A project that listens and asks people about themselves, on one Tuesday morning."""
    settings.DATA = tmp_path
    with clock.frozen(NOW):
        made = listening_project()
        Asked.objects.create(project=made.project, since_on=NOW.date())
        yield made
