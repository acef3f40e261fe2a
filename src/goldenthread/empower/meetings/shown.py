"""What the pages of meetings show, put together from queries."""

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _

from goldenthread.empower.groups.models import Group
from goldenthread.empower.meetings import forms, permissions, queries
from goldenthread.empower.meetings.models import Meeting
from goldenthread.kit import clock
from goldenthread.kit.shapes import Crumb
from goldenthread.kit.text import say_day
from goldenthread.people.accounts.models import Person
from goldenthread.projects.speaker import Speaker
from goldenthread.projects.wording import WEEKDAYS

NOTICE = timedelta(days=7)
Fact = tuple[str, str]


def crumbs(group: Group, *, meeting: Meeting | None = None) -> list[Crumb]:
    """Return the way here."""
    project = group.project
    way = [
        Crumb(project.title, reverse("pages:project", args=[project.address])),
        Crumb(group.name, reverse("groups:group", args=[project.address, group.ref])),
    ]
    if meeting is not None:
        href = reverse("meetings:meeting", args=[project.address, meeting.ref])
        way.append(Crumb(meeting.title, href))
    return way


def one(meeting: Meeting, speaker: Speaker, *, now: datetime) -> dict[str, Any]:
    """Gather the page of one meeting, as this speaker may see it."""
    organises = permissions.may_plan(speaker, meeting.group.project, now=now)
    sees_link = permissions.may_see_the_link(speaker, meeting, now=now)
    with_needs = permissions.may_see_needs(speaker, meeting, now=now)
    may_answer = permissions.may_answer(speaker, meeting, now=now)
    tally = queries.latest_tally(meeting.group) if permissions.is_over(meeting, now=now) else None
    return {
        "project": meeting.group.project,
        "meeting": meeting,
        "crumbs": crumbs(meeting.group),
        "where": where(meeting, with_link=sees_link),
        "when": say_when(meeting),
        "care": care(meeting),
        "sees_link": sees_link,
        "organises": organises,
        "invited": queries.invited_to(meeting, with_needs=with_needs) if organises else [],
        "with_needs": with_needs,
        "over": permissions.is_over(meeting, now=now),
        "may_answer": may_answer,
        "mine": queries.my_answer(speaker, meeting) if may_answer else None,
        "may_check": _may_still_check(speaker, meeting, now=now),
        "tally": tally,
        "checks": queries.tally_checks(tally) if tally else "",
        "rows": queries.tally_rows(tally) if tally else [],
        "headers": queries.tally_headers(),
        "short_notice": _short_notice(meeting),
        "notes_late": queries.notes_are_late(meeting, now=now),
        "no_agenda_yet": _no_agenda_yet(meeting, now=now),
        "seal": queries.seal_of(meeting),
        "seal_is_fixed": meeting.starts_at is not None
        and clock.today(now) >= clock.today(meeting.starts_at),
    }


def _may_still_check(speaker: Speaker, meeting: Meeting, *, now: datetime) -> bool:
    return (
        isinstance(speaker, Person)
        and permissions.may_check(speaker, meeting, now=now)
        and not queries.has_checked(speaker, meeting)
    )


def _short_notice(meeting: Meeting) -> bool:
    if meeting.starts_at is None or meeting.announced_on is None:
        return False
    return clock.today(meeting.starts_at) < meeting.announced_on + NOTICE


def _no_agenda_yet(meeting: Meeting, *, now: datetime) -> bool:
    soon = meeting.starts_at is not None and now < meeting.starts_at < now + NOTICE
    return soon and not meeting.agenda and meeting.state == Meeting.State.ANNOUNCED


def say_when(meeting: Meeting) -> str:
    """Say the day and the hours: Tuesday 3 March 2026, 14:00 to 15:30."""
    if meeting.starts_at is None:
        return ""
    starts = timezone.localtime(meeting.starts_at)
    said = _("%(weekday)s %(day)s, %(hour)s") % {
        "weekday": _(WEEKDAYS[starts.weekday()]),
        "day": say_day(starts),
        "hour": f"{starts:%H:%M}",
    }
    if meeting.ends_at is None:
        return said
    ends = timezone.localtime(meeting.ends_at)
    if ends.date() == starts.date():
        return _("%(start)s to %(end)s") % {"start": said, "end": f"{ends:%H:%M}"}
    return _("%(start)s, until %(end)s") % {"start": said, "end": f"{say_day(ends)}, {ends:%H:%M}"}


def where(meeting: Meeting, *, with_link: bool) -> list[Fact]:
    """Say where it is; the link is for those with a seat."""
    facts: list[Fact] = [(_("Place"), meeting.place)]
    if meeting.link:
        online = _("By link. People with a seat see it here.")
        if with_link:
            online = format_html('<a href="{0}">{0}</a>', meeting.link)
        facts.append((_("Online"), online))
    facts.append((_("How to get in"), meeting.way_in))
    return [fact for fact in facts if fact[1]]


def care(meeting: Meeting) -> list[Fact]:
    """Say how the meeting cares for those who come."""
    facts = [
        (_("Expenses"), meeting.expenses),
        (_("Quiet space"), meeting.quiet_space),
        (_("Breaks"), meeting.breaks),
        (_("Someone to talk to"), meeting.support_person),
        (_("How it is written down"), meeting.recorded_how),
    ]
    return [fact for fact in facts if fact[1]]


def notes_form(meeting: Meeting, data: Any) -> forms.Notes:
    """Return the form for notes as they now are, with those who may have come."""
    invited = queries.invited_to(meeting, with_needs=False)
    now = {
        "notes": meeting.notes,
        "next_steps": meeting.next_steps,
        "next_step_on": meeting.next_step_on,
        "came": [str(one.seat.ref) for one in invited if one.came],
        "seen": queries.notes_edition(meeting),
    }
    return forms.Notes([(str(one.seat.ref), one.name) for one in invited], data, initial=now)


def coming_form(meeting: Meeting, speaker: Speaker, data: Any) -> forms.ComingForm:
    """Return the form with what the speaker answered before."""
    given = queries.my_answer(speaker, meeting)
    now = {"answer": given.answer, "needs": queries.needs_in(given)} if given else {}
    return forms.ComingForm(meeting, data, initial=now)
