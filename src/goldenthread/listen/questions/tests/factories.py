"""A quick question in a project, and people who reply to it."""

from typing import Any
from uuid import UUID, uuid4

from goldenthread.listen.questions import services
from goldenthread.listen.questions.models import Option, Question
from goldenthread.listen.voices import formkeys
from goldenthread.projects.speaker import Guest
from goldenthread.projects.tests.factories import NOW, Listening

ASKED = "Shall the open evening be on a weekday?"


def asked(house: Listening, **given: Any) -> Question:
    """Ask as a facilitator does."""
    said = {
        "by": house.tom,
        "text": ASKED,
        "happens_next": "We choose the day by it on Friday.",
        "options": ["A weekday", "A weekend"],
        "how_long": "1d",
        "now": NOW,
        **given,
    }
    return services.ask(project=house.project, **said)


def option(question: Question, position: int = 0) -> UUID:
    """Return the reference of one option."""
    return Option.objects.get(question=question, position=position).ref


def replied(question: Question, **given: Any) -> services.Replied:
    """Reply from a browser of one's own, as a guest or as `by`."""
    said = {"by": Guest(), "browser": uuid4(), "now": NOW, **given}
    return services.reply(question=question, form_key=formkeys.draw(), **said)


def chosen(question: Question, *numbers: int) -> None:
    """Let so many guests choose each option."""
    for position, number in enumerate(numbers):
        for _each in range(number):
            replied(question, option=option(question, position))
