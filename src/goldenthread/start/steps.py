"""The eight questions in their order, and the days that a project usually has."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from goldenthread.start.drafts import Template

SOON: Final = timedelta(days=7)  # people who are named need a while


@dataclass(frozen=True)
class Step:
    """One question: what it is called, and why it is asked."""

    key: str
    title: str
    why: str


STEPS: Final = (
    Step("what", "What is it for?", ""),
    Step(
        "ask",
        "What do you ask?",
        "Something that people can answer from their own life.",
    ),
    Step("who", "Who is asked?", "It decides how people are protected, and who finds the page."),
    Step(
        "change",
        "What can change?",
        "People want to know that before they speak.",
    ),
    Step("decide", "Who decides?", "Those who decide must say why, also when they say no."),
    Step("days", "When?", "Choose a day for the answer that you can keep."),
    Step(
        "reading",
        "Who reads first?",
        "The box closes if nobody reads.",
    ),
    Step(
        "safe",
        "Who is told if someone is not safe?",
        "Someone who knows what to do.",
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
