from datetime import date
from typing import Any

from goldenthread.act.decisions.models import Decision
from goldenthread.act.decisions.tests.factories import LATER
from goldenthread.act.plans.models import Action, Change
from goldenthread.act.plans.services import claim_change, plan_action
from goldenthread.projects.tests.factories import Listening


def planned(house: Listening, decision: Decision, **other: Any) -> Action:
    """Plan an action as a facilitator does."""
    given: dict[str, Any] = {
        "by": house.tom,
        "what": "Send everyone who waits a message each Monday",
        "owner_name": "Tom, project officer",
        "co_owner_name": "Cara",
        "due_on": date(2026, 5, 20),
        "now": LATER,
    }
    return plan_action(decision=decision, **given | other)


def claimed(house: Listening, action: Action, **other: Any) -> Change:
    """Say what changed as a facilitator does."""
    given: dict[str, Any] = {
        "by": house.tom,
        "what_is_different": "Everyone on the list hears each Monday where they stand.",
        "evidence": "The log of messages shows 98 of 102 people got one last week.",
        "since_on": date(2026, 5, 4),
        "now": LATER,
    }
    return claim_change(action=action, **given | other)
