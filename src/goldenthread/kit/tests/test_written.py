"""A query that was written out once answers like the one it was written from."""

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from goldenthread.kit.testing.queries import at_most
from goldenthread.kit.written import write_out


@pytest.mark.django_db
def test_what_is_given_stands_in_its_place() -> None:
    for key in ("one", "two"):
        Session.objects.create(session_key=key, session_data=key, expire_date=timezone.now())
    rows = Session.objects.filter(session_key="whose").order_by().values_list("session_data")
    written = write_out(rows, key="whose")
    with at_most(3):
        assert [written.rows(key=key) for key in ("one", "two", "three")] == [
            [("one",)],
            [("two",)],
            [],
        ]
    assert written.rows(key="one' or '1'='1") == []


def test_a_stand_in_that_is_not_there_is_found() -> None:
    with pytest.raises(AssertionError):
        write_out(Session.objects.filter(session_key="whose"), other="what")
