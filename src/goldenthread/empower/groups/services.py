from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.empower.groups import events, permissions, queries
from goldenthread.empower.groups.models import Group, Seat
from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts.models import Person
from goldenthread.people.notifications.services import write_letter
from goldenthread.projects.asking import asked_in, link_to
from goldenthread.projects.models import Project
from goldenthread.thread.services import record


@transaction.atomic
def make_group(
    *,
    by: Person,
    project: Project,
    name: str,
    purpose: str,
    carers_concerned: bool = False,
    now: datetime,
) -> Group:
    """Set up a group of the project."""
    _allow(by, project, now=now)
    group = Group.objects.create(
        project=project,
        name=name,
        purpose=purpose,
        carers_concerned=carers_concerned,
        made_on=clock.today(now),
    )
    record(events.GROUP_MADE, about=group.ref, project=project.ref, now=now)
    return group


@transaction.atomic
def edit_group(
    *, by: Person, group: Group, name: str, purpose: str, carers_concerned: bool, now: datetime
) -> Group:
    """Change what a group is called and what it is for."""
    _allow(by, group.project, now=now)
    group.name, group.purpose, group.carers_concerned = name, purpose, carers_concerned
    group.save(update_fields=["name", "purpose", "carers_concerned"])
    record(events.GROUP_CHANGED, about=group.ref, project=group.project_id, now=now)
    return group


@transaction.atomic
def fill_seat(
    *,
    by: Person,
    group: Group,
    filled: Seat.Filled,
    lived_experience: bool,
    carer: bool = False,
    person: Person | None = None,
    email: str = "",
    name: str = "",
    starts_on: date | None = None,
    now: datetime,
) -> Seat:
    """Give someone a seat. It gives no role in the project.

    :raises Refusal: nobody is named, no member has this address, or they have a seat already
    """
    _allow(by, group.project, now=now)
    person = person or _member(email, group)
    name = name.strip() or (person.name if person else "")
    if person is None and not name:
        raise Refusal(_("Write the name of the person who takes this seat."), field="name")
    Group.objects.select_for_update(no_key=True).get(ref=group.ref)
    if person and Seat.objects.filter(group=group, person=person, ends_on=None).exists():
        raise Refusal(_("This person has a seat in the group already."), field="email")
    seat = Seat.objects.create(
        group=group,
        person=person,
        name=name,
        filled=filled,
        lived_experience=lived_experience,
        carer=carer,
        starts_on=starts_on or clock.today(now),
    )
    _write_to(seat, by)
    facts = {"how": str(Seat.Filled(filled).value)}
    record(events.SEAT_FILLED, about=seat.ref, project=group.project_id, facts=facts, now=now)
    return seat


def _write_to(seat: Seat, by: Person) -> None:
    """Write to who has an account: who asks, what can change and by when people hear."""
    if seat.person is None or seat.person == by:
        return
    write_letter(
        key=f"seat:{seat.ref}",
        text="seat",
        link=link_to("seat", seat.ref, by=by),
        names={
            **asked_in(seat.group.project),
            "asks": by.name or by.email,
            "group": seat.group.name,
        },
        person=seat.person,
    )


@transaction.atomic
def end_seat(*, by: Person, seat: Seat, now: datetime) -> Seat:
    """Let someone leave their seat from today."""
    _allow(by, seat.group.project, now=now)
    seat = (
        Seat.objects.select_for_update(no_key=True, of=("self",))
        .select_related("group")
        .get(ref=seat.ref)
    )
    if seat.ends_on is not None:
        raise Refusal(_("This seat has ended already."))
    seat.ends_on = clock.today(now)
    seat.save(update_fields=["ends_on"])
    record(events.SEAT_ENDED, about=seat.ref, project=seat.group.project_id, now=now)
    return seat


def _member(email: str, group: Group) -> Person | None:
    if not email:
        return None
    if found := queries.member_by_email(group.project, email):
        return found
    raise Refusal(
        _(
            "No member of your organisations uses this address. "
            "Ask them to join first, or leave this empty and write their name."
        ),
        field="email",
    )


def _allow(by: Person, project: Project, *, now: datetime) -> None:
    if not permissions.may_make_groups(by, project, now=now):
        raise Refusal(_("Only organisers and co-leads of an open project change its groups."))
