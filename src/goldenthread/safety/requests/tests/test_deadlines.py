from datetime import date

import pytest

from goldenthread.safety.requests.deadlines import complaint_due, due


@pytest.mark.parametrize(
    ("received", "nation", "by"),
    [
        (date(2026, 3, 10), "england", date(2026, 4, 10)),
        (date(2026, 1, 31), "england", date(2026, 3, 2)),  # no 31 February; the 28th is a Saturday
        (date(2024, 1, 31), "england", date(2024, 2, 29)),
        (date(2026, 8, 31), "england", date(2026, 9, 30)),
        (date(2026, 11, 25), "england", date(2026, 12, 29)),  # Christmas, Boxing Day kept on Monday
        (date(2026, 11, 30), "scotland", date(2026, 12, 30)),
        (date(2026, 3, 3), "england", date(2026, 4, 7)),  # Good Friday to Easter Monday
        (date(2026, 3, 3), "scotland", date(2026, 4, 6)),  # no Easter Monday there
        (date(2026, 2, 17), "northern-ireland", date(2026, 3, 18)),  # St Patrick's Day
        (date(2026, 2, 17), "wales", date(2026, 3, 17)),
        (date(2026, 12, 1), "england", date(2027, 1, 4)),
        (date(2026, 12, 1), "scotland", date(2027, 1, 5)),
    ],
)
def test_it_is_the_same_day_next_month_or_the_next_working_day(received, nation, by) -> None:
    assert due(received, nation=nation) == by


def test_two_further_months_count_from_the_day_it_came() -> None:
    assert due(date(2026, 3, 10), nation="england", extended=True) == date(2026, 6, 10)
    assert due(date(2026, 11, 30), nation="england", extended=True) == date(2027, 3, 1)


def test_days_of_waiting_are_added() -> None:
    assert due(date(2026, 3, 10), nation="england", paused_days=3) == date(2026, 4, 13)


def test_a_complaint_is_acknowledged_within_thirty_days_whatever_day_that_is() -> None:
    came = date(2026, 6, 19)
    assert complaint_due(came, nation="england", acknowledged=False) == date(2026, 7, 19)
    assert complaint_due(came, nation="england", acknowledged=True) == date(2026, 9, 21)


def test_thirty_days_are_no_calendar_month() -> None:
    """The negative control: a clock of thirty days would be late or early."""
    came = date(2026, 1, 31)
    assert due(came, nation="england") != date(2026, 3, 2).replace(day=1)
    assert (due(date(2026, 7, 1), nation="england") - date(2026, 7, 1)).days != 30
