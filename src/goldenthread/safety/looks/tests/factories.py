"""Words that Rosa read in February, and the month in which others look at them again."""

from datetime import UTC, date, datetime
from typing import Any

from goldenthread.projects.tests.factories import Listening
from goldenthread.safety.looks import services
from goldenthread.safety.looks.models import SecondLook
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.tests.factories import released

MARCH = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
APRIL = datetime(2026, 4, 10, 10, 0, tzinfo=UTC)
IN_FEBRUARY = date(2026, 2, 16)
FEBRUARY = date(2026, 2, 1)
ROUNDABOUT = "Lately I keep giving my things away to the neighbours."  # no list knows it
HINTED = "I want to die"


def read(here: Listening, text: str = ROUNDABOUT, **given: Any) -> Words:
    """Make words that Rosa read and released in February."""
    days = {"received_on": IN_FEBRUARY, "released_on": IN_FEBRUARY}
    return released(project=here.project, text=text, **{"read_by": here.rosa, **days, **given})


def drawn(here: Listening, text: str = ROUNDABOUT, **given: Any) -> SecondLook:
    """Make one that is drawn in March, and waits for Sam."""
    words = read(here, text, **given)
    services.draw(now=MARCH)
    return SecondLook.objects.get(words=words)
