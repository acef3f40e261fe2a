"""Who has not been heard in the project about the wait, and where its topics stand on a charter."""

from collections.abc import Mapping

from goldenthread.act.frameworks import services as frameworks
from goldenthread.act.frameworks.models import Item
from goldenthread.example.stories.stage import Calendar, Cast, script_of
from goldenthread.kit.sealing import keyed
from goldenthread.listen.outreach import services as outreach
from goldenthread.listen.themes.models import Theme
from goldenthread.projects.models import Project
from goldenthread.safety.consent.wordings import EQUALITY, today
from goldenthread.safety.equality import services as equality

CHARTER = "university-mental-health-charter@2019"


def ask(calendar: Calendar, cast: Cast, project: Project) -> None:
    """Choose that people are asked about themselves, and enter who there is."""
    script = script_of("missing")
    equality.choose(by=cast["tom"], project=project, ask=True, crossings=[], now=calendar.at(-299))
    outreach.enter_populations(
        by=cast["ada"],
        organisation=cast.organisation,
        numbers=script["numbers"],
        source=script["source"],
        as_of=calendar.day(script["as_of"]),
        now=calendar.at(-299),
    )


def answer(calendar: Calendar, project: Project) -> None:
    """Most who spoke answered; the answers are mixed before figures are frozen."""
    agreed = today(EQUALITY).number
    rows = script_of("missing")["people"]
    everyone = [row["answers"] for row in rows for _each in range(row["number"])]
    for number, answers in enumerate(everyone):
        mark = keyed("example", project.address, number)
        equality.hold(
            project=project, mark=mark, answers=answers, agreed=agreed, now=calendar.at(-246)
        )
    equality.mix_all(now=calendar.at(-241))


def reach(calendar: Calendar, cast: Cast, project: Project) -> None:
    """Do something about it: one thing is done, one is under way."""
    for row in script_of("missing")["outreach"]:
        action = outreach.plan_outreach(
            by=cast["cara"],
            project=project,
            what=row["what"],
            owner=cast[row["owner"]],
            due_on=calendar.day(row["due"]),
            for_key=row["for_key"],
            now=calendar.at(row["planned"]),
        )
        if "ended" in row:
            outreach.end_outreach(
                by=cast["cara"],
                action=action,
                state="done",
                came_of_it=row["came_of_it"],
                now=calendar.at(row["ended"]),
            )


def place(calendar: Calendar, cast: Cast, project: Project, themes: Mapping[str, Theme]) -> None:
    """Choose the charter, and place three topics on it."""
    cara, now = cast["cara"], calendar.at(-220)
    charter = frameworks.choose_framework(by=cara, project=project, key=CHARTER, now=now)
    items = {each.number: each.ref for each in Item.objects.filter(part__framework=charter)}
    for key, numbers in script_of("missing")["placed"].items():
        frameworks.place_theme(
            by=cara,
            theme=themes[key],
            framework=charter,
            items=[items[number] for number in numbers],
            now=now,
        )
