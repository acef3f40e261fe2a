"""The eight questions in their order, and the days that a project usually has."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from goldenthread.kit import bank_holidays
from goldenthread.kit.text import Text
from goldenthread.projects.models import Stage
from goldenthread.start.drafts import Template

SOON: Final = timedelta(days=7)  # people who are named need a while
DAY: Final = timedelta(days=1)
WEEK: Final = timedelta(days=7)


@dataclass(frozen=True)
class Step:
    """One question: what it is called, why it is asked, and whether the template answers it."""

    key: str
    title: Text
    why: Text
    brings_words: bool = False


STEPS: Final = (
    Step("what", _("What is it for?"), ""),
    Step(
        "ask",
        _("What do you ask?"),
        _("Something that people can answer from their own life."),
        brings_words=True,
    ),
    Step(
        "who", _("Who is asked?"), _("It decides how people are protected, and who finds the page.")
    ),
    Step(
        "change",
        _("What can change?"),
        _("People want to know that before they speak."),
        brings_words=True,
    ),
    Step(
        "decide",
        _("Who decides?"),
        _("Those who decide must say why, also when they say no."),
        brings_words=True,
    ),
    Step("days", _("When?"), _("Choose a day for the answer that you can keep.")),
    Step(
        "reading",
        _("Who reads first?"),
        _("Somebody reads all that people send us. If nobody reads, nobody can send anything."),
    ),
    Step(
        "safe",
        _("Who is told if someone is not safe?"),
        _("Someone who knows what to do."),
    ),
)
BY_KEY: Final = {each.key: each for each in STEPS}


def after(step: Step) -> Step | None:
    """Return the question that follows."""
    at = STEPS.index(step) + 1
    return STEPS[at] if at < len(STEPS) else None


def usual_days(template: Template, *, nation: str, today: date) -> dict[str, date]:
    """Return the days that a project of this template usually has: it begins on a Monday.

    People hear and look back on working days; listening never ends around Christmas.
    """
    first = today + SOON
    first += timedelta(days=-first.weekday() % 7)
    last = first + timedelta(weeks=template.listen_weeks, days=-1)
    while _is_around_christmas(last):
        last += WEEK
    return {
        "opens_on": first,
        "closes_on": last,
        "hear_by": _worked(nation, first + timedelta(weeks=template.hear_weeks)),
        "debrief_on": _worked(nation, first + timedelta(weeks=template.debrief_weeks)),
    }


def following(closes_on: date, hear_by: date, debrief_on: date) -> dict[str, tuple[date, date]]:
    """Return when the other stages begin and end, as it follows from the days of the answer.

    Empower and Act begin between the end of listening and the answer. Debrief is around the day
    on which everyone looks back.
    """
    after = min(closes_on + DAY, hear_by)
    half = after + (hear_by - after) // 2
    back = max(half, debrief_on - WEEK)
    return {
        Stage.Name.EMPOWER: (after, max(after, half - DAY)),
        Stage.Name.ACT: (half, max(half, back - DAY)),
        Stage.Name.DEBRIEF: (back, debrief_on + WEEK),
    }


def _worked(nation: str, day: date) -> date:
    while not bank_holidays.is_working_day(nation, day):
        day += DAY
    return day


def _is_around_christmas(day: date) -> bool:
    return (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 5)
