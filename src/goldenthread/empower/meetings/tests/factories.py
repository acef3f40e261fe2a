from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import factory

from goldenthread.empower.groups.models import Group
from goldenthread.empower.groups.tests.factories import GroupFactory
from goldenthread.empower.meetings.models import Meeting
from goldenthread.projects.tests.factories import NOW

LONDON = ZoneInfo("Europe/London")
STARTS = datetime(2026, 4, 14, 14, 0, tzinfo=LONDON)  # after the clocks went forward
CARES = {
    "place": "Room 12, Rose Bowl",
    "expenses": "Fares in cash on the day.",
    "quiet_space": "Room 14 next door",
    "breaks": "Ten minutes each hour",
    "support_person": "Priya, in the blue scarf",
    "recorded_how": "Tom writes notes. You see them first.",
}
KEPT: dict[str, Any] = {
    "title": "What to do about the wait",
    "starts_at": STARTS,
    "ends_at": STARTS + timedelta(hours=2),
    **CARES,
}


class MeetingFactory(factory.django.DjangoModelFactory[Meeting]):
    class Meta:
        model = Meeting

    group = factory.SubFactory(GroupFactory)
    title = "What to do about the wait"


def announced(group: Group, **given: Any) -> Meeting:
    """Make a meeting that was announced today."""
    facts = {**KEPT, "state": Meeting.State.ANNOUNCED, "announced_on": NOW.date(), **given}
    return MeetingFactory.create(group=group, **facts)
