"""What a world has of frameworks and of plans to reach people."""

from datetime import date, timedelta
from typing import Any

from goldenthread.act.frameworks.models import Chosen, Framework, Item, Part
from goldenthread.listen.outreach.models import OutreachAction
from goldenthread.projects.tests.factories import Listening


def maps_of(around: Listening, name: str, *, today: date) -> dict[str, Any]:
    """Make a list of their own to map on, and a plan; return their references."""
    framework = Framework.objects.create(
        organisation=around.organisation,
        slug="ours",
        version="1",
        title=f"Ours-{name}",
        made_on=today,
    )
    part = Part.objects.create(framework=framework, name="Welcome", position=0)
    Item.objects.create(part=part, name="First call", position=0)
    Chosen.objects.create(project=around.project, framework=framework, on=today)
    outreach = OutreachAction.objects.create(
        project=around.project,
        what=f"Visit-{name}",
        owner=around.tom,
        due_on=today + timedelta(days=30),
        planned_on=today,
    )
    return {
        "framework": framework.ref,
        "outreach": outreach.ref,
        "equality_question": "sex",
    }
