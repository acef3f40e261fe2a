"""Reading plans: what is done by whom and when, and what is different now."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from goldenthread.act.decisions.models import Decision
from goldenthread.act.decisions.offers import Offer, offers
from goldenthread.act.decisions.queries import sees_once
from goldenthread.act.plans.models import Action, Change
from goldenthread.act.plans.permissions import may_plan
from goldenthread.act.plans.seeing import seen_by
from goldenthread.kit import clock
from goldenthread.kit.text import say_day
from goldenthread.people.accounts.models import Person
from goldenthread.projects import work
from goldenthread.projects.ahead import Ahead, dates
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import held, held_by, still_belongs
from goldenthread.projects.speaker import Speaker
from goldenthread.projects.work import Work
from goldenthread.safety.release.queries import Figures
from goldenthread.thread.registry import Described, describes

RUNS = (ProjectRole.Name.FACILITATOR, ProjectRole.Name.CO_LEAD)
GOING = (Action.State.PLANNED, Action.State.UNDER_WAY)
SOON = timedelta(days=14)
MOST_CHANGES = 20  # on the plan; each change stands on the thread of its action too
TONES = {"planned": "quiet", "under-way": "act", "done": "good", "stopped": "stop"}


def actions_of(project: Project) -> QuerySet[Action]:
    """Return the project's actions, with their decisions."""
    return Action.objects.filter(project=project).select_related("decision")


def action_for(project: Project, ref: UUID) -> Action | None:
    """Return one action with its notes."""
    return (
        actions_of(project)
        .filter(ref=ref)
        .select_related("project__organisation")
        .prefetch_related("progress")
        .first()
    )


def changes_of(project: Project, speaker: Speaker, *, now: datetime) -> QuerySet[Change]:
    """Return what is different now, as far as the speaker may see it; newest first."""
    found = Change.objects.filter(project=project).order_by("-since_on", "ref")
    return seen_by(found, speaker, project, now=now)


def change_for(project: Project, ref: UUID, speaker: Speaker, *, now: datetime) -> Change | None:
    """Return one change with its action and decision, if the speaker may see it."""
    found = changes_of(project, speaker, now=now).filter(ref=ref)
    return found.select_related("action__decision", "project__organisation").first()


def is_overdue(action: Action, *, today: date) -> bool:
    """Whether an action should have been done by now."""
    return action.state in GOING and action.due_on < today


def decisions_without_action(project: Project) -> QuerySet[Decision]:
    """Return the published decisions from which no action has followed, a no left out."""
    published = Decision.objects.filter(
        project=project, state=Decision.State.PUBLISHED, actions=None
    )
    return published.exclude(outcome=Decision.Outcome.NO).order_by("decided_on", "number")


def people_to_own(project: Project, *, now: datetime) -> QuerySet[Person]:
    """Return who may own an action: people with a role in the project or a seat in its groups."""
    roles = Q(project_roles__in=held(now).filter(project=project))
    seats = Q(seats__group__project=project, seats__ends_on=None)
    standing = still_belongs(OuterRef("pk"), project.ref)
    people = Person.objects.filter(roles | (seats & standing), is_active=True)
    return people.distinct().order_by("name", "ref")


def facts_of(action: Action) -> list[tuple[str, str]]:
    """Return the lines of an action's summary."""
    facts = [
        (_("Who does it"), action.owner_name or _("someone who has left")),
        (_("Together with"), action.co_owner_name or _("someone who has left")),
        (_("To be done by"), say_day(action.due_on)),
    ]
    if action.done_on:
        facts.append((_("Done on"), say_day(action.done_on)))
    return facts


def verdict_on(change: Change, figures: Figures) -> str:
    """Say what those who spoke answered about a change, from a release; nothing before one."""
    answered, yes = f"change:{change.ref}:answered", f"change:{change.ref}:yes"
    if answered not in figures.shown:
        return ""
    if figures.number(answered) is None:
        return _("Fewer than 10 people have said whether it changed for them.")
    words = {"yes": figures.about(yes), "all": f"{figures.number(answered):,}"}
    return _("Of about %(all)s people who answered, %(yes)s say it changed for them.") % words


@offers
def to_plan(kind: str, thing: Any, speaker: Speaker, *, now: datetime) -> Iterator[Offer]:
    """Offer to plan what follows from a decision."""
    if kind == "decision" and may_plan(speaker, thing.project, now=now):
        href = f"/p/{thing.project.address}/decisions/{thing.ref}/actions/new/"
        yield Offer(_("Plan an action"), href)


@dates
def actions_ahead(person: Person, projects: list[Project], *, now: datetime) -> Iterator[Ahead]:
    """Say by when each action of these projects is to be done."""
    del person, now
    going = Action.objects.filter(project__in=projects, state__in=GOING).select_related("project")
    for each in going:
        href = f"/p/{each.project.address}/actions/{each.ref}/"
        yield Ahead(each.due_on, _("To be done: %(what)s") % {"what": each.what}, href)


def _due(person: Person, projects: list[Project], *, now: datetime) -> Iterator[QuerySet[Action]]:
    today = clock.today(now)
    owns = Q(owner=person) | Q(co_owner=person)
    mine = (owns & still_belongs(person.ref, OuterRef("project"))) | Q(
        project__in=_run_by(person, projects, now)
    )
    yield Action.objects.filter(mine, state__in=GOING, due_on__lte=today + SOON)


@work.lists(work.Does.CARRY_OUT, when=_due)
def actions_due(person: Person, projects: list[Project], *, now: datetime) -> Iterator[Work]:
    """Name the actions that are late or due in two weeks: to their owners, and to those who run."""
    today = clock.today(now)
    (found,) = _due(person, projects, now=now)
    for action in found.select_related("project").order_by("due_on", "ref")[:50]:
        words = {"what": action.what, "day": say_day(action.due_on)}
        if action.due_on < today:
            text, tone = _("Overdue since %(day)s: %(what)s") % words, "overdue"
        else:
            text, tone = _("By %(day)s: %(what)s") % words, "due"
        href = f"/p/{action.project.address}/actions/{action.ref}/"
        yield Work(text, href, "overdue" if tone == "overdue" else "due")


def _run_by(person: Person, projects: list[Project], now: datetime) -> set[UUID]:
    held = {role.project_id for role in held_by(person, now=now) if role.name in RUNS}
    return held & {project.ref for project in projects}


@describes("action")
def describe_actions(refs: list[UUID], *, visible_to: Speaker) -> Mapping[UUID, Described]:
    """Describe actions: what, how it stands, by when. Two queries at most."""
    found = Action.objects.filter(ref__in=refs).select_related("project")
    sees = sees_once(visible_to)
    return {each.ref: _described_action(each) for each in found if sees(each.project)}


def _described_action(action: Action) -> Described:
    words = {"what": action.what, "day": say_day(action.due_on)}
    note = {
        Action.State.PLANNED: _("Planned, to be done by %(day)s.") % words,
        Action.State.UNDER_WAY: _("Under way, to be done by %(day)s.") % words,
        Action.State.DONE: _("Done on %(day)s.")
        % {"day": say_day(action.done_on) if action.done_on else ""},
        Action.State.STOPPED: _("Stopped. The page says why."),
    }[Action.State(action.state)]
    href = f"/p/{action.project.address}/actions/{action.ref}/"
    return Described(_("Action: %(what)s") % words, href, note)


@describes("change")
def describe_changes(refs: list[UUID], *, visible_to: Speaker) -> Mapping[UUID, Described]:
    """Describe changes: what is different, since when.

    Two queries at most, and those of each project in which one was claimed in an answer to a voice.
    """
    found = list(Change.objects.filter(ref__in=refs).select_related("project"))
    sees, to_one = sees_once(visible_to), _to_one(found, visible_to)
    return {
        each.ref: Described(
            _("Changed: %(what)s") % {"what": each.what_is_different},
            f"/p/{each.project.address}/changes/{each.ref}/",
            _("Since %(day)s.") % {"day": say_day(each.since_on)},
        )
        for each in found
        if sees(each.project) and (each.action_id or each.ref in to_one)
    }


def _to_one(found: list[Change], speaker: Speaker) -> set[UUID]:
    """Return which of the changes that came of voices alone the speaker may see."""
    seen: set[UUID] = set()
    to_one = [each for each in found if each.action_id is None]
    for project in {each.project for each in to_one}:
        rows = Change.objects.filter(pk__in=[each.pk for each in to_one], project=project)
        here = seen_by(rows, speaker, project, now=clock.now())
        seen.update(here.values_list("pk", flat=True))
    return seen
