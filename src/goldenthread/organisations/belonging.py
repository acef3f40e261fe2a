"""Writes on who belongs: joining, invitation links, lists, roles. Offered through `services`."""

import secrets
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.kit import clock, sealing
from goldenthread.kit.refusals import Refusal
from goldenthread.organisations import events
from goldenthread.organisations.lists import Row
from goldenthread.organisations.models import Invitation, Membership, Organisation, Role
from goldenthread.organisations.permissions import may_join_by_email, must_administer
from goldenthread.organisations.roles import current_roles
from goldenthread.people.accounts import services as accounts
from goldenthread.people.accounts.models import Person
from goldenthread.people.notifications.models import Letter
from goldenthread.people.notifications.services import write_letter, write_letters
from goldenthread.thread.services import hold, record

LONGEST_INVITATION = 366  # days
LAST_ADMINISTRATOR = gettext_lazy(
    "This is the only administrator. Give the role to someone else first, without an end date."
)
NO_LONGER = gettext_lazy("This invitation does not work any more. Ask for a new one.")


@transaction.atomic
def give_role(
    *,
    by: Person,
    membership: Membership,
    name: str,
    starts_on: date,
    ends_on: date | None = None,
    now: datetime,
) -> Role:
    """Give a member a role from one day to another.

    :raises Refusal: the days are the wrong way round, or the member has the role then
    """
    must_administer(by, membership.organisation, now=now)
    if ends_on is not None and ends_on < starts_on:
        raise Refusal(
            _("The last day comes before the first. Change one of them."), field="ends_on"
        )
    if membership.suspended_on is not None:
        raise Refusal(_("This person is suspended. Restore them first."))
    over = Q(ends_on__lt=starts_on) | (Q(starts_on__gt=ends_on) if ends_on else Q(pk=None))
    if membership.roles.filter(name=name).exclude(over).exists():
        raise Refusal(_("They have this role in that time already."), field="name")
    role = Role.objects.create(
        membership=membership, name=name, starts_on=starts_on, ends_on=ends_on
    )
    write_letter(
        key=f"role:{role.ref}",
        text="role-given",
        link=f"/o/{membership.organisation.address}/",
        names={"organisation": membership.organisation.name},
        person=membership.person,
    )
    record(events.ROLE_GIVEN, about=membership.ref, facts={"role": name}, now=now)
    return role


@transaction.atomic
def end_role(*, by: Person, role: Role, ends_on: date, now: datetime) -> None:
    """End a role on a day; one that has not begun is taken back altogether.

    :raises Refusal: nobody would be left to administer the organisation
    """
    organisation = role.membership.organisation
    must_administer(by, organisation, now=now)
    if role.name == Role.Name.ADMINISTRATOR:
        keep_an_administrator(leaving=role.membership, now=now)
    if role.starts_on > ends_on:
        role.delete()
    else:
        role.ends_on = ends_on
        role.save(update_fields=["ends_on"])
    record(events.ROLE_ENDED, about=role.membership_id, facts={"role": role.name}, now=now)


def keep_an_administrator(*, leaving: Membership, now: datetime) -> None:
    """Refuse what would leave the organisation to nobody; two at once wait for each other.

    :raises Refusal: nobody else administers it without an end date
    """
    organisation = leaving.organisation
    Organisation.objects.select_for_update(no_key=True).only("ref").get(ref=organisation.ref)
    others = current_roles(today=clock.today(now)).filter(
        membership__organisation=organisation, name=Role.Name.ADMINISTRATOR, ends_on=None
    )
    if not others.exclude(membership=leaving).exists():
        raise Refusal(LAST_ADMINISTRATOR)


@transaction.atomic
def suspend(*, by: Person, membership: Membership, now: datetime) -> None:
    """Take all roles and doors away for now; what they said stays theirs.

    :raises Refusal: it is oneself, or nobody would be left to administer
    """
    must_administer(by, membership.organisation, now=now)
    if membership.person_id == by.ref:
        raise Refusal(_("You cannot suspend yourself. Ask another administrator."))
    if membership.roles.filter(name=Role.Name.ADMINISTRATOR).exists():
        keep_an_administrator(leaving=membership, now=now)
    membership.suspended_on = clock.today(now)
    membership.save(update_fields=["suspended_on"])
    record(events.SUSPENDED, about=membership.ref, now=now)


@transaction.atomic
def restore(*, by: Person, membership: Membership, now: datetime) -> None:
    """Let a suspended member back in, with the roles that still run."""
    must_administer(by, membership.organisation, now=now)
    membership.suspended_on = None
    membership.save(update_fields=["suspended_on"])
    record(events.RESTORED, about=membership.ref, now=now)


@transaction.atomic
def invite(
    *,
    by: Person,
    organisation: Organisation,
    ends_on: date,
    uses: int | None,
    why: str = "",
    about: UUID | None = None,
    now: datetime,
) -> str:
    """Make a link that lets people join and return its secret: it is not kept and shown once.

    :raises Refusal: the last day lies in the past or more than a year ahead
    """
    must_administer(by, organisation, now=now)
    ahead = (ends_on - clock.today(now)).days
    if not 0 <= ahead <= LONGEST_INVITATION:
        raise Refusal(_("Choose a last day from today to a year from now."), field="ends_on")
    secret = secrets.token_urlsafe(16)
    made = Invitation.objects.create(
        organisation=organisation,
        mark=sealing.keyed("invitation", secret),
        made_by=by,
        ends_on=ends_on,
        uses_left=uses,
        why=why.strip(),
        about=about,
    )
    record(events.INVITED, about=made.ref, now=now)
    return secret


@transaction.atomic
def revoke(*, by: Person, invitation: Invitation, now: datetime) -> None:
    """Make a link stop working."""
    must_administer(by, invitation.organisation, now=now)
    record(events.REVOKED, about=invitation.ref, now=now)
    invitation.delete()


@transaction.atomic
def accept_invitation(*, by: Person, invitation: Invitation, now: datetime) -> Membership:
    """Join by a link. Using it again as a member costs nothing.

    :raises Refusal: it was used up or ended, or the person is suspended there
    """
    held = Invitation.objects.select_for_update(no_key=True).filter(pk=invitation.pk).first()
    if held is None or held.ends_on < clock.today(now) or held.uses_left == 0:
        raise Refusal(NO_LONGER)
    membership, fresh = _join(by, invitation.organisation, "link", now)
    if fresh and held.uses_left is not None:
        Invitation.objects.filter(pk=held.pk).update(uses_left=F("uses_left") - 1)
    return membership


@transaction.atomic
def join_by_email(*, by: Person, organisation: Organisation, now: datetime) -> Membership:
    """Join because one's proved address has a domain of the organisation.

    :raises Refusal: the domain is not on its list, or the person is suspended there
    """
    if not may_join_by_email(by, organisation):
        raise Refusal(_("Your e-mail address does not belong to this organisation."))
    return _join(by, organisation, "domain", now)[0]


@transaction.atomic
def welcome_by_hand_over(
    *, person: Person, organisation: Organisation, now: datetime
) -> Membership:
    """Make somebody a member who takes over a role here. Whoever calls has asked who may.

    :raises Refusal: the person is suspended there
    """
    return _join(person, organisation, "hand-over", now)[0]


def _join(
    person: Person, organisation: Organisation, way: str, now: datetime
) -> tuple[Membership, bool]:
    membership, fresh = Membership.objects.get_or_create(
        organisation=organisation, person=person, defaults={"joined_on": clock.today(now)}
    )
    if membership.suspended_on is not None:
        raise Refusal(_("You cannot join with this account. Please talk to the organisation."))
    if fresh:
        hold(events.JOINED, about=organisation.ref, facts={"by": way}, now=now)
    return membership, fresh


@transaction.atomic
def upload_list(
    *,
    by: Person,
    organisation: Organisation,
    rows: Sequence[Row],
    welcomes: bool = True,
    now: datetime,
) -> int:
    """Add the people of a list, with their roles; who is a member already stays as they are.

    Whoever writes to them in the same act anyway does not welcome them by a letter of its own.
    """
    must_administer(by, organisation, now=now)
    today = clock.today(now)
    people = accounts.welcome_all(people={row.email: row.name for row in rows}, now=now)
    before = Membership.objects.filter(organisation=organisation, person__in=people.values())
    members = {each.person_id: each for each in before}
    fresh = [
        Membership(organisation=organisation, person=person, joined_on=today)
        for person in people.values()
        if person.ref not in members
    ]
    Membership.objects.bulk_create(fresh)
    members |= {each.person_id: each for each in fresh}
    held = set(Role.objects.filter(membership__in=before).values_list("membership", "name"))
    wanted = [(members[people[row.email].ref], row.role) for row in rows if row.role]
    Role.objects.bulk_create(
        Role(membership=membership, name=name, starts_on=today)
        for membership, name in wanted
        if (membership.ref, name) not in held
    )
    if welcomes:
        _welcome(organisation, fresh, by)
    record(events.LIST_SAVED, about=organisation.ref, facts={"people": len(fresh)}, now=now)
    return len(fresh)


def _welcome(organisation: Organisation, fresh: Sequence[Membership], by: Person) -> None:
    """Write to everyone who is new here."""
    write_letters(
        Letter(
            key=f"welcome:{each.ref}",
            text="welcome",
            link=f"/o/{organisation.address}/",
            names={"organisation": organisation.name, "asks": by.name or by.email},
            person=each.person,
        )
        for each in fresh
    )
