"""The whole large project, one room after another."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction

from goldenthread.example.filling import (
    asking,
    conversing,
    gathering,
    missing,
    saying,
    sorting,
    surveying,
)
from goldenthread.example.filling.ground import ADDRESS, lay
from goldenthread.kit.refusals import Refusal
from goldenthread.organisations.models import Organisation
from goldenthread.projects.models import Project
from goldenthread.safety.release.services import freeze

ROOMS = 5  # of ticks, after the voices


@dataclass
class Filled:
    """What was made, and the codes of receipts that open some of its voices."""

    project: Project
    voices: int
    codes: list[str] = field(repr=False)


@transaction.atomic
def fill(*, voices: int, now: datetime, tick: Callable[[], None] = lambda: None) -> Filled:
    """Make one listening project of so many released voices, and of all that grows with them.

    :raises Refusal: there is one already
    """
    if Organisation.objects.filter(address=ADDRESS).exists():
        raise Refusal("The bench is filled already. Use a new data folder to fill it anew.")
    ground = lay(voices=voices, now=now)
    survey = surveying.begin(ground)
    told_in = saying.ToldIn(
        box=saying.switch_on(ground),
        notes=gathering.hold(ground),
        answers=[*surveying.in_words(survey), *asking.ask(ground)],
    )
    saying.say(ground, told_in, tick)
    codes = saying.receipts(ground)
    for fill_room in (conversing.converse, sorting.sort, missing.place, missing.answer):
        fill_room(ground)
        tick()
    surveying.answer(ground, survey)
    freeze(project=ground.project, now=now)
    tick()
    return Filled(ground.project, voices, codes)


def settle() -> None:
    """Tidy up and take statistics, as the database does by itself in its quiet minutes."""
    with connection.cursor() as cursor:
        cursor.execute("vacuum (analyze)")


def slices(voices: int) -> int:
    """Return how many times `fill` ticks."""
    return saying.slices(voices) + ROOMS
