"""Who has not been heard, from what is public; and what is done about it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.figures import SMALLEST
from goldenthread.kit.text import say_day
from goldenthread.listen.outreach.models import Group, OutreachAction, Population
from goldenthread.listen.outreach.permissions import ORGANISERS
from goldenthread.organisations.models import Label, Organisation
from goldenthread.people.accounts.models import Person
from goldenthread.projects import work
from goldenthread.projects.access import may_see
from goldenthread.projects.models import Project, Stage, Strand
from goldenthread.projects.roles import held, held_by, still_belongs
from goldenthread.projects.speaker import Speaker
from goldenthread.projects.work import Work
from goldenthread.safety.equality.questions import Question, questions_for
from goldenthread.safety.release.models import Release
from goldenthread.safety.release.queries import Figures, releases_out
from goldenthread.safety.release.queries import figures_of as told_by
from goldenthread.thread.registry import Described, describes

OPEN = (OutreachAction.State.PLANNED, OutreachAction.State.DOING)
SOON = timedelta(days=14)
SEASON: Final = 3  # whole months
MOST: Final = 200  # actions of one project on its page


def question_of(organisation: Organisation, key: str) -> Question | None:
    """Return a question that projects of the organisation may ask."""
    return next((each for each in questions_for(organisation) if each.key == key), None)


def populations_of(organisation: Organisation) -> dict[str, Population]:
    """Return the newest population for each question, with its groups. One query."""
    newest = _populations(organisation).order_by("question", "-version").distinct("question")
    return {each.question: each for each in newest}


def versions_of(organisation: Organisation, question: str) -> list[Population]:
    """Return every population entered for a question, newest first. One query."""
    return list(_populations(organisation).filter(question=question).order_by("-version"))


def _populations(organisation: Organisation) -> QuerySet[Population]:
    groups = Group.objects.filter(population=OuterRef("pk")).order_by("ref")
    each = groups.values(each=JSONObject(answer="answer", people="people"))
    return Population.objects.filter(organisation=organisation).annotate(told=ArraySubquery(each))


def people_of(population: Any) -> dict[str, int]:
    """Return how many people there are of each group; `population` was fetched here."""
    return {each["answer"]: each["people"] for each in population.told}


@dataclass(frozen=True)
class Places:
    """Strands and labels, and whether people may still speak, by the days of listening."""

    strands: list["Place"]
    labels: list["Place"]
    asking: bool


@dataclass(frozen=True)
class Place:
    """A strand or a label: how many voices a release tells, and whether they became more."""

    key: str
    name: str
    number: int | None  # rounded; none: fewer than ten, which is nobody or a few
    state: str  # few, heard, silent, or unknown: too early, or nobody is asked any more


def places_of(project: Project, figures: Figures, then: Figures | None, *, today: date) -> Places:
    """Return strands, and the organisation's labels, beside the figures of then. One query."""
    listens = Stage.objects.filter(project=project, name=Stage.Name.LISTEN, closes_on__gte=today)
    days = listens.annotate(of=Value("listens"), at=Value(0), named=Value(""))
    strands = Strand.objects.filter(project=project).annotate(
        of=Value("strand"), at=Value(0), named=F("name")
    )
    labels = Label.objects.filter(organisation=project.organisation).annotate(
        of=Value("label"), at=F("position"), named=F("text")
    )
    columns = ("of", "at", "named", "ref")
    rows = strands.values_list(*columns).union(
        labels.values_list(*columns), days.values_list(*columns), all=True
    )
    found: dict[str, list[Place]] = {"strand": [], "label": [], "listens": []}
    for kind, _at, name, ref in rows.order_by("at", "named", "ref"):
        found[kind].append(_place(f"{kind}:{ref}", name, figures, then))
    asking = project.state == Project.State.OPEN and bool(found["listens"])
    return Places(found["strand"], found["label"], asking)


def season_begins(today: date) -> date:
    """Return the first day of the season: three whole months, and this one so far."""
    month = today.year * 12 + today.month - 1 - SEASON
    return date(month // 12, month % 12 + 1, 1)


def now_and_then(project: Project, *, today: date) -> tuple[Release | None, Figures | None]:
    """Return the newest release, and the figures that were out when the season began. One query.

    No figures if the project was not open then, or does not listen any more, or none were out yet.
    """
    begins, rows = season_begins(today), releases_out(project)
    opened = project.opened_on if project.state == Project.State.OPEN else None
    newest = rows.order_by("-number").values("number")[:1]
    if opened is None or opened > begins:
        return rows.filter(number__in=newest).first(), None
    before = rows.filter(frozen_on__lt=begins).order_by("-number").values("number")[:1]
    both = list(rows.filter(Q(number__in=newest) | Q(number__in=before)).order_by("number"))
    then = both[0] if both and both[0].frozen_on < begins else None
    return (both[-1] if both else None), (told_by(then) if then else None)


def _place(key: str, name: str, figures: Figures, then: Figures | None) -> Place:
    """Say from two releases whether a place was heard between them, and from nothing else.

    Both are public and rounded, so that this tells nothing they do not: not of one voice, nor of
    words that nobody has read yet.
    """
    number = figures.number(key)
    if number is None:
        state = "few"  # also where some were heard: one person could be all of them
    elif then is None or (then.number(key) is None and key in then.veiled):
        state = "unknown"
    else:
        more = number - (then.number(key) or 0)
        state = "heard" if more >= SMALLEST else "silent"
    return Place(key, name, number, state)


def actions_of(project: Project) -> list[OutreachAction]:
    """Return what is done to reach people: what is still to do first, by its day."""
    found = OutreachAction.objects.filter(project=project).select_related("owner")
    rows = list(found.order_by("due_on", "ref")[:MOST])
    return sorted(rows, key=lambda each: not each.is_open)


def action_in(project: Project, ref: UUID) -> OutreachAction | None:
    """Return one of them."""
    found = OutreachAction.objects.filter(project=project, ref=ref)
    return found.select_related("project__organisation", "owner").first()


def people_to_own(project: Project, *, now: datetime) -> QuerySet[Person]:
    """Return who may own an action: people with a role in the project."""
    here = held(now).filter(project=project)
    people = Person.objects.filter(project_roles__in=here, is_active=True)
    return people.distinct().order_by("name", "ref")


def names_of(project: Project, *, asked: bool) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return whom an action can be for, by kind: groups, strands, labels. Two queries."""
    strands = Strand.objects.filter(project=project).order_by("name", "ref")
    labels = Label.objects.filter(organisation=project.organisation).order_by("position", "text")
    offered: list[tuple[str, list[tuple[str, str]]]] = [
        (_("Strands"), [(f"strand:{each.ref}", each.name) for each in strands]),
        (_("Labels"), [(f"label:{each.ref}", each.text) for each in labels]),
    ]
    if asked:
        offered += [
            (
                each.asks,
                [
                    (f"group:{each.key}:{key}", f"{text} ({each.asks})")
                    for key, text in each.answers
                ],
            )
            for each in questions_for(project.organisation)
        ]
    return [(kind, names) for kind, names in offered if names]


def is_overdue(action: OutreachAction, *, today: date) -> bool:
    """Whether it should have been done by now."""
    return action.is_open and action.due_on < today


def _due(
    person: Person, projects: list[Project], *, now: datetime
) -> Iterator[QuerySet[OutreachAction]]:
    today = clock.today(now)
    mine = Q(owner=person) & still_belongs(person.ref, OuterRef("project"))
    runs = {role.project_id for role in held_by(person, now=now) if role.name in ORGANISERS}
    late = Q(project__in=runs & {each.ref for each in projects}, due_on__lt=today)
    yield OutreachAction.objects.filter(mine | late, state__in=OPEN, due_on__lte=today + SOON)


@work.lists(work.Does.CARRY_OUT, when=_due)
def outreach_due(person: Person, projects: list[Project], *, now: datetime) -> Iterator[Work]:
    """Name what is late or due in two weeks: to its owner; what is late, to those who run it."""
    today = clock.today(now)
    (rows,) = _due(person, projects, now=now)
    for action in rows.select_related("project").order_by("due_on", "ref")[:50]:
        words: dict[str, Any] = {"what": action.what, "day": say_day(action.due_on)}
        href = reverse("outreach:end", args=[action.project.address, action.ref])
        if action.due_on < today:
            text = _("Reach people, overdue since %(day)s: %(what)s") % words
            yield Work(text, href, "overdue")
        else:
            yield Work(_("Reach people by %(day)s: %(what)s") % words, href)


@describes("outreach")
def describe_outreach(refs: list[UUID], *, visible_to: Speaker) -> Mapping[UUID, Described]:
    """Describe what is done to reach people, as everyone may read it."""
    found = OutreachAction.objects.filter(ref__in=refs).select_related("project")
    return {
        each.ref: Described(
            title=each.what,
            href=reverse("outreach:missing", args=[each.project.address]),
            note=str(each.get_state_display()),
        )
        for each in found
        if may_see(visible_to, each.project)
    }
