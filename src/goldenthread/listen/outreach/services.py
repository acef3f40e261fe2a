"""Entering who there is, and planning how to reach those who have not been heard."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.outreach.events import (
    OUTREACH_CHANGED,
    OUTREACH_ENDED,
    OUTREACH_PLANNED,
    POPULATION_ENTERED,
)
from goldenthread.listen.outreach.models import Group, OutreachAction, Population
from goldenthread.listen.outreach.permissions import may_end, may_plan
from goldenthread.listen.outreach.populations import LARGEST
from goldenthread.listen.outreach.queries import names_of, people_to_own
from goldenthread.organisations.models import Organisation
from goldenthread.organisations.permissions import must_administer
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.safety.equality.questions import questions_for
from goldenthread.thread.services import record

State = OutreachAction.State


@transaction.atomic
def enter_populations(
    *,
    by: Person,
    organisation: Organisation,
    numbers: Mapping[str, Mapping[str, int]],
    source: str,
    as_of: date,
    now: datetime,
) -> list[Population]:
    """Enter for each of these questions how many people would give each answer; all or nothing.

    :raises Refusal: a group is missing or nobody is there, or it does not say where from and when
    """
    must_administer(by, organisation, now=now)
    organisation = Organisation.objects.select_for_update(no_key=True).get(ref=organisation.ref)
    _check(organisation, numbers, source, as_of, clock.today(now))
    before = dict(
        Population.objects.filter(organisation=organisation, question__in=numbers)
        .values_list("question")
        .annotate(last=Max("version"))
    )
    made = Population.objects.bulk_create(
        Population(
            organisation=organisation,
            question=question,
            version=before.get(question, 0) + 1,
            source=source.strip(),
            as_of=as_of,
            entered_on=clock.today(now),
            entered_by=by,
        )
        for question in numbers
    )
    Group.objects.bulk_create(
        Group(population=each, answer=answer, people=people)
        for each in made
        for answer, people in numbers[each.question].items()
    )
    record(POPULATION_ENTERED, about=organisation.ref, facts={"questions": len(made)}, now=now)
    return made


def _check(
    organisation: Organisation,
    numbers: Mapping[str, Mapping[str, int]],
    source: str,
    as_of: date,
    today: date,
) -> None:
    known = {each.key: {key for key, _text in each.answers} for each in questions_for(organisation)}
    if not numbers or any(set(given) != known.get(key) for key, given in numbers.items()):
        raise Refusal(_("Give a number for each group of a question, or 0."))
    for given in numbers.values():
        if not all(0 <= people <= LARGEST for people in given.values()):
            raise Refusal(_("A number of people is 0 or more."))
        if not sum(given.values()):
            raise Refusal(_("There is nobody in these numbers. Please look again."))
    if not source.strip():
        raise Refusal(_("Say where these numbers are from."), field="source")
    if as_of > today:
        raise Refusal(_("This day has not come yet. Of which day are the numbers?"), field="as_of")


@transaction.atomic
def plan_outreach(
    *,
    by: Person,
    project: Project,
    what: str,
    owner: Person,
    due_on: date,
    for_key: str = "",
    now: datetime,
) -> OutreachAction:
    """Plan how to reach people: what, for whom, who does it, by when.

    :raises Refusal: the day has passed, or the owner has no role in the project
    """
    _allow(by, project, now)
    if due_on < clock.today(now):
        raise Refusal(_("This day has passed. By when will it be done?"), field="due_on")
    action = OutreachAction.objects.create(
        project=project,
        **_said(project, what, owner, for_key, now),
        due_on=due_on,
        planned_on=clock.today(now),
        planned_by=by,
    )
    record(OUTREACH_PLANNED, about=action.ref, project=project.ref, now=now)
    return action


@transaction.atomic
def change_outreach(
    *,
    by: Person,
    action: OutreachAction,
    what: str,
    owner: Person,
    due_on: date,
    state: str,
    for_key: str = "",
    now: datetime,
) -> OutreachAction:
    """Put a plan in other words, give it to someone else, or say that it is being done.

    :raises Refusal: it has ended, or a new day has passed already
    """
    _allow(by, action.project, now)
    action = _open(action)
    if due_on < clock.today(now) and due_on != action.due_on:
        raise Refusal(_("This day has passed. By when will it be done?"), field="due_on")
    if state not in (State.PLANNED, State.DOING):
        raise Refusal(_("Say what came of it on its own page."), field="state")
    for name, value in _said(action.project, what, owner, for_key, now).items():
        setattr(action, name, value)
    action.due_on, action.state = due_on, state
    action.save()
    facts = {"state": str(action.state)}
    record(OUTREACH_CHANGED, about=action.ref, project=action.project_id, facts=facts, now=now)
    return action


@transaction.atomic
def end_outreach(
    *, by: Person, action: OutreachAction, state: str, came_of_it: str, now: datetime
) -> OutreachAction:
    """Say that it is done, or dropped, and what came of it. Everyone can read that sentence.

    :raises Refusal: it does not say what came of it, or has ended before
    """
    if not may_end(by, action, now=now):
        raise Refusal(_("Only its owner and the people who run this project can do this."))
    action = _open(action)
    if state not in (State.DONE, State.DROPPED):
        raise Refusal(_("Choose if it is done or dropped."), field="state")
    if not came_of_it.strip():
        raise Refusal(_("Say what came of it, also if it was nothing."), field="came_of_it")
    action.state, action.came_of_it = state, came_of_it.strip()
    action.ended_on = clock.today(now)
    action.save(update_fields=["state", "came_of_it", "ended_on"])
    facts = {"state": str(action.state)}
    record(OUTREACH_ENDED, about=action.ref, project=action.project_id, facts=facts, now=now)
    return action


def _allow(by: Person, project: Project, now: datetime) -> None:
    if not may_plan(by, project, now=now):
        raise Refusal(_("Only the people who run this project can plan this, until it closes."))


def _open(action: OutreachAction) -> OutreachAction:
    """Hold it still; one that has ended stays as it is."""
    held = OutreachAction.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "project"
    )
    found = held.get(ref=action.ref)
    if not found.is_open:
        raise Refusal(_("This has ended. It stands as it is."))
    return found


def _said(
    project: Project, what: str, owner: Person, for_key: str, now: datetime
) -> dict[str, object]:
    """Return what a plan says, with the name of whom it is for as it is called today."""
    if not what.strip():
        raise Refusal(_("Say what will be done."), field="what")
    if not people_to_own(project, now=now).filter(ref=owner.ref).exists():
        raise Refusal(_("This person has no role in the project."), field="owner")
    names = {key: name for _kind, each in names_of(project, asked=True) for key, name in each}
    if for_key and for_key not in names:
        raise Refusal(_("Choose from the list whom this is for."), field="for_key")
    return {
        "what": what.strip(),
        "owner": owner,
        "for_key": for_key,
        "for_name": names.get(for_key, ""),
    }
