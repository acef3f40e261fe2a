"""What may be known of equality answers: whether they are asked, and counts for a release."""

from collections import Counter
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit.figures import in_fives
from goldenthread.projects.gates import also_prepared
from goldenthread.projects.models import Project, Stage
from goldenthread.projects.preparation import Preparation
from goldenthread.projects.readiness import Part
from goldenthread.safety.equality import batches
from goldenthread.safety.equality.models import Answer, Asked, Waiting
from goldenthread.safety.equality.questions import CROSSED

Counts = dict[str, dict[str, int]]


@also_prepared
def part_of_preparing(prepared: Preparation) -> Part:
    """Whether people are asked about themselves is chosen before the project opens."""
    return Part(
        "about-people",
        _("Who you hear from"),
        reverse("equality:setting", args=[prepared.project.address]),
        _("Whether people are asked about themselves, apart from what they say."),
        optional=True,
    )


def asked_by(project: Project) -> Asked | None:
    """Return how a project asks about people, if it does."""
    return Asked.objects.filter(project=project).first()


def is_asking(project: Project) -> bool:
    """Whether people can still answer about themselves: once that ended, it has for good."""
    return Asked.objects.filter(project=project, ended_on=None).exists()


def waiting_about(project: Project) -> int | None:
    """Return how many answers wait, rounded; none if fewer than ten."""
    return in_fives(Waiting.objects.filter(batch__project=project).count())


def is_over(project: Project, *, today: date) -> bool:
    """Whether listening is over, or the project closed, and the questions have not ended yet.

    The release that finds this ends them (`services.end`), so it is true for one release only,
    whatever days of listening are set later.
    """
    if not is_asking(project):
        return False
    if project.closed_on is not None:
        return True
    listen = Stage.objects.filter(project=project, name=Stage.Name.LISTEN).first()
    return listen is not None and listen.closes_on < today


def counts_of(project: Project, *, with_waiting: bool = False) -> Counts:
    """Count answers by question, for a release alone; `with_waiting` adds those still locked."""
    counts: dict[str, Counter[str]] = {}
    rows = Answer.objects.filter(project=project).values_list("question", "answer")
    for question, answer in rows:
        counts.setdefault(question, Counter())[answer] += 1
    asked = asked_by(project) if with_waiting else None
    if asked:
        for answers in _waiting(project):
            for question, answer in rows_of(answers, asked.crossings):
                counts.setdefault(question, Counter())[answer] += 1
    return {question: dict(found) for question, found in counts.items()}


def rows_of(answers: dict[str, str], crossings: list[list[str]]) -> list[tuple[str, str]]:
    """Take one person's answers apart: one row a question, and one a crossing that was declared."""
    rows = list(answers.items())
    for one, other in crossings:
        if one in answers and other in answers:
            rows.append((CROSSED.join([one, other]), CROSSED.join([answers[one], answers[other]])))
    return rows


def _waiting(project: Project) -> list[dict[str, str]]:
    found: dict[UUID, list[bytes]] = {}
    for each in Waiting.objects.filter(batch__project=project):
        found.setdefault(each.batch_id, []).append(bytes(each.sealed))
    return [one for batch, sealed in found.items() for one in batches.unlock(batch, sealed)]
