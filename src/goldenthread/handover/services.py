"""Handing roles on: naming who follows, accepting, declining, reminding."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.handover import events, permissions, queries
from goldenthread.handover.models import HandOver
from goldenthread.handover.posts import Post, post_of
from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.text import say_day
from goldenthread.organisations.belonging import welcome_by_hand_over
from goldenthread.organisations.models import Membership, Role
from goldenthread.organisations.permissions import may_administer
from goldenthread.organisations.roles import current_roles
from goldenthread.people.accounts.models import Person
from goldenthread.people.accounts.services import welcome
from goldenthread.people.notifications.models import Letter
from goldenthread.people.notifications.services import said_for, write_letter, write_letters
from goldenthread.projects import services as projects
from goldenthread.projects.asking import asked_in
from goldenthread.projects.models import ProjectRole
from goldenthread.thread.events import Event
from goldenthread.thread.services import record

State = HandOver.State
DAY: Final = timedelta(days=1)
NOT_YOURS: Final = gettext_lazy("Only the person who holds this role hands it over.")
NOT_ASKED: Final = gettext_lazy("You are not asked to take over this role any more.")
NO_MEMBER: Final = gettext_lazy(
    "No member uses this e-mail. Ask an administrator to invite them first, then name them here."
)
MEMBERS_ALONE: Final = gettext_lazy(
    "Only members take over a role. Ask an administrator to invite you first."
)
ONLY_ONE: Final = gettext_lazy(
    "This is the only administrator without an end. Leave the last day of whoever follows empty."
)


@transaction.atomic
def name_successor(
    *,
    by: Person,
    post: Post,
    email: str = "",
    person: Person | None = None,
    note: str,
    last_day: date,
    until: date | None = None,
    now: datetime,
) -> HandOver:
    """Ask somebody to take the role over after a last day, and write to them.

    :raises Refusal: not theirs to hand on, the days do not fit, or nobody by that e-mail
    """
    if not permissions.may_hand_over(by, post, now=now):
        raise Refusal(NOT_YOURS)
    type(post.role).objects.select_for_update(no_key=True).get(pk=post.ref)
    if queries.standing_of(post) is not None:
        raise Refusal(_("Somebody is asked already. Take that back first."))
    _check_days(post, last_day, until, now)
    successor = person or _by_email(by, post, email, now)
    _check_person(post, successor, last_day, field="person" if person else "email")
    made = HandOver.objects.create(
        **post.columns,
        successor=successor,
        note=note.strip(),
        last_day=last_day,
        until=until,
        asked_on=clock.today(now),
    )
    _write_to(successor, made, post, by)
    _record(events.ASKED, post, now)
    return made


def _check_days(post: Post, last_day: date, until: date | None, now: datetime) -> None:
    if last_day < clock.today(now):
        raise Refusal(_("This day has passed. Choose today or a later one."), field="last_day")
    if post.ends_on is not None and last_day > post.ends_on:
        says = _("Your role ends on %(day)s. Choose that day or an earlier one.")
        raise Refusal(says % {"day": say_day(post.ends_on)}, field="last_day")
    if until is not None and until <= last_day:
        raise Refusal(_("They would end before they begin. Choose a later day."), field="until")
    if until is not None and post.project is None and post.role.name == Role.Name.ADMINISTRATOR:
        others = current_roles(today=clock.today(now)).filter(
            membership__organisation=post.organisation, name=post.role.name, ends_on=None
        )
        if not others.exclude(pk=post.ref).exists():
            raise Refusal(ONLY_ONE, field="until")


def _by_email(by: Person, post: Post, email: str, now: datetime) -> Person:
    """Return the member of that address; an administrator may name somebody from outside."""
    found = queries.who_may_follow(post).filter(email__iexact=email.strip()).exclude(email="")
    if (member := found.first()) is not None:
        return member
    if email.strip().lower() == by.email.lower():
        raise Refusal(_("This is your own e-mail. Name somebody else."), field="email")
    if not may_administer(by, post.organisation, now=now):
        raise Refusal(NO_MEMBER, field="email")
    return welcome(email=email, now=now)


def _check_person(post: Post, successor: Person, last_day: date, *, field: str) -> None:
    after = Q(ends_on=None) | Q(ends_on__gt=last_day)
    if isinstance(post.role, ProjectRole):
        has = ProjectRole.objects.filter(
            after, project=post.role.project, person=successor, name=post.role.name
        )
    else:
        has = Role.objects.filter(  # type: ignore[assignment]  # the other kind of role
            after,
            membership__organisation=post.organisation,
            membership__person=successor,
            name=post.role.name,
        )
    if has.exists():
        raise Refusal(_("They have this role already. You need not hand it over."), field=field)


@transaction.atomic
def accept(*, by: Person, handover: HandOver, now: datetime) -> None:
    """Take the role over: after the last day of the other, or at once if that has passed.

    :raises Refusal: not asked any more, or not a member there any more
    """
    handover, post = _locked(by, handover, now)
    last_day = min(handover.last_day, post.ends_on or handover.last_day)
    starts_on = max(last_day + DAY, clock.today(now))
    if last_day == clock.today(now):
        starts_on = last_day  # nobody waits for tomorrow when it passes on today
    if isinstance(post.role, ProjectRole):
        _take_in(post, by, now)
        _pass_on_in_project(post.role, by, starts_on, handover.until, now)
    else:
        membership = welcome_by_hand_over(person=by, organisation=post.organisation, now=now)
        Role.objects.create(
            membership=membership,
            name=post.role.name,
            starts_on=starts_on,
            ends_on=handover.until,
        )
    type(post.role).objects.filter(pk=post.ref).update(ends_on=max(last_day, post.role.starts_on))
    _answered(handover, post, State.ACCEPTED, "", now)
    _record(events.ACCEPTED, post, now)


def _take_in(post: Post, person: Person, now: datetime) -> None:
    """Make somebody from outside a member, where whoever asked them may take people in."""
    if may_administer(post.holder, post.organisation, now=now) and not (
        Membership.objects.filter(person=person, organisation=post.organisation).exists()
    ):
        welcome_by_hand_over(person=person, organisation=post.organisation, now=now)
    if not queries.who_may_follow(post).filter(pk=person.pk).exists():
        raise Refusal(MEMBERS_ALONE)


def _pass_on_in_project(
    role: ProjectRole, person: Person, starts_on: date, until: date | None, now: datetime
) -> None:
    """Give the role on, and the weekly hours of a reader with it."""
    ProjectRole.objects.create(
        project=role.project,
        person=person,
        name=role.name,
        stands_in=role.stands_in,
        starts_on=starts_on,
        ends_on=until,
    )
    if role.name == ProjectRole.Name.READER:
        projects.pass_on_hours(role=role, to=person, now=now)


@transaction.atomic
def decline(*, by: Person, handover: HandOver, because: str, now: datetime) -> None:
    """Say no, with a reason. Whoever holds the role asks somebody else.

    :raises Refusal: not asked any more, or no reason
    """
    handover, post = _locked(by, handover, now)
    if not because.strip():
        raise Refusal(_("Say in a few words why not."), field="because")
    _answered(handover, post, State.DECLINED, because.strip(), now)
    _record(events.DECLINED, post, now)


@transaction.atomic
def take_back(*, by: Person, post: Post, now: datetime) -> None:
    """Ask nobody any more, as long as they have not said yes.

    :raises Refusal: not theirs to take back, or it was accepted
    """
    if not permissions.may_take_back(by, post, now=now):
        raise Refusal(NOT_YOURS)
    asked = HandOver.objects.filter(Q(**post.columns), state=State.ASKED)
    if not asked.update(state=State.TAKEN_BACK, answered_on=clock.today(now)):
        raise Refusal(_("There is nothing to take back any more."))
    _record(events.TAKEN_BACK, post, now)


def _locked(by: Person, handover: HandOver, now: datetime) -> tuple[HandOver, Post]:
    rows = HandOver.objects.select_for_update(no_key=True, of=("self",))
    found = rows.select_related(*queries.WITH_ROLE, *queries.WITH_PROJECT_ROLE)
    current = found.get(pk=handover.pk)
    if not permissions.may_answer(by, current, now=now):
        raise Refusal(NOT_ASKED)
    return current, post_of(current)


def _answered(
    handover: HandOver, post: Post, state: HandOver.State, because: str, now: datetime
) -> None:
    handover.state, handover.because = state, because
    handover.answered_on = clock.today(now)
    handover.save(update_fields=["state", "because", "answered_on"])
    with said_for(post.holder):
        names = _names(post)
    write_letter(
        key=f"hand-over-answered:{handover.ref}",
        text="hand-over-answered",
        link=reverse("handover:role", args=[post.ref]),
        names=names,
        person=post.holder,
    )


def _record(event: Event, post: Post, now: datetime) -> None:
    project = post.project.ref if post.project else None
    record(event, about=post.ref, project=project, facts={"role": str(post.role.name)}, now=now)


def _names(post: Post) -> dict[str, str]:
    return {"role": post.name, "where": post.where, "organisation": post.organisation.name}


def _write_to(successor: Person, made: HandOver, post: Post, by: Person) -> None:
    with said_for(successor):
        promised = asked_in(post.project) if post.project else {}
        names = _names(post) | promised | {"day": say_day(made.last_day)}
    write_letter(
        key=f"hand-over:{made.ref}",
        text="hand-over-in-project" if promised else "hand-over-asked",
        link=reverse("handover:role", args=[post.ref]),
        names=names | {"asks": by.name or by.email},
        person=successor,
    )


def remind(*, now: datetime) -> int:
    """Write once to everyone whose role ends within sixty days, if nobody follows yet."""
    posts = queries.ending(Q(), Q(), within=queries.FROM, now=now)
    passed = queries.accepted_among(posts)
    left = [each for each in posts if each.ref not in passed and each.ends_on]
    write_letters(_letters(left))
    return len(left)


def _letters(posts: Iterable[Post]) -> Iterable[Letter]:
    for each in posts:
        if each.ends_on is None:
            continue
        with said_for(each.holder):
            names = _names(each) | {"day": say_day(each.ends_on)}
        yield Letter(
            key=f"role-ends:{each.ref}:{each.ends_on}",
            text="role-ends",
            link=reverse("handover:role", args=[each.ref]),
            names=names,
            person=each.holder,
        )
