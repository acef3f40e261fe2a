"""A project that has just begun to listen: too few voices for figures, and some nobody has read."""

import csv
from datetime import timedelta

from goldenthread.example.stories.stage import (
    WORDS,
    Calendar,
    Cast,
    Line,
    lines_of,
    prepare,
    read_all,
    say,
    say_all,
    script_of,
)
from goldenthread.handover import services as handover
from goldenthread.handover.posts import Post
from goldenthread.listen.voices.models import Voice
from goldenthread.projects import services as projects
from goldenthread.projects.models import Project
from goldenthread.safety.concerns import services as concerns
from goldenthread.safety.reading import services as reading

WORRY = "They say they have not slept and do not see the point of much."


def tell(calendar: Calendar, cast: Cast) -> None:
    """Open the box and let the first people speak."""
    tom = cast["tom"]
    project = prepare(calendar, cast, script_of("welcome"), by="tom", giver="ada", days=-30)
    projects.add_strand(
        by=tom, project=project, name="International students", now=calendar.at(-30)
    )
    project = projects.open_listening(by=tom, project=project, now=calendar.at(-11))
    said = list(say_all(project, lines_of("welcome"), calendar, days=(-9, -4)))
    read_all(project, cast["rosa"], [voice for _line, voice in said])
    _look_after(calendar, cast, project, [voice for _line, voice in said])
    _leave_unread(calendar, cast, project)
    _hand_over(calendar, cast, project)


def _hand_over(calendar: Calendar, cast: Cast, project: Project) -> None:
    """Let whoever runs it ask somebody to follow, who has not answered yet."""
    tom = cast["tom"]
    handover.name_successor(
        by=tom,
        post=Post(tom.project_roles.get(project=project, name="facilitator")),
        last_day=calendar.day(45),
        now=calendar.at(-2),
        email=cast["lewis"].email,
        note=script_of("welcome")["hand_over"],
    )


def _look_after(calendar: Calendar, cast: Cast, project: Project, heard: list[Voice]) -> None:
    """One concern that was followed to its end, and one that is half-way; a deputy stands by."""
    projects.give_role(
        by=cast["ada"],
        project=project,
        email=cast["joan"].email,
        name="safeguarder",
        stands_in=True,
        starts_on=calendar.day(-30),
        now=calendar.at(-12),
    )
    for case in script_of("welcome")["concerns"]:
        voice = heard[case["voice"]]
        raised, priya = calendar.at(-case["days_ago"]), cast["priya"]
        given = {"words": voice.words, "why": case["why"], "now": raised}
        concern = concerns.raise_concern(by=cast["rosa"], **given)
        now = raised + timedelta(minutes=10)
        concerns.look(by=priya, concern=concern, now=now)
        for step, text in case["steps"].items():
            concerns.mark_step(
                by=priya,
                concern=concern,
                step=step,
                done=not text.startswith("No:"),
                text=text.removeprefix("No: "),
                who=priya.name if step == "next" else "",
                due_on=calendar.day(2) if step == "next" else None,
                now=now,
            )
        for telling in case.get("tellings", []):
            concerns.tell_others(by=priya, concern=concern, **telling, now=now)
        concerns.note(by=priya, concern=concern, text=case["note"], now=now)
        if ending := case.get("ending"):
            concerns.close(by=priya, concern=concern, **ending, now=now + timedelta(days=2))


def _leave_unread(calendar: Calendar, cast: Cast, project: Project) -> None:
    """Leave some for the readers; one of them has been told to the safeguarding owner."""
    with (WORDS / "unread.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        now = calendar.at(-int(row["received_days_ago"]))
        words = say(project, Line("", row["kind"], row["text"]), now=now).voice.words
        if row["lane"] == "first":
            reading.set_lane(by=cast["rosa"], words=words, lane="first", now=now)
            concerns.raise_concern(by=cast["rosa"], words=words, why=WORRY, now=now)
