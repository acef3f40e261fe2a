from datetime import date
from typing import Any

from goldenthread.act.briefs.models import Brief
from goldenthread.act.briefs.services import give_brief, write_brief
from goldenthread.act.decisions.tests.factories import LATER, agreed_theme
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.voices.tests.factories import released_voice
from goldenthread.projects.tests.factories import Listening

DUE = date(2026, 5, 15)
WEEKLY = {
    "text": "A message each week",
    "cost": "Two hours of staff time a week",
    "risk": "Some weeks there is nothing to say.",
    "outcome": "yes",
    "as_it_is": False,
}
NOTHING = {
    "text": "Leave things as they are",
    "cost": "Nothing now",
    "risk": "People go on waiting without a word.",
    "outcome": "no",
    "as_it_is": True,
}


def theme_of(house: Listening, title: str = "Waiting alone") -> Theme:
    """Make an agreed theme with one voice."""
    return agreed_theme(house, [released_voice(house.project).ref], title)


def asks(house: Listening, **other: Any) -> dict[str, Any]:
    """Return what a brief says, with some of it put differently."""
    return {
        "title": "A message every week while you wait",
        "ask": "Please decide how we keep in touch with people who wait.",
        "asked_of": house.dev,
        "decide_by": DUE,
        "options": [WEEKLY, NOTHING],
        **other,
    }


def draft(house: Listening, theme: Theme | None = None, **other: Any) -> Brief:
    """Write a brief as a co-lead does."""
    themes = [theme or theme_of(house)]
    given = {"themes": themes, **asks(house, **other)}
    return write_brief(by=house.cara, project=house.project, **given, now=LATER)


def given(house: Listening, theme: Theme | None = None, **other: Any) -> Brief:
    """Write a brief and hand it over."""
    return give_brief(by=house.cara, brief=draft(house, theme, **other), now=LATER)
