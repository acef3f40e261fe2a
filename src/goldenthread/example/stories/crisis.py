"""A project in the middle: help in a crisis, day or night. It is late, and the page says so."""

from goldenthread.empower.groups import services as groups
from goldenthread.empower.groups.models import Group
from goldenthread.empower.meetings import services as meetings
from goldenthread.example.stories.stage import Calendar, Cast, lines_of, read_all, say_all, staff
from goldenthread.listen.themes import services as themes
from goldenthread.listen.voices.models import Voice
from goldenthread.projects import services as projects
from goldenthread.projects.models import Project
from goldenthread.safety.release.services import freeze

TITLES = {
    "told-to-wait": ("Told to wait", "People in a crisis are asked to prove it, and then to wait."),
    "crisis-plan": (
        "My plan, in my words",
        "Crisis plans are written, and then nobody opens them.",
    ),
    "carers": ("Families at the door", "Carers know most and are told least."),
}


def tell(calendar: Calendar, cast: Cast, university: Cast) -> Project:
    """Listen, group, seat a panel, and run late with the answer."""
    project = _prepare(calendar, cast, university)
    said = list(
        say_all(project, lines_of("crisis"), calendar, days=(-69, -28), keep=lambda n: n % 3 != 2)
    )
    read_all(cast["ola"], [voice for _line, voice in said[:-2]])  # two wait for a reader, overdue
    by_theme: dict[str, list[Voice]] = {}
    for line, voice in said:
        by_theme.setdefault(line.theme, []).append(voice)
    for key, (title, sentence) in TITLES.items():
        theme = themes.make_theme(
            by=cast["fay"],
            project=project,
            title=title,
            sentence=sentence,
            voices=[voice.ref for voice in by_theme[key]],
            now=calendar.at(-20),
        )
        if key != "carers":
            themes.show_back(by=cast["fay"], theme=theme, now=calendar.at(-12))
    freeze(project=project, by=cast["bea"], now=calendar.at(-19))
    _meet(calendar, cast, _panel(calendar, cast, project))
    return project


def _prepare(calendar: Calendar, cast: Cast, university: Cast) -> Project:
    bea, now = cast["bea"], calendar.at(-90)
    project = projects.prepare(
        by=bea,
        organisation=cast.organisation,
        title="Help in a crisis, day or night",
        summary="What happens when you ring at two in the morning? We are finding out together, with the "
        "people who rang.",
        address="crisis-help",
        read_within_hours=8,
        now=now,
    )
    partner = projects.ask_partner(
        by=bea, project=project, address=university.organisation.address, now=now
    )
    projects.accept_partnership(by=university["ada"], partner=partner, now=now)
    projects.write_terms(
        by=bea,
        project=project,
        question="What should happen when someone asks for help in a crisis?",
        can_change="How calls are answered, what a crisis plan looks like, and whether there is a place to go.",
        cannot_change="The number of hospital beds. The law on sharing what someone said.",
        who_decides="A panel of service users and carers, with Len Archer for the services.",
        risks_accepted="People may tell us things that are hard to hear. We will not explain them away.",
        what_people_get_back="An answer to everyone, and a say in what is tried first.",
        hear_by=calendar.day(-3),
        debrief_on=calendar.day(60),
        now=now,
    )
    staff(
        project,
        bea,
        {
            "facilitator": [bea],
            "reader": [cast["ola"], cast["uma"]],
            "safeguarder": [cast["kit"]],
            "decision-maker": [cast["len"]],
            "co-lead": [cast["fay"]],
        },
        now=now,
    )
    projects.set_stages(
        by=bea,
        project=project,
        windows={
            "listen": (calendar.day(-70), calendar.day(-21), ""),
            "empower": (calendar.day(-30), calendar.day(20), "A panel meets next week."),
            "act": (calendar.day(21), calendar.day(50), ""),
            "debrief": (calendar.day(51), calendar.day(65), ""),
        },
        now=now,
    )
    return projects.open_listening(by=bea, project=project, now=calendar.at(-71))


def _panel(calendar: Calendar, cast: Cast, project: Project) -> Group:
    now = calendar.at(-25)
    panel = groups.make_group(
        by=cast["bea"],
        project=project,
        name="The night panel",
        carers_concerned=True,
        now=now,
        purpose="People who have rung, people who have answered, and people who drove there.",
    )
    for name, filled, lived, carer in (
        ("fay", "elected", True, False),
        ("gus", "drawn", True, False),
        ("moira", "drawn", True, True),
        ("ravi", "invited", True, True),
        ("len", "post", False, False),
    ):
        groups.fill_seat(
            by=cast["bea"],
            group=panel,
            filled=filled,
            lived_experience=lived,
            carer=carer,
            person=cast[name],
            now=now,
        )
    return panel


def _meet(calendar: Calendar, cast: Cast, panel: Group) -> None:
    """One meeting is announced; for the next, the promises cannot be kept yet."""
    now = calendar.at(-8)
    meeting = meetings.plan_meeting(
        by=cast["bea"],
        group=panel,
        title="Reading the topics together",
        now=now,
        starts_at=calendar.at(6, 14),
        ends_at=calendar.at(6, 16),
        place="The Old Chapel, Market Street",
        way_in="Level from the car park. Moira waits at the door from half past one.",
        expenses="Bring your ticket or your mileage. Fay pays in cash on the day.",
        quiet_space="The vestry, with the kettle",
        breaks="Every half hour",
        support_person="Kit Moran",
        recorded_how="Large sheets on the wall, typed up without names",
        agenda="1. Welcome. 2. Three topics. 3. What next.",
    )
    meetings.announce(by=cast["bea"], meeting=meeting, now=now)
    meetings.plan_meeting(
        by=cast["bea"],
        group=panel,
        title="Deciding what to try first",
        now=now,
        starts_at=calendar.at(20, 14),
        ends_at=calendar.at(20, 16),
    )
