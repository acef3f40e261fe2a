"""Readers lent by an organisation that is no partner: offered by one, taken by the other."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.organisations.models import Membership, Organisation
from goldenthread.people.accounts.models import Person
from goldenthread.projects import events, permissions
from goldenthread.projects.models import Partner, Project, ProjectRole
from goldenthread.projects.services.guards import locked, require, require_not_closed
from goldenthread.projects.short import find_short
from goldenthread.thread.events import Event
from goldenthread.thread.services import record

LONGEST = timedelta(days=366)
NOT_THEIRS = gettext_lazy("Only an administrator or steward of the organisation lends its readers.")
NOT_YOURS = gettext_lazy("Only an administrator or facilitator of the organisation answers this.")
GONE = gettext_lazy("This offer has been answered already.")


@transaction.atomic
def offer_reader(
    *,
    by: Person,
    organisation: Organisation,
    short: str,
    email: str,
    starts_on: date,
    ends_on: date,
    now: datetime,
) -> ProjectRole:
    """Offer a member of an organisation as a reader, from one day to another. Nothing opens yet.

    :raises Refusal: not theirs to lend, no such project or member, or the days do not fit
    """
    require(allowed=permissions.may_lend(by, organisation, now=now), otherwise=NOT_THEIRS)
    project = _project(short, organisation)
    reader = _member(organisation, email)
    _check_days(starts_on, ends_on, now)
    reads = ProjectRole.objects.filter(project=project, person=reader, name="reader")
    if reads.exclude(ends_on__lt=starts_on).exists():
        raise Refusal(_("This person reads there on these days, or is offered."), field="email")
    role = ProjectRole.objects.create(
        project=project,
        person=reader,
        name=ProjectRole.Name.READER,
        starts_on=starts_on,
        ends_on=ends_on,
        lent_by=organisation,
        waiting_since=clock.today(now),
    )
    _record(events.READER_OFFERED, role, now)
    return role


@transaction.atomic
def accept_reader(*, by: Person, role: ProjectRole, now: datetime) -> ProjectRole:
    """Let a lent reader read, on the days that were offered. Nobody accepts themselves.

    :raises Refusal: not theirs to answer, or answered already
    """
    require(allowed=permissions.may_give_roles(by, role.project, now=now), otherwise=NOT_YOURS)
    require(
        allowed=role.person_id != by.pk,
        otherwise=_(
            "Somebody else must give you this role: it opens words that nobody has read yet."
        ),
    )
    locked(role.project)
    current = _waiting(role)
    current.waiting_since = None
    current.save(update_fields=["waiting_since"])
    _record(events.READER_ACCEPTED, current, now)
    return current


@transaction.atomic
def end_loan(*, by: Person, role: ProjectRole, now: datetime) -> None:
    """Say no to an offer, or end a loan at once: the project or the lender may, at any time.

    :raises Refusal: neither of the two
    """
    lender = role.lent_by
    lends = lender is not None and permissions.may_lend(by, lender, now=now)
    takes = permissions.may_give_roles(by, role.project, now=now)
    require(allowed=lends or takes, otherwise=NOT_YOURS)
    locked(role.project)
    yesterday = clock.today(now) - timedelta(days=1)
    _record(events.LOAN_ENDED, role, now)
    if role.waiting_since is not None or role.starts_on > yesterday:
        role.delete()
        return
    role.ends_on = min(role.ends_on or yesterday, yesterday)
    role.save(update_fields=["ends_on"])


def _project(short: str, lender: Organisation) -> Project:
    project = find_short(short)
    if project is None:
        raise Refusal(_("No project has these letters. Ask its organisers."), field="short")
    require_not_closed(project)
    if Partner.objects.filter(project=project, organisation=lender, waiting_since=None).exists():
        message = _("The project is your own: its organisers give your members their roles.")
        raise Refusal(message, field="short")
    return project


def _member(organisation: Organisation, email: str) -> Person:
    found = Membership.objects.filter(
        organisation=organisation,
        person__email__iexact=email.strip(),
        person__is_active=True,
        suspended_on=None,
    )
    membership = found.select_related("person").first()
    if membership is None:
        raise Refusal(_("No member of your organisation uses that e-mail."), field="email")
    return membership.person


def _check_days(starts_on: date, ends_on: date, now: datetime) -> None:
    if ends_on < max(starts_on, clock.today(now)):
        raise Refusal(_("The last day is before the first, or over."), field="ends_on")
    if ends_on - starts_on > LONGEST:
        raise Refusal(_("At most a year. You can offer them again."), field="ends_on")


def _waiting(role: ProjectRole) -> ProjectRole:
    found = ProjectRole.objects.select_for_update(no_key=True, of=("self",)).filter(ref=role.ref)
    current = found.exclude(waiting_since=None).first()
    if current is None:
        raise Refusal(GONE)
    return current


def _record(event: Event, role: ProjectRole, now: datetime) -> None:
    facts = {"organisation": str(role.lent_by_id)}
    record(event, about=role.ref, project=role.project_id, facts=facts, now=now)
