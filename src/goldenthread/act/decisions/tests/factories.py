from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from goldenthread.act.decisions.models import Decision
from goldenthread.act.decisions.services import publish_decision, write_decision
from goldenthread.empower.groups.models import Group, Seat
from goldenthread.listen.themes import services as themes
from goldenthread.listen.themes.models import Theme
from goldenthread.projects.tests.factories import NOW, Listening

LATER = datetime(2026, 5, 5, 10, 0, tzinfo=UTC)  # in the Act stage
OPTIONS = [("A message each week", True), ("A list to look at", False)]


def agreed_theme(house: Listening, voices: list[UUID], title: str = "Waiting alone") -> Theme:
    """Make a theme of released voices, shown back and agreed."""
    sentence = "People wait for weeks and hear nothing."
    theme = themes.make_theme(
        by=house.tom, project=house.project, title=title, sentence=sentence, voices=voices, now=NOW
    )
    themes.show_back(by=house.tom, theme=theme, now=NOW)
    return themes.agree(by=house.tom, theme=theme, now=NOW)


def said(**other: Any) -> dict[str, Any]:
    """Return what a decision says, with some of it put differently."""
    return {
        "title": "A message every week while you wait",
        "question": "How do we keep in touch with people who wait?",
        "options": OPTIONS,
        "decided_by": "Ann Lee, head of counselling",
        "how_many": 3,
        "how_many_lived": 1,
        "what_people_said": "They wait for weeks and hear nothing.",
        "outcome": "yes",
        "why": "It costs little, and people asked for it.",
        "decided_on": date(2026, 5, 4),
        **other,
    }


def draft(house: Listening, theme: Theme, **other: Any) -> Decision:
    """Write a decision as its facilitator does."""
    return write_decision(
        by=house.tom, project=house.project, themes=[theme], **said(**other), now=LATER
    )


def published(house: Listening, theme: Theme, **other: Any) -> Decision:
    """Write a decision and publish it as the decision-maker does."""
    return publish_decision(by=house.dev, decision=draft(house, theme, **other), now=LATER)


def panel(house: Listening) -> Group:
    """Make a group of three seats, two of them with lived experience."""
    group = Group.objects.create(
        project=house.project, name="The panel", purpose="To decide.", made_on=date(2026, 3, 16)
    )
    for name, lived in (("Cara", True), ("Una", True), ("Dev", False)):
        Seat.objects.create(
            group=group,
            name=name,
            filled=Seat.Filled.INVITED,
            lived_experience=lived,
            starts_on=date(2026, 3, 16),
        )
    return group
