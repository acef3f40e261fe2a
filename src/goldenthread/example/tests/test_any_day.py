"""The days of the stories keep their order, whenever somebody tries them."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from goldenthread.example import services
from goldenthread.example.queries import MARK
from goldenthread.projects.models import Project

MONDAY = datetime(2026, 11, 30, tzinfo=UTC)


@pytest.mark.weekly  # a minute each
@pytest.mark.django_db
@pytest.mark.parametrize("days", range(7))
def test_the_example_is_loaded_on_any_day_and_at_any_hour(
    days: int, settings: object, tmp_path: Path
) -> None:
    (tmp_path / MARK).touch()
    settings.DATA, settings.DEV = tmp_path, True  # type: ignore[attr-defined]
    hour = (0, 5, 9, 12, 16, 20, 23)[days]
    services.load(now=MONDAY + timedelta(days=days, hours=hour, minutes=3))
    assert Project.objects.count() == 10
