"""By when a request must be answered. Arithmetic of days only.

One calendar month from the day it came: the same day of the next month, or its last day where
there is none; a weekend or bank holiday rolls on to the next working day (ICO, right of access).
Two further months where it is complex, told within the first (UK GDPR, article 12(3)). The clock
stands still while somebody must first say who they are, or what they mean (Data (Use and Access)
Act 2025). A complaint is acknowledged within 30 days; by when it is answered is our own promise.
"""

from datetime import date, timedelta
from typing import Final

from goldenthread.kit import bank_holidays
from goldenthread.projects.ages import months_after

MONTHS: Final = 1
MORE_MONTHS: Final = 2
ACKNOWLEDGE_WITHIN: Final = timedelta(days=30)


def due(received: date, *, nation: str, extended: bool = False, paused_days: int = 0) -> date:
    """Return the day by which a request must be answered."""
    months = MONTHS + MORE_MONTHS if extended else MONTHS
    return working_day(months_after(received, months) + timedelta(days=paused_days), nation)


def complaint_due(received: date, *, nation: str, acknowledged: bool, paused_days: int = 0) -> date:
    """Return by when a complaint must be acknowledged, or then answered."""
    if acknowledged:
        return due(received, nation=nation, extended=True, paused_days=paused_days)
    return received + ACKNOWLEDGE_WITHIN


def working_day(day: date, nation: str) -> date:
    """Return the day, or the next that is no weekend and no bank holiday of the nation."""
    while not bank_holidays.is_working_day(nation, day):
        day += timedelta(days=1)
    return day
