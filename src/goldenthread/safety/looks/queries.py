"""What waits to be looked at again, for whom, and what was found by the month."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import MD5, Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.kit import clock
from goldenthread.kit.figures import in_fives
from goldenthread.kit.text import say_month
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import held_by
from goldenthread.projects.work import Does, Work, lists
from goldenthread.safety.looks.models import Month, SecondLook, Sentence
from goldenthread.safety.reading.hints.lists import all_lists
from goldenthread.safety.reading.models import Exchange, Suggestion, Words
from goldenthread.safety.reading.registry import beside_hints

TOLD_MONTHS = 6
READ = Q(state=Words.State.RELEASED, objected=False) | Q(state=Words.State.UNPUBLISHED)
OTHER = "other"


def last_month(now: datetime) -> date:
    """Return the first day of the month before this one."""
    first = clock.today(now).replace(day=1)
    return (first - timedelta(days=1)).replace(day=1)


def read_in(month: date) -> QuerySet[Words]:
    """Voices that somebody read in a month, and that are still as they were left.

    The day of reading stands beside what is shown; for the rest the day counts on which it came.
    """
    ends = (month + timedelta(days=31)).replace(day=1)
    shown = Q(released_on__gte=month, released_on__lt=ends)
    others = Q(released_on=None, received_on__gte=month, received_on__lt=ends)
    return Words.objects.filter(
        READ,
        shown | others,
        purpose=Words.Purpose.VOICE,
        project__state=Project.State.OPEN,
        read_by__isnull=False,
        text__isnull=False,
    )


def waiting(reader: Any, *projects: Project) -> QuerySet[SecondLook]:
    """What waits in these projects for a reader who has not seen the words before."""
    lines = Exchange.objects.filter(words=OuterRef("words"), by=reader)
    first = Suggestion.objects.filter(Q(by=reader) | Q(second_by=reader), words=OuterRef("words"))
    seen = Q(words__read_by=reader) | Q(put_back_by=reader) | Exists(lines) | Exists(first)
    still = Words.objects.filter(READ, text__isnull=False, project__in=projects)
    return SecondLook.objects.filter(words__in=still).exclude(seen)


def next_for(reader: Person, project: Project) -> SecondLook | None:
    """Return one that waits: each reader has an order of their own, so that two seldom meet."""
    mine = MD5(Concat(Cast("ref", CharField()), Value(str(reader.ref))))
    return waiting(reader, project).order_by(mine).first()


def look_at(reader: Any, project: Project, ref: UUID) -> SecondLook | None:
    """Return one that waits for this reader, with its words."""
    rows = waiting(reader, project).select_related("words__project__organisation")
    return rows.filter(ref=ref).first()


def languages() -> list[tuple[str, str]]:
    """Return the languages of the lists, and a place for every other one."""
    listed = [(each.language, each.name) for each in all_lists()]
    return [*listed, (OTHER, _("Another language"))]


def sentences() -> QuerySet[Sentence]:
    """Every sentence that readers made up for the lists."""
    return Sentence.objects.order_by("language", "month", "text")


@beside_hints
def missed(*, now: datetime) -> list[str]:
    """Tell of each month that is over how many were looked at again, and how many were missed."""
    over = Month.objects.filter(month__lt=last_month(now), looked_at__gt=0)
    return [_told(each) for each in over.order_by("-month")[:TOLD_MONTHS]]


def _told(found: Month) -> str:
    looked_at, missing = in_fives(found.looked_at), in_fives(found.missed)
    said = {"month": say_month(found.month), "all": looked_at, "missed": missing}
    if looked_at is None:
        return _("Of what was read in %(month)s, fewer than ten were looked at again.") % said
    if missing is None:
        return (
            _(
                "Of what was read in %(month)s, about %(all)s were looked at again. Of these, "
                "fewer than ten should have been read first."
            )
            % said
        )
    return (
        _(
            "Of what was read in %(month)s, about %(all)s were looked at again. Of these, about "
            "%(missed)s should have been read first."
        )
        % said
    )


def _again(
    person: Person, projects: Iterable[Project], *, now: datetime
) -> Iterator[QuerySet[SecondLook]]:
    known = {each.ref for each in projects}
    held = [role.project for role in held_by(person, now=now) if role.name == ROLE]
    yield waiting(person, *(each for each in held if each.ref in known))


@lists(Does.READ, when=_again)
def to_look_at(person: Person, projects: Iterable[Project], *, now: datetime) -> list[Work]:
    """What waits for a reader to be looked at again. Nobody waits for it, so it is never late."""
    reads = {each.ref: each for each in projects}
    (again,) = _again(person, reads.values(), now=now)
    rows = again.values("words__project").annotate(n=Count("ref"))
    return [
        _work(reads[row["words__project"]], row["n"]) for row in rows.order_by("words__project")
    ]


ROLE = ProjectRole.Name.READER


def _work(project: Project, n: int) -> Work:
    text = ngettext("%(n)s to look at again: %(title)s", "%(n)s to look at again: %(title)s", n)
    href = reverse("looks:again", args=[project.address])
    return Work(text % {"n": n, "title": project.title}, href, "quiet", n)
