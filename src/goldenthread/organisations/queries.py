"""Reads: organisations, who belongs to them in which role, and their help lines."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from goldenthread.kit import clock, sealing
from goldenthread.organisations.models import (
    HelpLine,
    Invitation,
    Label,
    Logo,
    Membership,
    Organisation,
    Role,
)
from goldenthread.organisations.roles import current_roles, roles_anywhere, roles_in
from goldenthread.thread.standing import newest_check

__all__ = ["current_roles", "roles_anywhere", "roles_in"]  # and all that is defined here
STALE_AFTER = timedelta(days=90)


def organisation_at(address: str, *, visible_to: Any) -> Organisation | None:
    """Return the organisation of that address, unless it is unlisted and the speaker not in it."""
    found = Organisation.objects.filter(address=address).first()
    if found is None or found.listed or is_member(visible_to, found):
        return found
    return None


def is_member(speaker: Any, organisation: Organisation) -> bool:
    """Return whether the speaker belongs to the organisation and is not suspended."""
    return bool(speaker.is_member) and (
        Membership.objects.filter(
            person=speaker, organisation=organisation, suspended_on=None
        ).exists()
    )


def organisations_of(person: Any) -> list[Organisation]:
    """Return the organisations that the person belongs to."""
    return list(
        Organisation.objects.filter(
            memberships__person=person, memberships__suspended_on=None
        ).order_by("name")
    )


def people_of(organisation: Organisation) -> "QuerySet[Membership]":
    """Return the members, with their people and roles, for a paged list."""
    return (
        Membership.objects.filter(organisation=organisation)
        .select_related("person")
        .prefetch_related("roles")
    )


def membership_in(organisation: Organisation, ref: UUID) -> Membership | None:
    """Return one membership of this organisation."""
    return people_of(organisation).filter(ref=ref).first()


def role_in(organisation: Organisation, ref: UUID) -> Role | None:
    """Return one role of a member of this organisation."""
    rows = Role.objects.select_related("membership__person", "membership__organisation")
    return rows.filter(ref=ref, membership__organisation=organisation).first()


def members_by_email(organisation: Organisation, emails: Iterable[str]) -> set[str]:
    """Return which of these addresses belong to members already."""
    wanted = [email.lower() for email in emails]
    rows = Membership.objects.filter(organisation=organisation, person__email__in=wanted)
    return set(rows.values_list("person__email", flat=True))


def invitations_of(organisation: Organisation, *, today: date) -> "QuerySet[Invitation]":
    """Return the links that still work."""
    return Invitation.objects.filter(
        ~Q(uses_left=0), organisation=organisation, ends_on__gte=today
    ).order_by("ends_on", "ref")


def invitation_for(secret: str, *, today: date) -> Invitation | None:
    """Return the invitation that the secret opens, if it still works."""
    mark = sealing.keyed("invitation", secret)
    rows = Invitation.objects.select_related("organisation")
    return rows.filter(~Q(uses_left=0), mark=mark, ends_on__gte=today).first()


def invitation_of(organisation: Organisation, ref: UUID) -> Invitation | None:
    """Return one invitation of this organisation."""
    return Invitation.objects.filter(organisation=organisation, ref=ref).first()


def labels_of(organisation: Organisation) -> "QuerySet[Label]":
    """Return the broad labels that may travel with words."""
    return Label.objects.filter(organisation=organisation).order_by("position", "text")


def label_of(organisation: Organisation, ref: UUID) -> Label | None:
    """Return one label of this organisation."""
    return Label.objects.filter(organisation=organisation, ref=ref).first()


def help_lines_of(organisation: Organisation) -> "QuerySet[HelpLine]":
    """Return the help lines, in the order in which they are shown."""
    return HelpLine.objects.filter(organisation=organisation).order_by("position", "name", "ref")


def help_line_of(organisation: Organisation, ref: UUID) -> HelpLine | None:
    """Return one help line of this organisation."""
    return HelpLine.objects.filter(organisation=organisation, ref=ref).first()


def stale_help_lines(organisation: Organisation, *, today: date) -> "QuerySet[HelpLine]":
    """Return the help lines that nobody has checked for ninety days."""
    return help_lines_of(organisation).filter(verified_on__lt=today - STALE_AFTER)


def logo_of(organisation: Organisation) -> bytes | None:
    """Return the logo as we drew it."""
    png = Logo.objects.filter(organisation=organisation).values_list("png", flat=True).first()
    return bytes(png) if png else None


@dataclass(frozen=True)
class Waiting:
    """One thing in an organisation that waits for its administrators."""

    text: str
    href: str
    tone: Literal["overdue", "due"]


def administered_by(person: Any, *, now: datetime) -> list[Organisation]:
    """Return the organisations that the person administers today.

    Remembered on the person's object, which lives for one request.
    """
    known: dict[Any, list[Organisation]] = person.__dict__.setdefault("_administered", {})
    today = clock.today(now)
    if today not in known:
        mine = current_roles(today=today).filter(
            membership__person=person, name=Role.Name.ADMINISTRATOR
        )
        rows = Organisation.objects.filter(ref__in=mine.values("membership__organisation"))
        known[today] = list(rows.order_by("name", "ref"))
    return list(known[today])


def waiting_for_administrators(person: Any, *, now: datetime) -> list[Waiting]:
    """Return what waits in the organisations that the person administers; one query more."""
    mine = administered_by(person, now=now)
    return waiting_in(mine, now=now) if mine else []


def waiting_in(organisations: Iterable[Organisation], *, now: datetime) -> list[Waiting]:
    """Return what waits in these organisations, whoever administers them. One query."""
    today = clock.today(now)
    lines = HelpLine.objects.filter(
        organisation=OuterRef("pk"), verified_on__lt=today - STALE_AFTER
    )
    found = (
        Organisation.objects.filter(ref__in=[each.pk for each in organisations])
        .annotate(
            stale_lines=Exists(lines),
            late_lines=Exists(lines.exclude(verified_by=None)),
            record_wrong=Exists(newest_check().exclude(faults=[])),
        )
        .filter(Q(stale_lines=True) | Q(record_wrong=True))
        .order_by("name", "ref")
    )
    return [waiting for each in found for waiting in _waiting_in(each)]


def _waiting_in(organisation: Any) -> Iterator[Waiting]:
    where = f"/o/{organisation.address}/settings"
    if organisation.record_wrong:
        yield Waiting(_("Find out why the record does not match"), "/record/", "overdue")
    if organisation.stale_lines:
        text = _("Check the help lines of %(name)s") % {"name": organisation.name}
        # those that nobody here has checked yet came with the organisation: they are not late
        yield Waiting(text, f"{where}/help-lines/", "overdue" if organisation.late_lines else "due")
