"""A project that has come almost to its end: getting help while you wait for counselling."""

from dataclasses import dataclass, field
from uuid import uuid4

from goldenthread.act.decisions import services as decisions
from goldenthread.act.decisions.models import Decision
from goldenthread.act.decisions.services import Choice
from goldenthread.act.plans import services as plans
from goldenthread.act.plans.models import Action
from goldenthread.debrief.replies import rounds
from goldenthread.debrief.replies import services as replies
from goldenthread.debrief.replies.models import Reply
from goldenthread.empower.groups import services as groups
from goldenthread.empower.groups.models import Group
from goldenthread.empower.meetings import services as meetings
from goldenthread.empower.meetings.models import Meeting
from goldenthread.example.stories.stage import (
    Calendar,
    Cast,
    Line,
    lines_of,
    read_all,
    say_all,
    staff,
)
from goldenthread.listen.themes import services as themes
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.voices import services as voices
from goldenthread.listen.voices.models import Voice
from goldenthread.people.contacts import services as contacts
from goldenthread.projects import services as projects
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Guest
from goldenthread.safety.release.services import freeze

TITLES = {
    "no-word": (
        "Waiting with no word",
        "People wait for weeks and nobody tells them where they stand.",
    ),
    "evenings": (
        "Evenings and weekends",
        "Help is open when people study, work or care for someone.",
    ),
    "first-weeks": ("The first weeks", "New students do not know who does what until it is late."),
    "passed-around": (
        "Being passed around",
        "People tell their story again and again, and nobody keeps hold of it.",
    ),
    "money": ("What it costs", "Fares, letters and lost shifts keep people away from free help."),
}


@dataclass
class Waiting:
    """The project as it grows."""

    calendar: Calendar
    cast: Cast
    project: Project
    voices: dict[str, list[Voice]] = field(default_factory=dict)
    themes: dict[str, Theme] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)
    code: str = ""  # the receipt of one guest, whose voice visitors may follow


def tell(calendar: Calendar, cast: Cast) -> str:
    """Live the whole thread, from the terms to the first confirmations; return a guest's receipt."""
    waiting = Waiting(calendar, cast, _prepare(calendar, cast))
    _listen(waiting)
    panel = _empower(waiting)
    _decide(waiting, panel)
    _act(waiting)
    _debrief(waiting)
    return waiting.code


def _prepare(calendar: Calendar, cast: Cast) -> Project:
    tom, now = cast["tom"], calendar.at(-300)
    project = projects.prepare(
        by=tom,
        organisation=cast.organisation,
        title="Getting help while you wait for counselling",
        summary="The wait is the hardest part. Students and staff work on it together. This page shows what "
        "people said and what came of it.",
        address="while-you-wait",
        read_within_hours=8,
        now=now,
    )
    projects.write_terms(
        by=tom,
        project=project,
        question="What would make the wait for counselling easier?",
        can_change="Opening times, how we keep in touch, and how £20,000 is spent.",
        cannot_change="The number of counsellors before August. Waiting times set by the NHS.",
        who_decides="A panel of twelve people, eight of them students. Dev Marsh, Director of Student Services, "
        "has promised to do what they decide or to say why not.",
        risks_accepted="We may hear that we got things badly wrong. We may have to stop things we are proud of.",
        what_people_get_back="An answer to everyone. Panel members are paid £15 an hour and get their fares.",
        hear_by=calendar.day(-180),
        debrief_on=calendar.day(25),
        now=now,
    )
    staff(
        project,
        cast["ada"],
        {
            "facilitator": [tom],
            "reader": [cast["rosa"], cast["sam"]],
            "safeguarder": [cast["priya"], cast["joan"]],
            "decision-maker": [cast["dev"]],
            "co-lead": [cast["cara"]],
        },
        now=now,
    )
    projects.set_stages(
        by=tom,
        project=project,
        windows={
            "listen": (calendar.day(-285), calendar.day(-240), ""),
            "empower": (calendar.day(-255), calendar.day(-215), "12 people meet monthly."),
            "act": (calendar.day(-214), calendar.day(20), "Three actions under way."),
            "debrief": (calendar.day(21), calendar.day(50), ""),
        },
        now=now,
    )
    return projects.open_listening(by=tom, project=project, now=calendar.at(-286))


def _listen(waiting: Waiting) -> None:
    calendar, cast, project = waiting.calendar, waiting.cast, waiting.project
    said = list(
        say_all(
            project, lines_of("waiting"), calendar, days=(-284, -246), keep=lambda n: n % 5 != 4
        )
    )
    read_all(cast["rosa"], [voice for _line, voice in said])
    for line, voice in said:
        waiting.voices.setdefault(line.theme, []).append(voice)
    contacts.leave(
        scope=project.ref,
        how="email",
        value="a.reader@northmoor.example",
        wants_news=True,
        wants_to_help=False,
        now=calendar.at(-250),
    )
    for key, (title, sentence) in TITLES.items():
        waiting.themes[key] = themes.make_theme(
            by=cast["tom"],
            project=project,
            title=title,
            sentence=sentence,
            voices=[voice.ref for voice in waiting.voices[key]],
            now=calendar.at(-238),
        )
    _merge_two(waiting)
    for theme in waiting.themes.values():
        themes.show_back(by=cast["cara"], theme=theme, now=calendar.at(-236))
        themes.agree(by=cast["cara"], theme=theme, now=calendar.at(-226))
    freeze(project=project, by=cast["tom"], now=calendar.at(-225))


def _guest(waiting: Waiting) -> tuple[Line, Voice]:
    """The first to speak is the guest whose receipt visitors may open."""
    line = Line(
        "no-word",
        "issue",
        "Six weeks of nothing. I would have been glad of one line to say I was on the list.",
    )
    spoken = voices.speak(
        by=Guest(),
        project=waiting.project,
        form_key=uuid4(),
        kind=line.kind,
        text=line.text,
        now=waiting.calendar.at(-284),
    )
    waiting.code = spoken.code or ""
    return line, spoken.voice


def _merge_two(waiting: Waiting) -> None:
    """Two people began the same theme; it was merged, and nobody's words were lost."""
    tom, now = waiting.cast["tom"], waiting.calendar.at(-237)
    silence = waiting.themes["no-word"]
    twin = themes.split(
        by=tom,
        theme=silence,
        voices=[voice.ref for voice in waiting.voices["no-word"][20:]],
        title="Nobody gets in touch",
        sentence="Calls and letters miss people, and then they are off the list.",
        now=now,
    )
    waiting.themes["no-word"] = themes.merge(by=tom, themes=[twin], into=silence, now=now)


def _empower(waiting: Waiting) -> Meeting:
    calendar, cast, project = waiting.calendar, waiting.cast, waiting.project
    panel = groups.make_group(
        by=cast["tom"],
        project=project,
        name="The waiting panel",
        now=calendar.at(-254),
        purpose="Twelve people who decide what we do about the wait. Eight of them have waited.",
    )
    _fill(waiting, panel)
    now = calendar.at(-230)
    meeting = meetings.plan_meeting(
        by=cast["tom"],
        group=panel,
        title="What should happen first",
        now=now,
        starts_at=calendar.at(-221, 17),
        ends_at=calendar.at(-221, 19),
        place="Room 2, Old Library, ground floor",
        way_in="Step-free from Mill Lane. Ring the bell and Lewis comes down.",
        expenses="Fares are paid in cash on the day. £15 an hour within a week.",
        quiet_space="Room 3 next door, lights low",
        breaks="Ten minutes each hour, and whenever you like",
        support_person="Joan Price, in the room and by phone for a week after",
        recorded_how="Lewis writes notes. No names.",
        agenda="1. Who we are. 2. What people said. 3. What could be done. 4. We decide.",
    )
    meetings.announce(by=cast["tom"], meeting=meeting, now=now)
    meetings.write_notes(
        by=cast["tom"],
        meeting=meeting,
        now=calendar.at(-219),
        notes="We read all five topics aloud. Most time went to waiting with no word. The panel was clear: "
        "silence does harm, and a message costs little. Evenings were harder: two staff must be in the building.",
        next_steps="Tom and Cara write up the decisions. Dev answers within two weeks.",
        next_step_on=calendar.day(-205),
    )
    return meeting


def _fill(waiting: Waiting, panel: Group) -> None:
    cast, now = waiting.cast, waiting.calendar.at(-252)
    lived = (
        ("cara", "elected"),
        ("mina", "drawn"),
        ("yusuf", "drawn"),
        ("ines", "drawn"),
        ("noor", "drawn"),
    )
    for name, filled in lived:
        groups.fill_seat(
            by=cast["tom"],
            group=panel,
            filled=filled,
            lived_experience=True,
            person=cast[name],
            now=now,
        )
    for name in ("A student nurse", "A postgraduate", "A student parent"):
        groups.fill_seat(
            by=cast["tom"],
            group=panel,
            filled="volunteered",
            lived_experience=True,
            name=name,
            now=now,
        )
    for name in ("dev", "lewis", "joan", "stan"):
        groups.fill_seat(
            by=cast["tom"],
            group=panel,
            filled="post",
            lived_experience=False,
            person=cast[name],
            now=now,
        )


def _decide(waiting: Waiting, meeting: Meeting) -> None:
    common = {"group": meeting.group, "meeting": meeting, "decided_on": waiting.calendar.day(-214)}
    _decision(
        waiting,
        "no-word",
        common,
        title="A message every week while you wait",
        outcome="yes",
        question="How should people hear from us while they wait?",
        options=[
            "A message every week, by text or e-mail",
            "A page that shows your place in the queue",
            "Leave it as it is",
        ],
        said="About thirty people told us that the silence was harder than the wait itself.",
        why="It costs one hour a week and it answers what most people said. A page with queue numbers would "
        "give a false promise, because people with urgent needs are seen first.",
    )
    _decision(
        waiting,
        "evenings",
        common,
        title="Open in the evening",
        outcome="partly",
        question="Can we open when people are free?",
        options=["Tuesday and Thursday until 8 pm", "Every evening", "Weekends too"],
        said="People with jobs, placements and children told us that ten to four is no use to them.",
        why="Two evenings can be staffed safely from this budget. Weekends cannot, because a second member of "
        "staff has to be in the building and we cannot pay for one this year.",
    )
    _decision(
        waiting,
        "passed-around",
        common,
        title="One shared record of your story",
        outcome="no",
        question="Should all services share one record, so that nobody has to tell it again?",
        options=["One shared record", "One named contact for each person"],
        said="People are worn out by telling it again. But six people were afraid of who else would read it.",
        why="Those who feared a shared record had good reasons, and the law is on their side. We chose a named "
        "contact instead: a person who carries the story with you, not a file.",
    )
    _decision(
        waiting,
        "first-weeks",
        common,
        title="A named contact from the first week",
        outcome="yes",
        question="Who should a new student turn to?",
        options=["One named contact each", "A better website"],
        said="New students told us that they did not know who does what until it was late.",
        why="The panel asked for a person, not a page. Peer mentors already do this well in two schools.",
    )


def _decision(
    waiting: Waiting,
    theme: str,
    common: dict[str, object],
    *,
    options: list[str],
    said: str,
    **facts: str,
) -> None:
    cast, project = waiting.cast, waiting.project
    waiting.decisions[theme] = decisions.write_decision(
        by=cast["tom"],
        project=project,
        themes=[waiting.themes[theme]],
        options=[
            Choice(text, chosen=(place == 0) == (facts["outcome"] != "no"))
            for place, text in enumerate(options)
        ],
        what_people_said=said,
        now=waiting.calendar.at(-212),
        **facts,
        **common,
    )
    decisions.publish_decision(
        by=cast["dev"], decision=waiting.decisions[theme], now=waiting.calendar.at(-207)
    )


def _act(waiting: Waiting) -> None:
    calendar, cast = waiting.calendar, waiting.cast
    for key, theme, what, owner, co_owner, due in (
        (
            "message",
            "no-word",
            "Send everyone on the list a message each Monday",
            "lewis",
            "mina",
            -150,
        ),
        ("evenings", "evenings", "Open on Tuesday and Thursday until 8 pm", "joan", "yusuf", -100),
        ("contact", "first-weeks", "Give every new student a named contact", "tom", "ines", -15),
        ("carry", "passed-around", "Train six people as named contacts", "joan", "noor", 40),
    ):
        waiting.actions[key] = plans.plan_action(
            by=cast["tom"],
            decision=waiting.decisions[theme],
            what=what,
            owner=cast[owner],
            co_owner=cast[co_owner],
            owner_name=cast[owner].name,
            co_owner_name=cast[co_owner].name,
            due_on=calendar.day(due),
            now=calendar.at(-200),
        )
    for key, text, days in (
        ("message", "The first message went to 61 people. Four answered to say thank you.", -160),
        ("evenings", "The caretaker's hours have been agreed. We begin with Tuesdays.", -130),
        ("contact", "Four of six schools have said yes. Two have not answered.", -40),
    ):
        plans.note_progress(
            by=cast["tom"], action=waiting.actions[key], text=text, now=calendar.at(days)
        )
    for key, days in (("message", -152), ("evenings", -98)):
        plans.finish_action(by=cast["tom"], action=waiting.actions[key], now=calendar.at(days))


def _debrief(waiting: Waiting) -> None:
    calendar, cast = waiting.calendar, waiting.cast
    change = plans.claim_change(
        by=cast["tom"],
        action=waiting.actions["message"],
        since_on=calendar.day(-148),
        now=calendar.at(-140),
        what_is_different="Everyone who waits for counselling hears from a named person each Monday.",
        evidence="The log shows 24 weeks without a gap. Calls asking about the list fell from 40 a week to 9.",
    )
    plans.claim_change(
        by=cast["tom"],
        action=waiting.actions["evenings"],
        since_on=calendar.day(-90),
        now=calendar.at(-84),
        what_is_different="You can see a counsellor on Tuesday and Thursday until 8 pm, on both campuses.",
        evidence="96 evening appointments were kept in the first ten weeks. The rota is on the door.",
    )
    _answer(
        waiting,
        "decision",
        waiting.decisions["no-word"].ref,
        -205,
        "You told us that waiting with no word was the hardest part. You were right. From April, everyone on the "
        "list hears from us each Monday, from a person with a name.",
        "The first message goes out on the first Monday in April. We will tell you if it works.",
    )
    _answer(
        waiting,
        "decision",
        waiting.decisions["evenings"].ref,
        -204,
        "You told us that evenings and weekends are when you are free. We can open on two evenings. We cannot "
        "open at weekends this year, and we are sorry about that.",
        "Tuesday and Thursday evenings begin after Easter. We look at weekends again in the autumn.",
    )
    _answer(
        waiting,
        "change",
        change.ref,
        -139,
        "People who wait for counselling now hear from us every Monday. You asked for that.",
        "In four weeks we will ask whether it has changed for you.",
    )
    _open_and_confirm(waiting, change)
    freeze(project=waiting.project, by=cast["tom"], now=calendar.at(-60))


def _answer(
    waiting: Waiting, kind: str, about: object, days: int, text: str, happens_next: str
) -> None:
    """Write a reply, send it, and let it reach everyone beneath."""
    now = waiting.calendar.at(days)
    reply: Reply = replies.write_reply(
        by=waiting.cast["tom"],
        project=waiting.project,
        about_kind=kind,
        about=about,
        text=text,
        happens_next=happens_next,
        signed_by="Tom Okafor, with Cara Doyle for the panel",
        now=now,
    )
    replies.send_reply(by=waiting.cast["tom"], reply=reply, now=now)
    while rounds.carry_out(now=now):
        waiting.calendar.tick()


def _open_and_confirm(waiting: Waiting, change: object) -> None:
    """Let most of those with a receipt come back, and some say whether it changed for them."""
    calendar = waiting.calendar
    answers = ("yes", "yes", "partly", "yes", "no", "yes", "dont-know")
    for key in ("no-word", "evenings"):
        holders = [voice for voice in waiting.voices[key][1:] if voice.receipt_id]
        for number, voice in enumerate(holders[: len(holders) * 4 // 5]):
            replies.opened(voices=[voice], now=calendar.at(-130))
            if key == "no-word" and number < 15:
                replies.confirm(
                    by=Guest(receipt=voice.receipt_id),
                    voice=voice,
                    change=change,
                    answer=answers[number % len(answers)],
                    now=calendar.at(-100),
                )
    in_person = [voice.ref for voice in waiting.voices["no-word"] if not voice.receipt_id][:3]
    replies.tell_in_person(
        by=waiting.cast["tom"], project=waiting.project, voices=in_person, now=calendar.at(-120)
    )
