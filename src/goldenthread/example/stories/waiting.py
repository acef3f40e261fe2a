"""A project that has come almost to its end: getting help while you wait for counselling."""

from dataclasses import dataclass, field
from typing import Any

from goldenthread.act.decisions import services as decisions
from goldenthread.act.plans import services as plans
from goldenthread.debrief.replies import rounds
from goldenthread.debrief.replies import services as replies
from goldenthread.empower.meetings.models import Meeting
from goldenthread.example.stories import missing
from goldenthread.example.stories.meeting import meet, seat_group
from goldenthread.example.stories.stage import (
    Calendar,
    Cast,
    Line,
    Script,
    lines_of,
    prepare,
    read_all,
    say,
    say_all,
    script_of,
)
from goldenthread.listen.themes import services as themes
from goldenthread.listen.voices.models import Voice
from goldenthread.people.contacts import services as contacts
from goldenthread.projects import services as projects
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Guest
from goldenthread.safety.release.services import freeze

IN_TWIN = 20  # from this voice on, someone had begun the same theme a second time
CAME_BACK = (4, 5)  # four of five who hold a receipt have opened it since
CONFIRMED = 15
ANSWERS = ("yes", "yes", "partly", "yes", "no", "yes", "dont-know")
SIGNED = "Tom Okafor, with Cara Doyle for the panel"


@dataclass
class Told:
    """The project as it grows, with everything by the name it has in the script."""

    calendar: Calendar
    cast: Cast
    script: Script
    project: Project
    code: str = ""  # the receipt of one guest, whose voice visitors may follow
    voices: dict[str, list[Voice]] = field(default_factory=dict)
    things: dict[tuple[str, str], Any] = field(default_factory=dict)


def tell(calendar: Calendar, cast: Cast) -> str:
    """Live the whole thread, from the terms to the first confirmations; return a receipt."""
    script = script_of("waiting")
    project = prepare(calendar, cast, script, by="tom", giver="ada", days=-300)
    missing.ask(calendar, cast, project)
    project = projects.open_listening(by=cast["tom"], project=project, now=calendar.at(-286))
    told = Told(calendar, cast, script, project)
    _listen(told)
    missing.answer(calendar, project)
    _group(told)
    panel = seat_group(project, cast, script, calendar, by="tom", days=-254)
    _decide(told, meet(panel, cast, script, calendar, by="tom")[0])
    _act(told)
    _reply(told)
    _come_back(told)
    missing.reach(calendar, cast, project)
    freeze(project=project, by=cast["tom"], now=calendar.at(-60))
    return told.code


def _listen(told: Told) -> None:
    calendar = told.calendar
    first = Line(**told.script["guest"])
    spoken = say(told.project, first, now=calendar.at(-284))
    told.code = spoken.code or ""
    said = [(first, spoken.voice)]
    said += say_all(told.project, lines_of("waiting"), calendar, days=(-284, -246), lost=5)
    read_all(told.project, told.cast["rosa"], [voice for _line, voice in said])
    for line, voice in said:
        told.voices.setdefault(line.theme, []).append(voice)
    contacts.leave(
        scope=told.project.ref,
        how="email",
        value="someone@northmoor.example",
        wants_news=True,
        wants_to_help=False,
        now=calendar.at(-250),
    )


def _group(told: Told) -> None:
    calendar, cara = told.calendar, told.cast["cara"]
    for key, words in told.script["themes"].items():
        refs = [voice.ref for voice in told.voices[key]]
        told.things["theme", key] = themes.make_theme(
            by=cara, project=told.project, voices=refs, now=calendar.at(-238), **words
        )
    refs = [voice.ref for voice in told.voices["no-word"][IN_TWIN:]]
    silence = told.things["theme", "no-word"]
    twin = themes.split(
        by=cara, theme=silence, voices=refs, now=calendar.at(-237), **told.script["twin"]
    )
    told.things["theme", "no-word"] = themes.merge(
        by=cara, themes=[twin], into=silence, now=calendar.at(-237)
    )
    for key in told.script["themes"]:
        theme = themes.show_back(by=cara, theme=told.things["theme", key], now=calendar.at(-236))
        told.things["theme", key] = themes.agree(by=cara, theme=theme, now=calendar.at(-226))
    freeze(project=told.project, by=told.cast["tom"], now=calendar.at(-225))
    found = {key: told.things["theme", key] for key in told.script["themes"]}
    missing.place(calendar, told.cast, told.project, found)


def _decide(told: Told, meeting: Meeting) -> None:
    for row in told.script["decisions"]:
        facts = {key: row[key] for key in row if key not in {"theme", "options", "chosen"}}
        options = [(text, at in row["chosen"]) for at, text in enumerate(row["options"])]
        decision = decisions.write_decision(
            by=told.cast["tom"],
            project=told.project,
            themes=[told.things["theme", row["theme"]]],
            options=options,
            group=meeting.group,
            meeting=meeting,
            decided_on=told.calendar.day(-214),
            now=told.calendar.at(-212),
            **facts,
        )
        told.things["decision", row["theme"]] = decisions.publish_decision(
            by=told.cast["dev"], decision=decision, now=told.calendar.at(-207)
        )


def _act(told: Told) -> None:
    calendar, cast, tom = told.calendar, told.cast, told.cast["tom"]
    for row in told.script["actions"]:
        owner, co_owner = cast[row["owner"]], cast[row["co_owner"]]
        action = plans.plan_action(
            by=tom,
            decision=told.things["decision", row["theme"]],
            what=row["what"],
            owner=owner,
            owner_name=owner.name,
            co_owner=co_owner,
            co_owner_name=co_owner.name,
            due_on=calendar.day(row["due"]),
            now=calendar.at(-200),
        )
        if "note" in row:
            plans.note_progress(
                by=tom, action=action, text=row["note"], now=calendar.at(row["noted"])
            )
        if "done" in row:
            action = plans.finish_action(by=tom, action=action, now=calendar.at(row["done"]))
        told.things["action", row["key"]] = action
    for row in told.script["changes"]:
        told.things["change", row["action"]] = plans.claim_change(
            by=tom,
            action=told.things["action", row["action"]],
            what_is_different=row["what_is_different"],
            evidence=row["evidence"],
            since_on=calendar.day(row["since"]),
            now=calendar.at(row["claimed"]),
        )


def _reply(told: Told) -> None:
    """Write each reply, send it, and let it reach everyone beneath."""
    for row in told.script["replies"]:
        kind, key = row["about"]
        now = told.calendar.at(row["sent"])
        reply = replies.write_reply(
            by=told.cast["tom"],
            project=told.project,
            about_kind=kind,
            about=told.things[kind, key].ref,
            text=row["text"],
            happens_next=row["happens_next"],
            signed_by=SIGNED,
            now=now,
        )
        replies.send_reply(by=told.cast["tom"], reply=reply, now=now)
        rounds.carry_out(now=now)
        told.calendar.tick()


def _come_back(told: Told) -> None:
    """Most who hold a receipt came back, some have said whether it changed for them."""
    calendar, change = told.calendar, told.things["change", "message"]
    of, every = CAME_BACK
    for key in ("no-word", "evenings"):
        holders = [voice for voice in told.voices[key] if voice.receipt_id]
        came = [voice for at, voice in enumerate(holders) if at and at % every < of]
        replies.opened(voices=came, now=calendar.at(-130))
        for at, voice in enumerate(came[:CONFIRMED] if key == "no-word" else []):
            replies.confirm(
                by=Guest(receipt=voice.receipt_id),
                voice=voice,
                change=change,
                answer=ANSWERS[at % len(ANSWERS)],
                now=calendar.at(-100),
            )
    spoken_to = [voice.ref for voice in told.voices["no-word"] if not voice.receipt_id][:3]
    replies.tell_in_person(
        by=told.cast["tom"], project=told.project, voices=spoken_to, now=calendar.at(-120)
    )
