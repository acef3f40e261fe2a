"""The eight questions in their order, and the days that a project usually has."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from goldenthread.kit.text import Text
from goldenthread.start.drafts import Template

SOON: Final = timedelta(days=7)  # people who are named need a while


@dataclass(frozen=True)
class Step:
    """One question: what it is called, and why it is asked."""

    key: str
    title: Text
    why: Text


STEPS: Final = (
    Step("what", _("What is it for?"), ""),
    Step(
        "ask",
        _("What do you ask?"),
        _("Something that people can answer from their own life."),
    ),
    Step(
        "who", _("Who is asked?"), _("It decides how people are protected, and who finds the page.")
    ),
    Step(
        "change",
        _("What can change?"),
        _("People want to know that before they speak."),
    ),
    Step("decide", _("Who decides?"), _("Those who decide must say why, also when they say no.")),
    Step("days", "When?", _("Choose a day for the answer that you can keep.")),
    Step(
        "reading",
        _("Who reads first?"),
        _("The box closes if nobody reads."),
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


def usual_days(template: Template, *, today: date) -> dict[str, date]:
    """Return the days that a project of this template usually has: it begins on a Monday."""
    first = today + SOON
    first += timedelta(days=-first.weekday() % 7)
    return {
        "opens_on": first,
        "closes_on": first + timedelta(weeks=template.listen_weeks, days=-1),
        "hear_by": first + timedelta(weeks=template.hear_weeks),
        "debrief_on": first + timedelta(weeks=template.debrief_weeks),
    }
