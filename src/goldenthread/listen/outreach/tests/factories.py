"""Who answered, who there is, and what is planned."""

from datetime import date
from typing import Any

from goldenthread.listen.outreach import services
from goldenthread.listen.outreach.models import OutreachAction
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.safety.equality.models import Answer

FEBRUARY = date(2026, 2, 1)


def answered(project: Project, question: str, **counts: int) -> None:
    """Let so many people give each answer."""
    Answer.objects.bulk_create(
        Answer(project=project, question=question, answer=answer.replace("_", "-"))
        for answer, number in counts.items()
        for _each in range(number)
    )


def there_are(here: Listening, question: str, **people: int) -> None:
    """Let an administrator enter who there is."""
    services.enter_populations(
        by=here.ada,
        organisation=here.organisation,
        numbers={question: people},
        source="Student records",
        as_of=FEBRUARY,
        now=NOW,
    )


def planned(here: Listening, **given: Any) -> OutreachAction:
    """Let the facilitator plan something."""
    facts = {"what": "Visit the night shift", "owner": here.tom, "due_on": date(2026, 3, 20)}
    return services.plan_outreach(by=here.tom, project=here.project, **facts | given, now=NOW)
