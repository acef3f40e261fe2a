from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from icalendar import Calendar

from goldenthread.empower.groups.tests.factories import panel
from goldenthread.empower.meetings import services
from goldenthread.empower.meetings.tests.factories import STARTS, MeetingFactory, announced
from goldenthread.projects.tests.factories import NOW, Listening

LINK = "https://example.org/room"


def fetched(client: Client, here: Listening, ref: UUID) -> Calendar:
    answer = client.get(f"/p/{here.project.address}/meetings/{ref}/calendar.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(answer.content)


def test_it_says_what_when_and_where_in_the_right_time_zone(
    here: Listening, client: Client
) -> None:
    meeting = announced(panel(here.project, here.mina))
    calendar = fetched(client, here, meeting.ref)
    [event] = calendar.walk("VEVENT")
    assert event["SUMMARY"] == meeting.title
    assert event["LOCATION"] == meeting.place
    assert event["DTSTART"].params["TZID"] == "Europe/London"
    assert event.decoded("DTSTART") == STARTS
    assert event.decoded("DTSTART").utcoffset() == timedelta(hours=1)
    assert event.decoded("DTEND") == STARTS + timedelta(hours=2)
    assert len(calendar.walk("VTIMEZONE")) == 1
    assert "Mina" not in calendar.to_ical().decode()


def test_a_change_keeps_its_uid_and_counts_up(here: Listening, client: Client) -> None:
    meeting = announced(panel(here.project))
    [before] = fetched(client, here, meeting.ref).walk("VEVENT")
    services.edit_meeting(by=here.tom, meeting=meeting, place="Room 1", now=NOW)
    services.cancel(by=here.tom, meeting=meeting, because="Flood.", now=NOW)
    [after] = fetched(client, here, meeting.ref).walk("VEVENT")
    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 2)
    assert (before["STATUS"], after["STATUS"]) == ("CONFIRMED", "CANCELLED")


def test_the_link_is_only_in_the_file_of_those_with_a_seat(here: Listening, client: Client) -> None:
    meeting = announced(panel(here.project, here.mina), link=LINK)
    assert LINK not in fetched(client, here, meeting.ref).to_ical().decode()
    client.force_login(here.mina)
    assert LINK in fetched(client, here, meeting.ref).to_ical().decode()


@pytest.mark.parametrize("facts", [{}, {"starts_at": STARTS}])
def test_a_draft_has_none_for_others(
    here: Listening, client: Client, facts: dict[str, object]
) -> None:
    draft = MeetingFactory.create(group=panel(here.project), **facts)
    href = f"/p/{here.project.address}/meetings/{draft.ref}/calendar.ics"
    assert client.get(href).status_code == 404
