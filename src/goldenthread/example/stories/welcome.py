"""A project that has just begun to listen: too few voices for figures, and some nobody has read."""

import csv
from uuid import uuid4

from goldenthread.example.stories.stage import (
    WORDS,
    Calendar,
    Cast,
    lines_of,
    read_all,
    say_all,
    staff,
)
from goldenthread.listen.voices import services as voices
from goldenthread.projects import services as projects
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Guest
from goldenthread.safety.concerns import services as concerns
from goldenthread.safety.reading import services as reading


def tell(calendar: Calendar, cast: Cast) -> Project:
    """Open the box and let the first people speak."""
    project = _prepare(calendar, cast)
    said = list(
        say_all(project, lines_of("welcome"), calendar, days=(-9, -4), keep=lambda _n: True)
    )
    read_all(cast["rosa"], [voice for _line, voice in said])
    _unread(calendar, cast, project)
    return project


def _prepare(calendar: Calendar, cast: Cast) -> Project:
    tom, now = cast["tom"], calendar.at(-30)
    project = projects.prepare(
        by=tom,
        organisation=cast.organisation,
        title="The first weeks",
        summary="What was it like to arrive? What should we do differently for those who come next?",
        address="first-weeks",
        read_within_hours=8,
        now=now,
    )
    projects.write_terms(
        by=tom,
        project=project,
        question="What would have made your first weeks here better?",
        can_change="Welcome events, who meets you, and what you hear before you come.",
        cannot_change="The dates of term. Which halls are open.",
        who_decides="The students' council and the welcome team, half and half.",
        risks_accepted="Some of what we hear will be about us.",
        what_people_get_back="An answer before the next new students arrive.",
        hear_by=calendar.day(70),
        debrief_on=calendar.day(100),
        now=now,
    )
    staff(
        project,
        cast["ada"],
        {
            "facilitator": [tom],
            "reader": [cast["rosa"], cast["sam"]],
            "safeguarder": [cast["priya"]],
            "decision-maker": [cast["dev"]],
            "co-lead": [cast["ines"]],
        },
        now=now,
    )
    projects.set_stages(
        by=tom,
        project=project,
        windows={
            "listen": (calendar.day(-10), calendar.day(25), ""),
            "empower": (calendar.day(26), calendar.day(50), ""),
            "act": (calendar.day(51), calendar.day(90), ""),
            "debrief": (calendar.day(91), calendar.day(105), ""),
        },
        now=now,
    )
    projects.add_strand(by=tom, project=project, name="International students", now=now)
    return projects.open_listening(by=tom, project=project, now=calendar.at(-11))


def _unread(calendar: Calendar, cast: Cast, project: Project) -> None:
    """Leave some for the readers; one of them has been told to the safeguarding owner."""
    with (WORDS / "unread.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        now = calendar.at(-int(row["received_days_ago"]))
        spoken = voices.speak(
            by=Guest(),
            project=project,
            form_key=uuid4(),
            now=now,
            kind=row["kind"],
            text=row["text"],
        )
        reading.set_lane(by=cast["rosa"], words=spoken.voice.words, lane=row["lane"], now=now)
        if row["lane"] == "first":
            concerns.raise_concern(
                by=cast["rosa"],
                words=spoken.voice.words,
                now=now,
                why="They say they have not slept and do not see the point of much.",
            )
