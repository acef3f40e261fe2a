"""Assessments that two people have filled in and signed."""

from datetime import datetime, timedelta

from goldenthread.kit import clock
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW
from goldenthread.safety.assessments import queries, services
from goldenthread.safety.assessments.models import Assessment
from goldenthread.safety.assessments.questions import Kind, kinds


def answers(kind: Kind) -> dict[str, str]:
    """An answer to every question: the first choice where there is a choice."""
    return {each.key: next(iter(each.choices), "We thought of it.") for each in kind.questions}


def written(project: Project, key: str, *, by: Person, now: datetime = NOW) -> Assessment:
    kind = kinds()[key]
    return services.write(by=by, project=project, kind=kind, answers=answers(kind), now=now)


def signed(
    project: Project, key: str, *, by: Person, signer: Person, days: int = 365, now: datetime = NOW
) -> Assessment:
    draft = written(project, key, by=by, now=now)
    day = clock.today(now) + timedelta(days=days)
    seen = draft.edition
    return services.sign(by=signer, assessment=draft, review_on=day, seen=seen, now=now)


def assess(project: Project, *, by: Person, signer: Person, now: datetime = NOW) -> None:
    """Fill in and sign whatever the project still needs."""
    while missing := [each for each in queries.standings(project, now=now) if each.needed]:
        todo = [each.kind.key for each in missing if not each.is_in_force]
        if not todo:
            return
        signed(project, todo[0], by=by, signer=signer, now=now)
