"""What is done in a project between listening and telling, as its script says."""

from dataclasses import dataclass, field
from typing import Any

from goldenthread.act.briefs import services as briefs
from goldenthread.act.decisions import services as decisions
from goldenthread.act.plans import services as plans
from goldenthread.debrief.replies import rounds
from goldenthread.debrief.replies import services as replies
from goldenthread.empower.groups.models import Group
from goldenthread.empower.meetings.models import Meeting
from goldenthread.example.stories.stage import Calendar, Cast, Line, Script
from goldenthread.listen.themes import services as themes
from goldenthread.listen.voices.models import Voice
from goldenthread.projects.models import Project


@dataclass
class Told:
    """A project as it grows, with everything by the name it has in the script."""

    calendar: Calendar
    cast: Cast
    script: Script
    project: Project
    code: str = ""  # the receipt of one guest, whose voice visitors may follow
    voices: dict[str, list[Voice]] = field(default_factory=dict)
    things: dict[tuple[str, str], Any] = field(default_factory=dict)

    @property
    def runs(self) -> Any:
        """Who runs the project day to day."""
        return self.cast[self.script["roles"]["facilitator"][0]]

    def on(self, deed: str) -> Any:
        """Return the moment at which the script has something done."""
        return self.calendar.at(self.script["days"][deed])


def sort_by_theme(told: Told, said: list[tuple[Line, Voice]]) -> None:
    """Keep what was said by the theme that the script gives it."""
    for line, voice in said:
        told.voices.setdefault(line.theme, []).append(voice)


def make_themes(told: Told, *, by: str) -> None:
    """Make the themes of the script out of what was said."""
    for key, words in told.script["themes"].items():
        refs = [voice.ref for voice in told.voices[key]]
        told.things["theme", key] = themes.make_theme(
            by=told.cast[by], project=told.project, voices=refs, now=told.on("grouped"), **words
        )


def show_back(told: Told, *, by: str) -> None:
    """Show the themes back to those who spoke, and agree them ten days later."""
    for key in told.script["themes"]:
        theme = told.things["theme", key]
        theme = themes.show_back(by=told.cast[by], theme=theme, now=told.on("shown"))
        told.things["theme", key] = themes.agree(
            by=told.cast[by], theme=theme, now=told.on("agreed")
        )


def decide(told: Told, *, group: Group | None = None, meeting: Meeting | None = None) -> None:
    """Write each decision down; what the script gives no day to be published waits for it."""
    decides = told.cast[told.script["roles"]["decision-maker"][0]]
    for row in told.script["decisions"]:
        facts = {key: row[key] for key in row if key not in {"theme", "options", "chosen"}}
        options = [(text, at in row["chosen"]) for at, text in enumerate(row["options"])]
        decision = decisions.write_decision(
            by=told.runs,
            project=told.project,
            themes=[told.things["theme", row["theme"]]],
            options=options,
            group=group,
            meeting=meeting,
            decided_on=told.on("decided").date(),
            now=told.on("written"),
            **facts,
        )
        if "published" in told.script["days"]:
            decision = decisions.publish_decision(
                by=decides, decision=decision, now=told.on("published")
            )
        told.things["decision", row["theme"]] = decision


def ask_to_decide(told: Told) -> None:
    """Hand the decision-maker the brief of the script; it waits for them."""
    row = told.script["brief"]
    facts = {key: row[key] for key in ("title", "ask", "options")}
    now = told.calendar.at(row["given"])
    brief = briefs.write_brief(
        by=told.runs,
        project=told.project,
        asked_of=told.cast[told.script["roles"]["decision-maker"][0]],
        decide_by=told.calendar.day(row["decide_by"]),
        themes=[told.things["theme", row["theme"]]],
        now=now,
        **facts,
    )
    briefs.give_brief(by=told.runs, brief=brief, now=now)


def act(told: Told) -> None:
    """Plan each action, go on with it, and say what has changed."""
    calendar, cast = told.calendar, told.cast
    for row in told.script["actions"]:
        owner, co_owner = cast[row["owner"]], cast[row["co_owner"]]
        action = plans.plan_action(
            by=told.runs,
            decision=told.things["decision", row["theme"]],
            what=row["what"],
            owner=owner,
            owner_name=owner.name,
            co_owner=co_owner,
            co_owner_name=co_owner.name,
            due_on=calendar.day(row["due"]),
            now=told.on("planned"),
        )
        if "note" in row:
            plans.note_progress(
                by=told.runs, action=action, text=row["note"], now=calendar.at(row["noted"])
            )
        if "done" in row:
            action = plans.finish_action(by=told.runs, action=action, now=calendar.at(row["done"]))
        told.things["action", row["key"]] = action
    for row in told.script.get("changes", []):
        told.things["change", row["action"]] = plans.claim_change(
            by=told.runs,
            action=told.things["action", row["action"]],
            what_is_different=row["what_is_different"],
            evidence=row["evidence"],
            since_on=calendar.day(row["since"]),
            now=calendar.at(row["claimed"]),
        )


def reply(told: Told) -> None:
    """Write each reply, send it, and let it reach everyone beneath."""
    for row in told.script["replies"]:
        kind, key = row["about"]
        now = told.calendar.at(row["sent"])
        written = replies.write_reply(
            by=told.runs,
            project=told.project,
            about_kind=kind,
            about=told.things[kind, key].ref,
            text=row["text"],
            happens_next=row["happens_next"],
            signed_by=told.script["signed_by"],
            now=now,
        )
        replies.send_reply(by=told.runs, reply=written, now=now)
        rounds.carry_out(now=now)
        told.calendar.tick()
