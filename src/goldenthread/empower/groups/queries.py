from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import OuterRef, Prefetch, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.empower.groups.models import Group, Seat
from goldenthread.empower.groups.permissions import held_on
from goldenthread.kit import clock
from goldenthread.people.accounts.models import Person
from goldenthread.projects.asking import Invited, asked_to
from goldenthread.projects.models import Project
from goldenthread.projects.roles import still_belongs


@dataclass(frozen=True)
class Composition:
    """Who sits in a group, as counts: seats are facts about power, so they are exact."""

    seats: int
    lived: int
    carers: int
    filled: tuple[tuple[str, int], ...]


def seats_of(group: Group, today: date) -> QuerySet[Seat]:
    """Return the seats held in the group on a day, with their people."""
    held = Seat.objects.filter(held_on(today), group=group)
    return held.select_related("person").order_by("starts_on", "name", "ref")


def composition(group: Group, today: date | None = None) -> tuple[int, int, int]:
    """Return how many seats are held, how many by lived experience, how many by carers."""
    found = composed(list(seats_of(group, today or clock.today())))
    return found.seats, found.lived, found.carers


def composed(seats: list[Seat]) -> Composition:
    """Count these seats."""
    ways = Counter(seat.filled for seat in seats)
    return Composition(
        seats=len(seats),
        lived=sum(seat.lived_experience for seat in seats),
        carers=sum(seat.carer for seat in seats),
        filled=tuple((str(way.label), ways[way.value]) for way in Seat.Filled if ways[way.value]),
    )


def warnings_for(group: Group, made_of: Composition) -> list[str]:
    """Say what is missing in the mix of a group (Lanarkshire Links: at least two of each)."""
    found = []
    if made_of.lived < 2:  # noqa: PLR2004  one person alone cannot speak for others
        found.append(
            _(
                "Fewer than two seats hold lived experience. "
                "One person alone cannot speak for everyone. Fill at least two."
            )
        )
    if group.carers_concerned and made_of.carers < 2:  # noqa: PLR2004  as above
        found.append(_("Fewer than two seats are held by carers, and this concerns carers too."))
    return found


def groups_of(project: Project, *, now: datetime) -> list[tuple[Group, Composition]]:
    """Return the groups of a project, each with who sits in it today. Two queries."""
    held = Seat.objects.filter(held_on(clock.today(now))).order_by("starts_on", "ref")
    groups = (
        Group.objects.filter(project=project)
        .prefetch_related(Prefetch("seats", queryset=held))
        .order_by("made_on", "name", "ref")
    )
    return [(group, composed(list(group.seats.all()))) for group in groups]


def group_in(project: Project, ref: UUID) -> Group:
    """Return a group of the project; else 404."""
    found = Group.objects.filter(project=project, ref=ref).first()
    if found is None:
        raise Http404
    found.project = project
    return found


def seat_in(group: Group, ref: UUID) -> Seat:
    """Return a seat of the group; else 404."""
    found = Seat.objects.select_related("group__project").filter(group=group, ref=ref).first()
    if found is None:
        raise Http404
    return found


def member_by_email(project: Project, email: str) -> Person | None:
    """Return the active member of the project's organisations with that address."""
    standing = still_belongs(OuterRef("pk"), project.ref)
    return Person.objects.filter(standing, email__iexact=email, is_active=True).first()


def seat_of(person: Person, group: Group, *, today: date) -> Seat | None:
    """Return the seat a person holds in the group on a day."""
    return Seat.objects.filter(held_on(today), group=group, person=person).first()


@asked_to("seat")
def to_a_seat(ref: UUID) -> Invited | None:
    """Say in which group somebody is asked to take a seat."""
    seats = Seat.objects.filter(ends_on=None).select_related("group__project__organisation")
    seat = seats.filter(pk=ref).first()
    if seat is None:
        return None
    href = reverse("groups:group", args=[seat.group.project.address, seat.group_id])
    to = _("to take a seat in “%(group)s”") % {"group": seat.group.name}
    return Invited(to, seat.group.project, href)
