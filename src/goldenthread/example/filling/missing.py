"""Who there is and who answered about themselves; where topics stand on a charter."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import connection

from goldenthread.act.frameworks import services as frameworks
from goldenthread.act.frameworks.models import Item, Place
from goldenthread.example.stories.stage import Cast
from goldenthread.listen.outreach import services as outreach
from goldenthread.projects.models import Project
from goldenthread.safety.consent.wordings import EQUALITY, today
from goldenthread.safety.equality import services as equality
from goldenthread.safety.equality.models import Asked
from goldenthread.safety.equality.questions import questions_of

if TYPE_CHECKING:
    from goldenthread.example.filling.ground import Ground

CHARTER = "university-mental-health-charter@2019"
FEWEST, EVERY = 60, 10  # people who answered; one of so many voices
ACTIONS = 12
LARGE = 100_000  # people of each group

_ANSWERS = """
insert into equality_answer (ref, project_id, question, answer)
select gen_random_uuid(), %(project)s, %(question)s,
    (%(answers)s::text[])[1 + floor(random() * random() * %(number)s)::int]
from generate_series(1, %(people)s)
"""


def ask(cast: Cast, project: Project, *, now: datetime) -> None:
    """Choose that people are asked about themselves, and enter who there is."""
    equality.choose(by=cast["bess"], project=project, ask=True, crossings=[], now=now)
    outreach.enter_populations(
        by=cast["bess"],
        organisation=cast.organisation,
        numbers={
            each.key: {key: LARGE for key, _text in each.answers} for each in questions_of(project)
        },
        source="Made up for measuring",
        as_of=now.date(),
        now=now,
    )


def answer(ground: "Ground") -> None:
    """Let people answer, already mixed; and do something about who is missing."""
    people = max(FEWEST, ground.voices // EVERY)
    with connection.cursor() as cursor:
        for question in questions_of(ground.project):
            answers = [key for key, _text in question.answers]
            given: dict[str, Any] = {"question": question.key, "people": people}
            given |= {"project": ground.project.ref}
            cursor.execute(_ANSWERS, given | {"answers": answers, "number": len(answers)})
    agreed = [today(EQUALITY).number]
    Asked.objects.filter(project=ground.project).update(statements=agreed)
    for n in range(ACTIONS):
        outreach.plan_outreach(
            by=ground.fred,
            project=ground.project,
            what=f"Go where people are, time {n}",
            owner=ground.fred,
            due_on=ground.calendar.day(n + 1),
            now=ground.calendar.at(-1),
        )


def place(ground: "Ground") -> None:
    """Choose the charter, and place every topic on it."""
    given: dict[str, Any] = {"by": ground.fred, "project": ground.project}
    charter = frameworks.choose_framework(key=CHARTER, now=ground.calendar.at(-1), **given)
    items = list(
        Item.objects.filter(part__framework=charter).order_by("part__position", "position")
    )
    Place.objects.bulk_create(
        Place(
            item=items[(at + more * 7) % len(items)], theme=theme, on=ground.today, by=ground.fred
        )
        for at, theme in enumerate(ground.themes)
        for more in range(2)
    )
