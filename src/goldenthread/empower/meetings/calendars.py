"""The meeting as a calendar file: what, when, where. No names."""

from datetime import datetime, timedelta

from django.utils import timezone
from icalendar import Calendar, Event

from goldenthread.empower.meetings.models import Meeting

AN_HOUR = timedelta(hours=1)


def calendar_file(meeting: Meeting, *, page: str, with_link: bool, now: datetime) -> bytes:
    """Return an iCalendar file (RFC 5545); a later one of the same meeting replaces the earlier."""
    if meeting.starts_at is None:
        raise ValueError("a meeting without a time has no calendar file")
    event = Event()
    event.add("uid", f"{meeting.ref}@goldenthread")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", now)
    event.add("dtstart", timezone.localtime(meeting.starts_at))
    event.add("dtend", timezone.localtime(meeting.ends_at or meeting.starts_at + AN_HOUR))
    event.add("summary", meeting.title)
    cancelled = meeting.state == Meeting.State.CANCELLED
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    link = meeting.link if with_link else ""
    if where := meeting.place or link:
        event.add("location", where)
    event.add("url", page)
    event.add("description", "\n".join(line for line in (link, page) if line))
    calendar = Calendar()
    calendar.add("prodid", "-//Golden Thread//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
