"""Requests: one's own, and those that an organisation has to answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Min, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.holder import Holder, rows_of
from goldenthread.kit.sealing import unseal
from goldenthread.kit.text import say_day
from goldenthread.organisations.models import Organisation, Role
from goldenthread.organisations.roles import current_roles
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.projects.work import Does, Tone, Work, lists
from goldenthread.safety.reading.models import Words
from goldenthread.safety.requests.models import DataProtection, DataRequest

SOON = timedelta(days=7)
PATIENCE = timedelta(days=14)  # so long whoever asked may take to reply before we ask again
OPEN_ORDER = ("due_on", "ref")
ANSWERED_ORDER = ("-answered_on", "ref")


@dataclass(frozen=True)
class Shown:
    """A request with its sealed parts opened, for those who may read it."""

    request: DataRequest
    text: str
    who: str
    answer: str
    extended_because: str


def opened(request: DataRequest) -> Shown:
    """Open what is sealed."""
    parts = {
        name: unseal(value) if (value := getattr(request, name)) else ""
        for name in ("text", "who", "answer", "extended_because")
    }
    return Shown(request, **parts)


def data_protection_of(organisation: Organisation) -> DataProtection:
    """Return what the organisation says as controller; empty where it has said nothing."""
    found = DataProtection.objects.select_related("contact").filter(organisation=organisation)
    return found.first() or DataProtection(organisation=organisation)


def mine(speaker: Any) -> "QuerySet[DataRequest]":
    """Requests of the person signed in, or behind the receipt that is open."""
    rows = DataRequest.objects.select_related("organisation")
    if speaker.is_member:
        return rows.filter(person=speaker)
    return rows.filter(receipt=speaker.receipt) if speaker.receipt else rows.none()


def my_request(speaker: Any, ref: UUID) -> DataRequest | None:
    """Return a request of the person signed in, or behind the receipt that is open."""
    return mine(speaker).filter(ref=ref).first()


def requests_of(organisation: Organisation, *, answered: bool) -> "QuerySet[DataRequest]":
    """Requests that the organisation has to answer, or has answered."""
    return DataRequest.objects.filter(organisation=organisation, answered_on__isnull=not answered)


def request_in(organisation: Organisation, ref: UUID) -> DataRequest | None:
    """Return a request to this organisation."""
    rows = DataRequest.objects.select_related("organisation", "person", "answered_by")
    return rows.filter(organisation=organisation, ref=ref).first()


def is_late(request: DataRequest, *, today: date) -> bool:
    """Whether the day has passed by which it must be answered."""
    return request.answered_on is None and request.paused_on is None and request.due_on < today


def words_in_reach(request: DataRequest) -> list[UUID]:
    """Return the person's words that stand in projects of the organisation that was asked."""
    return list(_in_reach(request).values_list("ref", flat=True))


def held_back_for(request: DataRequest) -> list[UUID]:
    """Return which of them are held back because the person asked."""
    if request.kind not in DataRequest.HOLDS or request.carried_out_on is None:
        return []
    return list(_in_reach(request).filter(restricted=True).values_list("ref", flat=True))


def _in_reach(request: DataRequest) -> "QuerySet[Words]":
    holder = Holder(person=request.person_id, receipt=request.receipt_id)
    refs = rows_of(holder).get(Words, ()) if holder != Holder() else ()
    ours = Q(project__organisation=request.organisation_id)
    ours |= Q(
        project__partners__organisation=request.organisation_id, project__partners__controller=True
    )
    return Words.objects.filter(ours, ref__in=list(refs), salt__isnull=False).distinct()


def _open(
    person: Person, projects: list[Project], *, now: datetime
) -> Iterator[QuerySet[DataRequest]]:
    del projects
    today = clock.today(now)
    administered = current_roles(today=today).filter(
        membership__person=person, name=Role.Name.ADMINISTRATOR
    )
    named = Q(
        organisation__data_protection__contact=person,
        organisation__memberships__person=person,
        organisation__memberships__suspended_on=None,
    )
    yield DataRequest.objects.filter(answered_on=None).filter(
        named | Q(organisation__in=administered.values("membership__organisation"))
    )


@lists(Does.ANSWER, when=_open)
def waiting(person: Person, projects: list[Project], *, now: datetime) -> list[Work]:
    """Requests to answer, and those that wait for a reply: a line each by organisation."""
    today = clock.today(now)
    (asked,) = _open(person, projects, now=now)
    rows = (
        asked.order_by()
        .values("organisation__address", "organisation__name")
        .annotate(first=Min("due_on", filter=Q(paused_on=None)), paused=Min("paused_on"))
    )
    return [
        work
        for row in rows
        for work in _works(
            reverse("requests:list", args=[row["organisation__address"]]),
            row["organisation__name"],
            row["first"],
            row["paused"],
            today,
        )
    ]


def _works(
    href: str, name: str, first: date | None, paused: date | None, today: date
) -> Iterator[Work]:
    if first is not None:
        text = _("Answer someone about their data by %(day)s: %(name)s")
        tone: Tone = "overdue" if first < today else "due" if first <= today + SOON else "quiet"
        yield Work(text % {"name": name, "day": say_day(first)}, href, tone)
    if paused is not None:
        text = _("Someone who asked about their data has not replied since %(day)s: %(name)s")
        tone = "due" if paused + PATIENCE <= today else "quiet"
        yield Work(text % {"name": name, "day": say_day(paused)}, href, tone)
