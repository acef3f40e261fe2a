"""Concerns of a project, for its safeguarders alone."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import held_by
from goldenthread.projects.rota import Shift, shifts_of, stretches
from goldenthread.projects.work import Work, lists
from goldenthread.safety.concerns.models import Concern, ConcernNote, ConcernView
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.registry import ItemLink, item_links

LOOK_WITHIN = timedelta(minutes=30)  # of staffed time


def concerns_of(project: Project) -> QuerySet[Concern]:
    """Concerns of a project, with whether anyone has looked since they were raised."""
    looks = ConcernView.objects.filter(concern=OuterRef("ref"), on__gte=OuterRef("raised_at"))
    return (
        Concern.objects.filter(project=project)
        .annotate(looked=Exists(looks))
        .select_related("words", "raised_by", "closed_by")
        .defer("words__text", "words__would_have_helped", "words__shown", "words__search")
    )


def open_concerns(project: Project) -> QuerySet[Concern]:
    """Concerns that nobody has closed, to be paged."""
    return concerns_of(project).filter(closed_on=None)


def closed_concerns(project: Project) -> QuerySet[Concern]:
    """Concerns that were closed, to be paged."""
    return concerns_of(project).filter(closed_on__isnull=False)


def concern_in(project: Project, ref: UUID) -> Concern | None:
    """Return a concern of this project with its words."""
    return (
        Concern.objects.filter(project=project, ref=ref)
        .select_related("words__project", "raised_by", "closed_by", "project")
        .first()
    )


def notes_of(concern: Concern) -> list[ConcernNote]:
    """Return what was done, in order."""
    return list(concern.notes.select_related("by").order_by("place"))


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


def _staffed(shifts: list[Shift], since: datetime, now: datetime) -> timedelta:
    """Return how much staffed time has passed; more than enough is not counted further."""
    passed = timedelta()
    for start, end in stretches(shifts, after=since, until=now):
        passed += min(end, now) - start
        if passed >= LOOK_WITHIN:
            break
    return passed


@lists
def to_look_at(person: Person, projects: Iterable[Project], *, now: datetime) -> list[Work]:
    """Open concerns of the projects in which this person is the safeguarding owner."""
    known = {project.ref for project in projects}
    owned = [
        role.project
        for role in held_by(person, now=now)
        if role.name == ProjectRole.Name.SAFEGUARDER and role.project_id in known
    ]
    if not owned:
        return []
    looks = ConcernView.objects.filter(concern=OuterRef("ref"), on__gte=OuterRef("raised_at"))
    rows = Concern.objects.filter(project__in=owned, closed_on=None).annotate(looked=Exists(looks))
    found: dict[UUID, list[Concern]] = {}
    for concern in rows.order_by(F("raised_at").asc()):
        found.setdefault(concern.project_id, []).append(concern)
    return [_work(project, found[project.ref], now) for project in owned if project.ref in found]


def _work(project: Project, concerns: list[Concern], now: datetime) -> Work:
    text = ngettext(
        "%(n)s concern is open: %(title)s", "%(n)s concerns are open: %(title)s", len(concerns)
    )
    late = overdue(project, concerns, now=now)
    return Work(
        text % {"n": len(concerns), "title": project.title},
        reverse("concerns:list", args=[project.address]),
        "overdue" if late else "due",
    )


@item_links
def tell_the_owner(words: Words, *, now: datetime) -> ItemLink:
    """The way from words a reader has open to the safeguarding owner."""
    del now
    known = Concern.objects.filter(words=words, closed_on=None).exists()
    return ItemLink(
        text=_("Tell the safeguarding owner"),
        href=reverse("concerns:raise", args=[words.project.address, words.ref]),
        note=_("The safeguarding owner knows of this. They look at it now.")
        if known
        else _("You do not have to carry this alone. Someone is named for it."),
    )
