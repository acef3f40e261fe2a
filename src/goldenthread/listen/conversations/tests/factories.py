"""Conversations for tests: with seeds, with statements of people, with invented answers."""

import random
from datetime import date
from typing import Any
from uuid import UUID

from goldenthread.kit.sealing import keyed
from goldenthread.listen.conversations import services
from goldenthread.listen.conversations.models import Conversation, Participant, Stance, Statement
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.tests.factories import released_voice
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, Listening

SAYS = (
    "The library should stay open at night.",
    "I know where to go when I feel low.",
    "Waiting rooms feel safe.",
    "Evening appointments would help me.",
    "I would rather talk to someone my own age.",
    "Text messages are better than letters.",
)


def conversation_in(project: Project, seeds: int = 3, **given: Any) -> Conversation:
    """Make an open conversation with so many seeds."""
    made = Conversation.objects.create(
        project=project,
        **{
            "question": "What should change while you wait?",
            "state": Conversation.State.OPEN,
            "opened_on": date(2026, 3, 3),
            "made_on": date(2026, 3, 2),
            **given,
        },
    )
    for place in range(seeds):
        text = f"{SAYS[place % len(SAYS)]} ({place})" if place >= len(SAYS) else SAYS[place]
        Statement.objects.create(conversation=made, seed=text, place=place + 1)
    return made


def said_in(conversation: Conversation, text: str) -> Statement:
    """Make a statement that somebody added and a reader released."""
    voice = released_voice(
        conversation.project,
        text,
        kind=Voice.Kind.STATEMENT,
        asked=conversation.question,
        answers=conversation.ref,
    )
    return Statement.objects.create(conversation=conversation, voice=voice)


def mark(name: object) -> bytes:
    """Return the mark of an invented participant."""
    return keyed("tests", name)


def crowd(conversation: Conversation, *sizes: int, start: int = 0, noise: float = 0.05) -> None:
    """Let camps of these sizes answer: each agrees with other statements than the next."""
    drawn = random.Random(7 + start)
    statements = list(conversation.statements.order_by("place", "ref"))
    people, stances = [], []
    for camp, size in enumerate(sizes):
        for number in range(size):
            ref = UUID(int=drawn.getrandbits(128), version=4)
            one = Participant(
                ref=ref, conversation=conversation, mark=mark(f"{start}-{camp}-{number}")
            )
            people.append(one)
            stances += [
                Stance(participant=one, statement=each, value=_value(camp, at, drawn, noise))
                for at, each in enumerate(statements)
            ]
    Participant.objects.bulk_create(people)
    Stance.objects.bulk_create(stances)


def _value(camp: int, at: int, drawn: random.Random, noise: float) -> int:
    if drawn.random() < noise:
        return drawn.choice([-1, 0, 1])
    if at == 0:
        return 1  # common ground
    return 1 if at % 2 == camp % 2 else -1


def prepared(around: Listening, seeds: int = 3) -> Conversation:
    """Prepare a conversation through the services, up to its opening."""
    made = services.prepare(
        by=around.tom, project=around.project, question="What should change?", now=NOW
    )
    for text in SAYS[:seeds]:
        services.seed(by=around.tom, conversation=made, text=text, now=NOW)
    return made
