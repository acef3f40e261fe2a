"""Groups and meetings of the stories."""

from goldenthread.empower.groups import services as groups
from goldenthread.empower.groups.models import Group
from goldenthread.empower.meetings import services as meetings
from goldenthread.empower.meetings.models import Meeting
from goldenthread.example.stories.stage import Calendar, Cast, Script
from goldenthread.projects.models import Project


def seat_group(
    project: Project, cast: Cast, script: Script, calendar: Calendar, *, by: str, days: int
) -> Group:
    """Set up the group of a script and fill its seats."""
    now = calendar.at(days)
    group = groups.make_group(by=cast[by], project=project, now=now, **script["group"])
    for row in script["seats"]:
        facts = {key: row[key] for key in row if key not in {"people", "names"}}
        for first_name in row.get("people", []):
            groups.fill_seat(by=cast[by], group=group, person=cast[first_name], now=now, **facts)
        for name in row.get("names", []):
            groups.fill_seat(by=cast[by], group=group, name=name, now=now, **facts)
    return group


def meet(group: Group, cast: Cast, script: Script, calendar: Calendar, *, by: str) -> list[Meeting]:
    """Plan the meetings of a script; announce and write up those that were."""
    return [_meet(group, cast, row, calendar, by) for row in script["meetings"]]


def _meet(group: Group, cast: Cast, row: Script, calendar: Calendar, by: str) -> Meeting:
    now = calendar.at(row["planned"])
    meeting = meetings.plan_meeting(
        by=cast[by],
        group=group,
        starts_at=calendar.at(*row["starts"]),
        ends_at=calendar.at(*row["ends"]),
        now=now,
        **row["facts"],
    )
    if row["announced"]:
        meetings.announce(by=cast[by], meeting=meeting, now=now)
    if "noted" in row:
        meetings.write_notes(
            by=cast[by],
            meeting=meeting,
            next_step_on=calendar.day(row["next_step_on"]),
            now=calendar.at(row["noted"]),
            **row["afterwards"],
        )
    return meeting
