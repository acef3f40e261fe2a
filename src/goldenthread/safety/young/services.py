"""Writing the page for parents; saying who leads a school and when it is in."""

from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.organisations import services as organisations
from goldenthread.organisations.lists import Row
from goldenthread.organisations.models import Membership, Organisation
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import DayOff, Project
from goldenthread.safety.young import events, permissions, queries
from goldenthread.safety.young.models import GuardianPage, Post, Term
from goldenthread.thread.services import record

HOLIDAYS: Final = "School holidays"  # the mark by which our own closed days are known again


@transaction.atomic
def write_guardian_page(
    *, by: Person, project: Project, seen: int, now: datetime, **texts: str
) -> GuardianPage:
    """Write what parents and carers read: `about`, `how`, `who_reads`, `choice`, `contact`.

    :raises Refusal: not theirs to write, or somebody else has written meanwhile
    """
    if not permissions.may_write_guardian_page(by, project, now=now):
        raise Refusal(_("Only those who prepare this project may change it."))
    Project.objects.select_for_update(no_key=True).get(ref=project.ref)
    page, _new = GuardianPage.objects.get_or_create(
        project=project, defaults={"written_on": clock.today(now)}
    )
    if page.edits != seen:
        raise Refusal(_("Somebody else has changed this page. Please look at it first."))
    for name in GuardianPage.TEXTS:
        setattr(page, name, texts.get(name, "").strip())
    page.edits, page.written_on = page.edits + 1, clock.today(now)
    page.save()
    record(events.GUARDIANS_TOLD, about=project.ref, project=project.ref, now=now)
    return page


@transaction.atomic
def fill_post(
    *, by: Person, organisation: Organisation, name: str, email: str, now: datetime
) -> Post:
    """Say who leads a school, or who stands above its head; who is no member yet is invited.

    :raises Refusal: not theirs to say, suspended, or that person has the other post
    """
    _require(by, organisation, now)
    row = Row(line=1, name="", email=email.strip().lower())
    organisations.upload_list(by=by, organisation=organisation, rows=[row], now=now)
    member = Membership.objects.select_related("person").get(
        organisation=organisation, person__email__iexact=row.email
    )
    if member.suspended_on is not None:
        raise Refusal(_("This person is suspended here. Name somebody else."), field="email")
    others = Post.objects.filter(organisation=organisation, person=member.person)
    if others.exclude(name=name).exists():
        text = _("This person has the other post. A concern about the head needs someone else.")
        raise Refusal(text, field="email")
    post, _new = Post.objects.update_or_create(
        organisation=organisation,
        name=name,
        defaults={"person": member.person, "since": clock.today(now)},
    )
    record(events.POST_FILLED, about=organisation.ref, facts={"post": str(name)}, now=now)
    return post


@transaction.atomic
def add_term(
    *,
    by: Person,
    organisation: Organisation,
    name: str,
    starts_on: date,
    ends_on: date,
    now: datetime,
) -> Term:
    """Add a stretch of school days; half-terms lie between two of them.

    :raises Refusal: not theirs to add, the days are not in order, or it overlaps another
    """
    _require(by, organisation, now)
    if ends_on < starts_on:
        raise Refusal(_("The last day is before the first."), field="ends_on")
    overlapping = Term.objects.filter(
        organisation=organisation, starts_on__lte=ends_on, ends_on__gte=starts_on
    )
    if overlapping.exists():
        raise Refusal(_("Another term has some of these days."), field="starts_on")
    term = Term.objects.create(
        organisation=organisation, name=name, starts_on=starts_on, ends_on=ends_on
    )
    _keep_holidays(organisation, now=now)
    record(events.TERM_ADDED, about=organisation.ref, now=now)
    return term


@transaction.atomic
def remove_term(*, by: Person, term: Term, now: datetime) -> None:
    """Take a term out again.

    :raises Refusal: not theirs to remove
    """
    _require(by, term.organisation, now)
    organisation = term.organisation
    term.delete()
    _keep_holidays(organisation, now=now)
    record(events.TERM_REMOVED, about=organisation.ref, now=now)


@transaction.atomic
def close_in_holidays(*, project: UUID, now: datetime) -> None:
    """Keep the holidays of its school as closed days of a project; repeated, nothing changes."""
    found = Project.objects.filter(ref=project).select_related("organisation").first()
    if found is not None and found.organisation.kind == Organisation.Kind.SCHOOL:
        _keep_holidays(found.organisation, now=now, only=found)


def _keep_holidays(
    organisation: Organisation, *, now: datetime, only: Project | None = None
) -> None:
    """Nobody is asked to read between two terms: the rota of every project knows it."""
    projects = Project.objects.filter(organisation=organisation).exclude(state="closed")
    if only is not None:
        projects = projects.filter(ref=only.ref)
    DayOff.objects.filter(project__in=projects, reader=None, note=HOLIDAYS).delete()
    holidays = [
        each
        for each in queries.holidays_of(queries.terms_of(organisation))
        if each.ends_on >= clock.today(now)
    ]
    DayOff.objects.bulk_create(
        DayOff(project=project, starts_on=each.starts_on, ends_on=each.ends_on, note=HOLIDAYS)
        for project in projects
        for each in holidays
    )


def _require(by: Person, organisation: Organisation, now: datetime) -> None:
    if not permissions.may_run_school(by, organisation, now=now):
        raise Refusal(_("Only an administrator of the school may change this."))
