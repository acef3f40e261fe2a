"""How far readers are, and what they carry: for themselves and their supporters."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.people.accounts.models import Person
from goldenthread.projects.gates import Missing, also_prepared
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.preparation import FETCHED, Preparation
from goldenthread.projects.readiness import READERS, Part, reads
from goldenthread.projects.roles import held, held_by
from goldenthread.projects.work import Does, Work, lists
from goldenthread.safety.readers import permissions, practice
from goldenthread.safety.readers.models import Debrief, Load, PracticeAnswer, Reader

BLOCK = timedelta(minutes=50)
PAUSE = timedelta(minutes=10)  # without reading for so long, a new block begins
FIRST_ONES = 10
FETCHED.append("person__reads_as")  # how far the readers of a project are
WEEKS = 8
WEEK = timedelta(days=7)


def reader_of(person: Any) -> Reader:
    """Return how far someone is; whoever has not begun has a row of their own, unsaved."""
    known: dict[str, Reader] = person.__dict__
    if "_reads_as" not in known:
        found = Reader.objects.select_related("supporter").filter(person=person).first()
        known["_reads_as"] = found or Reader(person=person)
    return known["_reads_as"]


def has_practised(person: Any) -> bool:
    """Return whether someone has answered every practice voice."""
    return reader_of(person).practised_on is not None


def is_new(person: Any) -> bool:
    """Return whether a second reader still looks at what this reader decides."""
    return reader_of(person).checked < FIRST_ONES


def seasoned(project: Project, *, now: datetime) -> frozenset[UUID]:
    """Return the readers of a project who are no longer new, by their keys. One query."""
    readers = held(now).filter(project=project, name=ProjectRole.Name.READER)
    before = readers.filter(person__reads_as__checked__gte=FIRST_ONES)
    return frozenset(before.values_list("person_id", flat=True))


@also_prepared
def part_of_preparing(prepared: Preparation) -> Part:
    """Whether someone reads who has done it before. Nobody is named: how far each is, is theirs."""
    part = Part(
        "experience",
        _("Readers who have done it before"),
        reverse("projects:people", args=[prepared.project.address]),
        _("One of your readers, or more, has had ten readings looked at."),
        optional=True,
    )
    readers = [role.person for role in prepared.on_first_day(ProjectRole.Name.READER)]
    if not readers:
        return replace(part, note=_("Nobody is a reader yet."))
    known = [getattr(each, "reads_as", None) for each in readers]
    if any(each is not None and each.checked >= FIRST_ONES for each in known):
        return part
    missing = []
    if not any(each is not None and each.practised_on for each in known):
        words = _("None of your readers has practised yet. It takes half an hour.")
        href = reverse("readers:practice")
        missing.append(Missing(words, href=href, who=READERS, part=part.key, may=reads))
    advice = [
        _("All your readers are new. Until one has ten readings behind them, two new ones look."),
        _("Better: ask another organisation to lend you a reader who has done it before."),
    ]
    note = _("Nobody here has read before.")
    return replace(part, note=note, missing=missing, advice=advice)


def needs_a_break(person: Any, *, now: datetime) -> bool:
    """Return whether someone has read for fifty minutes without a break."""
    reader = reader_of(person)
    if reader.sat_down_at is None or reader.last_read_at is None:
        return False
    return now - reader.last_read_at < PAUSE and now - reader.sat_down_at >= BLOCK


@dataclass(frozen=True)
class PracticeRow:
    """One practice voice and what the new reader answered, if they have."""

    voice: practice.PracticeVoice
    number: int
    choice: str = ""

    @property
    def answer(self) -> str:
        """What they would do, in words."""
        return str(practice.CHOICES.get(self.choice, ""))


def practice_rows(person: Person) -> list[PracticeRow]:
    """Return the practice voices with someone's answers, in order. One query."""
    answers = dict(PracticeAnswer.objects.filter(person=person).values_list("voice", "choice"))
    return [
        PracticeRow(each, number, answers.get(each.key, ""))
        for number, each in enumerate(practice.voices(), start=1)
    ]


def next_open(rows: list[PracticeRow], *, after: str = "") -> str:
    """Return the key of the next practice voice without an answer; nothing once all have one."""
    at = next((row.number for row in rows if row.voice.key == after), 0)
    later = [row for row in rows if not row.choice]
    ahead = [row for row in later if row.number > at]
    found = (ahead or later)[:1]
    return found[0].voice.key if found else ""


def loads_of(person: Any) -> list[Load]:
    """Return the last weeks of someone's reading, newest first."""
    return list(Load.objects.filter(person=person).order_by("-week")[:WEEKS])


def last_debrief(person: Any) -> date | None:
    """Return when someone last talked with their supporter."""
    found = Debrief.objects.filter(person=person).order_by("-on").values_list("on", flat=True)
    return found.first()


def supported_reader(speaker: Any, ref: UUID) -> Reader | None:
    """Return a reader whose load this person may see."""
    found = Reader.objects.select_related("person", "supporter").filter(person__ref=ref).first()
    return found if found and permissions.may_see_load(speaker, found) else None


def _alone(
    person: Person, projects: Iterable[Project], *, now: datetime
) -> Iterator[QuerySet[Reader]]:
    del projects
    since = clock.today(now) - WEEK
    supported = Reader.objects.filter(supporter=person, last_read_at__date__gte=since)
    yield supported.exclude(person__debriefs__on__gt=since)


@lists(Does.LOOK_AFTER, when=_alone)
def to_talk(person: Person, projects: Iterable[Project], *, now: datetime) -> list[Work]:
    """Readers whom this person supports and who have not talked with them for a week."""
    waiting = next(_alone(person, projects, now=now)).select_related("person")
    said = _("Talk with %(name)s about this week's reading")
    return [
        Work(
            said % {"name": each.person.name or each.person.email},
            reverse("readers:load", args=[each.person.ref]),
        )
        for each in waiting.order_by("person__name")
    ]


def way_back(person: Person, *, now: datetime) -> str:
    """Return where someone reads: the queue of their project, or their own page."""
    reads = [
        role.project for role in held_by(person, now=now) if role.name == ProjectRole.Name.READER
    ]
    return f"/p/{reads[0].address}/reading/" if len(reads) == 1 else reverse("readers:me")
