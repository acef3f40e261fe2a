"""Three stories, one of which changed something, and a quick question that was answered."""

from typing import Any
from uuid import uuid4

from goldenthread.debrief.replies import rounds
from goldenthread.debrief.replies import services as replies
from goldenthread.debrief.replies.claims import Claim
from goldenthread.example.stories.stage import Calendar, Cast, Script, read_all, script_of
from goldenthread.listen.questions import services as questions
from goldenthread.listen.stories import services as stories
from goldenthread.listen.voices.models import Voice
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Guest


def tell(calendar: Calendar, cast: Cast) -> None:
    """Switch stories on, let three be told, and ask one quick question."""
    project = Project.objects.get(address=script_of("welcome")["address"])
    script = script_of("telling")
    told = _tell_stories(calendar, cast, project, script)
    _answer_one(calendar, cast, told, script["reply"])
    _ask(calendar, cast, project, script["question"])


def _tell_stories(calendar: Calendar, cast: Cast, project: Project, script: Script) -> list[Voice]:
    now = calendar.at(-8)
    box = stories.switch_on(by=cast["tom"], project=project, **script["prompts"], now=now)
    told = [
        stories.tell(by=Guest(), box=box, form_key=uuid4(), **each, now=now).voice
        for each in script["stories"]
    ]
    read_all(project, cast["rosa"], told)
    return told


def _answer_one(calendar: Calendar, cast: Cast, told: list[Voice], row: Script) -> None:
    """Tom answers by name, and says what has changed."""
    now, voice = calendar.at(-4, 15), told[row["story"]]
    said = {name: row[name] for name in ("what_is_different", "evidence")}
    reply = replies.write_reply(
        by=cast["tom"],
        project=voice.project,
        about_kind="voice",
        about=voice.ref,
        text=row["text"],
        happens_next=row["happens_next"],
        signed_by=row["signed_by"],
        claim=Claim(**said, since_on=calendar.day(-6)),
        now=now,
    )
    replies.send_reply(by=cast["tom"], reply=reply, now=now)
    rounds.carry_out(now=now)


def _ask(calendar: Calendar, cast: Cast, project: Project, row: Script) -> None:
    """Ask, let people choose and write, and answer everyone."""
    asked = {name: row[name] for name in ("text", "happens_next", "options")}
    question = questions.ask(
        by=cast["tom"], project=project, **asked, how_long="1d", now=calendar.at(-7, 9)
    )
    given: dict[str, Any] = {"by": Guest(), "question": question, "now": calendar.at(-7, 11)}
    for option, number in zip(question.options.all(), row["chosen"], strict=True):
        for _each in range(number):
            key = uuid4()
            questions.reply(form_key=key, browser=key, option=option.ref, **given)
    spoken = [
        questions.reply(form_key=uuid4(), browser=uuid4(), text=text, **given).spoken
        for text in row["words"]
    ]
    read_all(project, cast["rosa"], [each.voice for each in spoken if each])
    now = calendar.at(-3, 15)
    reply = replies.write_reply(
        by=cast["tom"],
        project=project,
        about_kind="question",
        about=question.ref,
        **row["answer"],
        now=now,
    )
    replies.send_reply(by=cast["tom"], reply=reply, now=now)
    rounds.carry_out(now=now)
    calendar.tick()
