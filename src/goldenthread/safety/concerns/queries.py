"""Concerns of a project, for its safeguarders alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal, Self
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.kit import clock
from goldenthread.organisations.models import Role
from goldenthread.organisations.roles import current_roles
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import held, held_by, holders, is_stand_in
from goldenthread.projects.rota import Rota, shifts_of, stretches
from goldenthread.projects.work import Does, Work, lists
from goldenthread.safety.concerns import permissions
from goldenthread.safety.concerns.listen import STEPS
from goldenthread.safety.concerns.models import (
    Away,
    Concern,
    ConcernNote,
    ConcernView,
    ListenStep,
    Telling,
)
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.registry import ItemLink, item_links
from goldenthread.safety.young.models import Post
from goldenthread.safety.young.queries import held_posts, holder_belongs, posts_of_schools

LOOK_WITHIN = timedelta(minutes=30)  # of staffed time


@dataclass(frozen=True)
class Step:
    """A LISTEN step, and what was marked of it."""

    code: str
    title: str
    question: str
    marked: ListenStep | None

    @property
    def state(self) -> Literal["done", "open"]:
        """Done, or still open: a step that was left out on purpose stays open to the eye."""
        return "done" if self.marked and self.marked.done else "open"


@dataclass(frozen=True)
class Looking:
    """Who looks after the concerns of a project, the lead first, and who of them is there."""

    everyone: list[Person]
    there: list[Person]
    hears: permissions.Hearing

    @classmethod
    def after(cls, project: Project, *, now: datetime) -> Self:
        """Fetch them. Two queries for a school, else one."""
        today = clock.today(now)
        gone = Away.objects.filter(
            project=project, person=OuterRef("person"), from_on__lte=today, until_on__gte=today
        )
        found = (
            held(now)
            .filter(project=project, name=ProjectRole.Name.SAFEGUARDER)
            .annotate(away=Exists(gone))
            .select_related("person")
            .order_by("stands_in", "person__name", "ref")
        )
        rows = [(each.person, each.away) for each in found]
        everyone = [person for person, _away in rows]
        there = [person for person, away in rows if not away]
        return cls(everyone, there or everyone, permissions.who_hears(project))

    def kinds(self, person: Any) -> set[str]:
        """Return which concerns someone sees, by whom they name: `kinds_seen_by` at no cost."""
        return {str(kind) for kind in Concern.Names.values if person in self.all_for(kind)}

    def all_for(self, kind: str) -> list[Person]:
        """Return everyone who may see concerns of a kind, the lead first."""
        if kind in self.hears.alone:
            return [self.hears.alone[kind]]
        return [each for each in self.everyone if not self.hears.leaves_out(each, kind)]

    def there_for(self, kind: str) -> list[Person]:
        """Return who of them is there today; everyone, if all are away."""
        every = self.all_for(kind)
        return [each for each in every if each in self.there] or every

    def hands(self, concern: Concern) -> Person | None:
        """Return in whose hands a concern is today: its owner, or the first who is there."""
        there = self.there_for(concern.names)
        if concern.owner in there:
            return concern.owner
        return there[0] if there else None


def away_days(project: Project, *, now: datetime) -> list[Away]:
    """Return on which days safeguarders are away, from today on."""
    coming = Away.objects.filter(project=project, until_on__gte=clock.today(now))
    return list(coming.select_related("person").order_by("from_on", "ref"))


def all_who_look_after(concern: Concern, *, now: datetime) -> list[Person]:
    """Return everyone who may see a concern, the lead first."""
    return Looking.after(concern.project, now=now).all_for(concern.names)


def looking_after(concern: Concern, *, now: datetime) -> list[Person]:
    """Return who is there today to look after a concern; everyone, if all are away."""
    return Looking.after(concern.project, now=now).there_for(concern.names)


def unowned(*, now: datetime) -> QuerySet[Concern]:
    """Return the open concerns that nobody may look after today: `all_for`, asked of all."""
    guards = held(now).filter(project=OuterRef("project"), name=ProjectRole.Name.SAFEGUARDER)
    leads = posts_of_schools().filter(
        name=Post.Name.HEAD,
        organisation=OuterRef("project__organisation"),
        person=OuterRef("person"),
    )
    kinds = Concern.Names
    seen = ~Q(names=kinds.HEAD) & Q(Exists(guards))
    seen |= Q(names=kinds.HEAD) & Q(Exists(guards.filter(~Exists(leads))))
    for kind, post in permissions.GOES_TO.items():
        holder = posts_of_schools().filter(
            holder_belongs(), name=post, organisation=OuterRef("project__organisation")
        )
        seen |= Q(names=kind) & Q(Exists(holder))
    return Concern.objects.filter(~seen, closed_on=None)


def name_givers(concern: Concern, *, now: datetime) -> list[Person]:
    """Return which administrators may hear that a concern is in nobody's hands."""
    runs = current_roles(today=clock.today(now)).filter(
        name=Role.Name.ADMINISTRATOR,
        membership__organisation__partnerships__project=concern.project_id,
        membership__organisation__partnerships__waiting_since=None,
    )
    people = Person.objects.filter(pk__in=runs.values("membership__person"))
    hears = permissions.who_hears(concern.project)
    return [
        each for each in people.order_by("name", "ref") if not hears.leaves_out(each, concern.names)
    ]


def others_there(
    project: Project, person: Person, *, from_on: date, until_on: date, now: datetime
) -> bool:
    """Return whether somebody else looks after concerns on all of these days."""
    gone = Away.objects.filter(project=project, from_on__lte=until_on, until_on__gte=from_on)
    absent = {person.ref, *gone.values_list("person", flat=True)}
    return any(
        each.person_id not in absent and (each.ends_on is None or each.ends_on >= until_on)
        for each in holders(project, ProjectRole.Name.SAFEGUARDER, now=now)
    )


def with_looks(concerns: QuerySet[Concern]) -> QuerySet[Concern]:
    """Add whether anyone has looked since they were raised."""
    looks = ConcernView.objects.filter(concern=OuterRef("ref"), on__gte=OuterRef("raised_at"))
    return concerns.annotate(looked=Exists(looks))


def concerns_of(project: Project, *, kinds: Iterable[str]) -> QuerySet[Concern]:
    """Concerns of these kinds, with whether anyone has looked, and how many steps were taken."""
    return (
        with_looks(Concern.objects.filter(project=project, names__in=kinds))
        .annotate(marked=Count("steps"))
        .select_related("words", "raised_by", "closed_by", "owner")
        .defer("words__text", "words__would_have_helped", "words__shown", "words__search")
    )


def open_concerns(project: Project, *, kinds: Iterable[str] = ("",)) -> QuerySet[Concern]:
    """Concerns that nobody has closed, to be paged."""
    return concerns_of(project, kinds=kinds).filter(closed_on=None)


def closed_concerns(project: Project, *, kinds: Iterable[str] = ("",)) -> QuerySet[Concern]:
    """Concerns that were closed, to be paged."""
    return concerns_of(project, kinds=kinds).filter(closed_on__isnull=False)


def concern_in(project: Project, ref: UUID) -> Concern | None:
    """Return a concern of this project with its words, and whether anyone has looked."""
    return (
        with_looks(Concern.objects.filter(project=project, ref=ref))
        .select_related(
            "words__project", "raised_by", "closed_by", "owner", "project__organisation"
        )
        .first()
    )


def notes_of(concern: Concern) -> list[ConcernNote]:
    """Return what was done, in order."""
    return list(concern.notes.select_related("by").order_by("place"))


def steps_of(concern: Concern) -> list[Step]:
    """Return the six LISTEN steps in their order, with what was marked of each."""
    marked = {each.step: each for each in concern.steps.select_related("by")}
    return [
        Step(code, str(title), str(question), marked.get(code))
        for code, (title, question) in STEPS.items()
    ]


def marked_steps(concern: Concern) -> list[ListenStep]:
    """Return the LISTEN steps that were marked, in their order."""
    return [each.marked for each in steps_of(concern) if each.marked]


def tellings_of(concern: Concern) -> list[Telling]:
    """Return who was told or was not, in order."""
    return list(concern.tellings.select_related("by").order_by("place"))


def looks_at(concern: Concern) -> list[ConcernView]:
    """Return who has looked, newest first; the last fifty."""
    return list(concern.views.select_related("viewer").order_by("-on")[:50])


def overdue(project: Project, concerns: Iterable[Concern], *, now: datetime) -> set[UUID]:
    """Return which of these nobody has looked at within thirty staffed minutes. Two queries."""
    unseen = [each for each in concerns if each.closed_on is None and not _looked(each)]
    if not unseen:
        return set()
    shifts = shifts_of(project)
    return {each.ref for each in unseen if _staffed(shifts, each.raised_at, now) >= LOOK_WITHIN}


def _looked(concern: Concern) -> bool:
    return bool(getattr(concern, "looked", False))


def _staffed(shifts: Rota, since: datetime, now: datetime) -> timedelta:
    """Return how much staffed time has passed; more than enough is not counted further."""
    passed = timedelta()
    for start, end in stretches(shifts, after=since, until=now):
        passed += min(end, now) - start
        if passed >= LOOK_WITHIN:
            break
    return passed


def _open(
    person: Person, projects: Iterable[Project], *, now: datetime
) -> Iterator[QuerySet[Concern]]:
    """Open concerns where this person guards, and any in an organisation where they hold a post."""
    known = {project.ref for project in projects}
    guarded = {
        each.project_id
        for each in held_by(person, now=now)
        if each.name == ProjectRole.Name.SAFEGUARDER and each.project_id in known
    }
    yield Concern.objects.filter(project__in=guarded, closed_on=None)
    posts = Post.objects.filter(person=person).values("organisation")
    yield Concern.objects.filter(project__organisation__in=posts, closed_on=None)


@lists(Does.LOOK_AFTER, when=_open)
def to_look_at(person: Person, projects: Iterable[Project], *, now: datetime) -> list[Work]:
    """Open concerns in this person's hands, and any that nobody has looked at in time."""
    guarded, _posts = _open(person, projects, now=now)
    rows = (
        with_looks(Concern.objects.filter(Q(ref__in=guarded.values("ref")) | held_posts(person)))
        .filter(closed_on=None)
        .select_related("owner", "project__organisation")
        .order_by(F("raised_at").asc())
    )
    found: dict[Project, list[Concern]] = {}
    for concern in rows:
        found.setdefault(concern.project, []).append(concern)
    works = (_work(project, concerns, person, now) for project, concerns in found.items())
    return [work for work in works if work]


def _work(project: Project, concerns: list[Concern], person: Person, now: datetime) -> Work | None:
    late = overdue(project, concerns, now=now)
    there = Looking.after(project, now=now)
    kinds = permissions.kinds_seen_by(person, project, now=now)
    every = is_stand_in(person)
    if every:  # the head may hand this role over, and hears of nothing that names them
        kinds -= {Concern.Names.HEAD}
    seen = [each for each in concerns if each.names in kinds]
    mine = [each for each in seen if every or each.ref in late or there.hands(each) == person]
    if not mine:
        return None
    text = ngettext(
        "%(n)s concern is open: %(title)s", "%(n)s concerns are open: %(title)s", len(mine)
    )
    return Work(
        text % {"n": len(mine), "title": project.title},
        reverse("concerns:list", args=[project.address]),
        "overdue" if late & {each.ref for each in mine} else "due",
        len(mine),
    )


@item_links
def tell_the_owner(words: Words, *, now: datetime) -> ItemLink:
    """The way from words a reader has open to the safeguarding owner."""
    del now
    known = Concern.objects.filter(words=words, closed_on=None).exists()
    return ItemLink(
        text=_("Tell them more") if known else _("Tell the safeguarding owner"),
        href=reverse("concerns:raise", args=[words.project.address, words.ref]),
        note=_("The safeguarding owner knows of this. You can still add what you see.")
        if known
        else _("You do not have to carry this alone. Someone is named for it."),
    )
