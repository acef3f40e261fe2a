"""What waits for readers, and what they have done lately."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import CharField, Count, Exists, Min, OuterRef, Q, QuerySet, Value
from django.db.models.functions import MD5, Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.kit import clock
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import held_by
from goldenthread.projects.work import Does, Work, lists
from goldenthread.safety.reading import author
from goldenthread.safety.reading.author import AuthorView
from goldenthread.safety.reading.models import Exchange, HandOver, Removal, Suggestion, Words

State = Words.State
WAITING = Q(state=State.HELD, restricted=False) | Q(state=State.RELEASED, objected=True)
PROMISED = WAITING & Q(imported=False, asking=False)  # what we promised to read in time
SEEN = Q(state=State.RELEASED) | Q(state=State.HELD, hidden=True)  # shown, or hidden for now
ORDER = ("imported", "lane", "received_on", "shuffled", "ref")
LATELY = timedelta(days=30)


def waiting(project: Project) -> QuerySet[Words]:
    """Words of a project that a reader has still to decide on, except those asked back."""
    return Words.objects.filter(WAITING, project=project, asking=False)


def queue(project: Project, *, now: datetime, imported: bool = False) -> QuerySet[Words]:
    """What waits, to be paged by `ORDER`: by lane and day; within a day in today's random order."""
    today = Value(clock.today(now).isoformat())
    shuffled = MD5(Concat(Cast("ref", CharField()), today))
    return (
        waiting(project)
        .filter(imported=imported)
        .annotate(shuffled=shuffled)
        .select_related("claimed_by")
        .defer("text", "would_have_helped", "shown", "helped_shown", "salt", "search")
    )


def brought_in(project: Project, *, now: datetime) -> QuerySet[Words]:
    """What came from a file and waits, with its text, to be read a page at a time."""
    today = Value(clock.today(now).isoformat())
    return (
        waiting(project)
        .filter(imported=True, second_reader=False)
        .annotate(shuffled=MD5(Concat(Cast("ref", CharField()), today)))
    )


def asked_back(project: Project) -> QuerySet[Words]:
    """Words whose author has been asked something and has not answered yet."""
    return (
        Words.objects.filter(WAITING, project=project, asking=True)
        .defer("text", "would_have_helped", "shown", "helped_shown", "salt", "search")
        .order_by("received_on", "ref")
    )


def done_lately(project: Project, *, now: datetime) -> QuerySet[Words]:
    """What readers have released or left unpublished in the last thirty days."""
    return (
        Words.objects.filter(
            project=project,
            state__in=[State.RELEASED, State.UNPUBLISHED, State.REMOVED],
            received_on__gte=clock.today(now) - LATELY,
        )
        .select_related("read_by")
        .defer("text", "would_have_helped", "salt", "search")
    )


def item(project: Project, ref: UUID) -> Words | None:
    """Return words of this project, whatever their state."""
    return (
        Words.objects.select_related("project__organisation", "claimed_by", "read_by")
        .filter(project=project, ref=ref)
        .first()
    )


def exchanges_of(words: Words) -> list[Exchange]:
    """Return what reader and author have written to each other, in order."""
    if words.state in Words.GONE:
        return []  # what the author wrote there was taken back with the words
    return list(words.exchanges.select_related("by").order_by("place"))


@dataclass(frozen=True)
class Service:
    """How the readers of a project stand towards their promise. Staff workloads are exact."""

    to_read: int
    overdue: int
    oldest_on: date | None
    asked_back: int
    brought_in: int


def service_of(project: Project, *, now: datetime) -> Service:
    """Tell how many wait, how many too long, and since when. One query."""
    counts = Words.objects.filter(WAITING, project=project).aggregate(
        to_read=Count("ref", filter=Q(asking=False, imported=False)),
        overdue=Count("ref", filter=Q(asking=False, imported=False, due_at__lt=now)),
        asked_back=Count("ref", filter=Q(asking=True)),
        brought_in=Count("ref", filter=Q(asking=False, imported=True)),
        oldest_on=Min("received_on", filter=Q(asking=False, imported=False)),
    )
    return Service(**counts)


def oldest_overdue(*, now: datetime) -> dict[UUID, dict[str, datetime]]:
    """Return by project and lane when the oldest words that are overdue were due. One query."""
    rows = (
        Words.objects.filter(PROMISED, due_at__lt=now)
        .values("project_id", "lane")
        .annotate(oldest=Min("due_at"))
    )
    found: dict[UUID, dict[str, datetime]] = {}
    for row in rows:
        found.setdefault(row["project_id"], {})[row["lane"]] = row["oldest"]
    return found


def notes_of(project: Project, *, now: datetime) -> list[HandOver]:
    """Return what readers left for those who come after them in the last fortnight."""
    since = clock.today(now) - timedelta(days=14)
    notes = HandOver.objects.filter(project=project, on__gte=since).select_related("by")
    return list(notes.order_by("-on", "ref")[:10])


def opened_by(project: Project, reader: Person, *, now: datetime) -> int:
    """Return how many somebody has open."""
    since = now - timedelta(minutes=30)
    return Words.objects.filter(project=project, claimed_by=reader, claimed_at__gt=since).count()


def suggestions_of(project: Project, reader: Person) -> list[Suggestion]:
    """Return what somebody suggested as a new reader, newest first."""
    found = Suggestion.objects.filter(words__project=project, by=reader)
    found = found.select_related("words", "second_by").defer(
        "words__text", "words__would_have_helped", "words__shown", "words__search"
    )
    return list(found.order_by("-on", "ref")[:20])


def suggested_for(words: Words) -> Suggestion | None:
    """Return what a new reader suggests for words that wait for a second one."""
    return Suggestion.objects.filter(words=words, alike=None).select_related("by").first()


def was_shown(words: Words) -> bool:
    """Return whether people see words, saw them until they were hidden, or see a stub of removal.

    What its author took back is theirs alone.
    """
    hidden = words.state == State.HELD and words.hidden
    return hidden or words.state in (State.RELEASED, State.REMOVED)


def removals_to_agree(project: Project) -> QuerySet[Removal]:
    """Removals that were asked for and wait for a co-lead's key."""
    return (
        Removal.objects.filter(words__project=project, agreed_on=None, refused=False)
        .select_related("words", "asked_by")
        .order_by("asked_on", "ref")
    )


def removal_of(words: Words) -> Removal | None:
    """Return the removal that was asked for and waits, if there is one."""
    return removals_to_agree(words.project).filter(words=words).first()


def for_authors(many: list[Words]) -> dict[UUID, AuthorView]:
    """Tell authors what was done with their words, and why, in one query. Never the words."""
    lines: dict[UUID, list[Exchange]] = {words.ref: [] for words in many}
    for each in Exchange.objects.filter(words__in=lines).order_by("place"):
        lines[each.words_id].append(each)
    return {words.ref: author.view_of(words, exchanges=lines[words.ref]) for words in many}


def _as(
    name: ProjectRole.Name, person: Person, projects: Iterable[Project], now: datetime
) -> list[Project]:
    known = {project.ref for project in projects}
    held = [role.project for role in held_by(person, now=now) if role.name == name]
    return [each for each in held if each.ref in known]


def _unread(
    person: Person, projects: Iterable[Project], *, now: datetime
) -> Iterator[QuerySet[Words]]:
    reads = _as(ProjectRole.Name.READER, person, projects, now)
    yield Words.objects.filter(WAITING, asking=False, project__in=reads)


@lists(Does.READ, when=_unread)
def to_read(person: Person, projects: Iterable[Project], *, now: datetime) -> list[Work]:
    """What waits for a reader."""
    reads = _as(ProjectRole.Name.READER, person, projects, now)
    (waits,) = _unread(person, reads, now=now)
    rows = waits.values("project_id").annotate(
        n=Count("ref"), late=Count("ref", filter=Q(imported=False, due_at__lt=now))
    )
    counts = {row["project_id"]: (row["n"], row["late"]) for row in rows}
    work = []
    for project in reads:
        n, late = counts.get(project.ref, (0, 0))
        href = reverse("reading:queue", args=[project.address])
        if late:
            text = ngettext(
                "%(n)s is overdue to be read: %(title)s",
                "%(n)s are overdue to be read: %(title)s",
                late,
            )
            work.append(Work(text % {"n": late, "title": project.title}, href, "overdue", late))
        if n > late:
            text = ngettext("%(n)s to read: %(title)s", "%(n)s to read: %(title)s", n - late)
            said = text % {"n": n - late, "title": project.title}
            work.append(Work(said, href, n=n - late))
    return work


def _removals(
    person: Person, projects: Iterable[Project], *, now: datetime
) -> Iterator[QuerySet[Words]]:
    leads = _as(ProjectRole.Name.CO_LEAD, person, projects, now)
    waiting_for_key = Removal.objects.filter(agreed_on=None, refused=False)
    yield (
        Words.objects.filter(Exists(waiting_for_key.filter(words=OuterRef("ref"))))
        .filter(project__in=leads)
        .exclude(removal__asked_by=person)
    )


@lists(Does.DECIDE, when=_removals)
def to_remove(person: Person, projects: Iterable[Project], *, now: datetime) -> list[Work]:
    """What waits for a co-lead's second key."""
    titles = {project.ref: project for project in projects}
    (rows,) = _removals(person, titles.values(), now=now)
    asked = rows.values_list("ref", "project_id")
    return [
        Work(
            _("Somebody asks to take words down: %(title)s") % {"title": titles[project].title},
            reverse("reading:remove", args=[titles[project].address, ref]),
        )
        for ref, project in asked
    ]
