"""Two conversations: one with a map of groups, one with too few people for a map.

What organisers do goes through the services. The answers of invented people are made in bulk: a
thousand forms one by one would make everybody wait who tries the example.
"""

import random
import secrets
from itertools import accumulate, pairwise
from uuid import uuid4

from goldenthread.example.stories.stage import Calendar, Cast, Script, script_of
from goldenthread.listen.conversations import services
from goldenthread.listen.conversations.models import Conversation, Participant, Stance, Statement
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Guest
from goldenthread.safety.reading import services as reading

ADDRESS = "first-weeks"
OPENED, ADDED, READ, COUNTED = -7, -6, -5, (-4, -1)
VALUES = {"+": 1, "-": -1, "0": 0}
WAVERS = 0.12  # how often somebody answers otherwise than their camp
SKIPS = 0.1


def tell(calendar: Calendar, cast: Cast) -> None:
    """Ask, let people answer, count twice, and name the groups."""
    project = Project.objects.select_related("organisation").get(address=ADDRESS)
    for at, script in enumerate(script_of("conversing")["conversations"]):
        _converse(calendar, cast, project, script, random.Random(11 + at))  # noqa: S311


def _converse(
    calendar: Calendar, cast: Cast, project: Project, script: Script, drawn: random.Random
) -> None:
    tom, now = cast["tom"], calendar.at(OPENED)
    asked = services.prepare(
        by=tom, project=project, question=script["question"], about=script["about"], now=now
    )
    for seed in script["seeds"]:
        services.seed(by=tom, conversation=asked, **seed, now=now)
    asked = services.open_conversation(by=tom, conversation=asked, now=now)
    for said in script.get("added", []):
        spoken = services.add_statement(
            by=Guest(), conversation=asked, form_key=uuid4(), **said, now=calendar.at(ADDED)
        )
        words = spoken.voice.words
        reading.release(by=cast["rosa"], words=words, version=words.version, now=calendar.at(READ))
    waves = list(zip(*script["people"], strict=True))  # by count, so many of each camp
    for day, sizes in zip(COUNTED, waves, strict=False):
        _answer(asked, script["camps"], sizes, drawn)
        drawing = services.freeze(conversation=asked, by=tom, now=calendar.at(day))
        calendar.tick()
    shown = {each["letter"] for each in drawing.shown["groups"]}
    for letter, name in script.get("names", {}).items():
        if letter in shown:
            services.name_group(
                by=cast["ines"], drawing=drawing, letter=letter, name=name, now=calendar.at(-1)
            )
    services.recount(now=now)


def _answer(
    asked: Conversation, camps: list[str], sizes: tuple[int, ...], drawn: random.Random
) -> None:
    """Let so many people of each camp answer."""
    statements = [*Statement.objects.filter(conversation=asked).order_by("voice_id", "place")]
    statements.sort(key=lambda each: (each.voice_id is not None, each.place))
    people = [
        Participant(conversation=asked, mark=secrets.token_bytes(32)) for _ in range(sum(sizes))
    ]
    Participant.objects.bulk_create(people)
    bounds = pairwise([0, *accumulate(sizes)])
    Stance.objects.bulk_create(
        Stance(participant=person, statement=statement, value=_value(mark, drawn))
        for camp, (first, last) in zip(camps, bounds, strict=True)
        for person in people[first:last]
        for statement, mark in zip(statements, camp, strict=True)
        if drawn.random() > SKIPS
    )


def _value(mark: str, drawn: random.Random) -> int:
    return drawn.choice([-1, 0, 1]) if drawn.random() < WAVERS else VALUES[mark]
