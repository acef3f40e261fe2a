"""A school's posts, terms and holidays, and what a project for children still lacks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked

from goldenthread.kit import clock
from goldenthread.organisations.models import Membership, Organisation
from goldenthread.organisations.permissions import may_administer
from goldenthread.people.accounts.models import Person
from goldenthread.people.accounts.second_factor import required_if_any
from goldenthread.projects.gates import Missing, also_prepared, may_open_when
from goldenthread.projects.models import Duty, Project
from goldenthread.projects.preparation import Preparation
from goldenthread.projects.readiness import PREPARERS, Part
from goldenthread.projects.wording import WEEKDAYS
from goldenthread.safety.young.models import GuardianPage, Post, Term

SCHOOL_DAYS = range(5)  # Monday to Friday
ADMINISTRATORS = marked("an administrator of the school")


@required_if_any
def posts_of(person: Any) -> QuerySet[Post]:
    """Return the posts that a person holds: concerns may name staff, so a second factor."""
    return Post.objects.filter(person=person)


def posts_of_schools() -> QuerySet[Post]:
    """Return the posts of schools that are filled."""
    return Post.objects.filter(organisation__kind=Organisation.Kind.SCHOOL)


def holder_belongs() -> Exists:
    """Return the condition on a post that whoever is named for it belongs to the school still."""
    return Exists(
        Membership.objects.filter(
            person=OuterRef("person"), organisation=OuterRef("organisation"), suspended_on=None
        )
    )


def posts_in(organisation: Organisation) -> list[Post]:
    """Return the filled posts of a school, also of who has left; others have none. One query."""
    if organisation.kind != Organisation.Kind.SCHOOL:
        return []
    found = posts_of_schools().filter(organisation=organisation)
    return list(found.annotate(belongs=holder_belongs()).select_related("person"))


def still_held(posts: Iterable[Post]) -> dict[str, Person]:
    """Return who holds which of these posts and still belongs to the school."""
    return {each.name: each.person for each in posts if getattr(each, "belongs", False)}


def post_holders(organisation: Organisation) -> dict[str, Person]:
    """Return who holds which post in a school and still belongs to it. One query."""
    return still_held(posts_in(organisation))


def terms_of(organisation: Organisation) -> list[Term]:
    """Return the terms of a school in their order."""
    return list(Term.objects.filter(organisation=organisation).order_by("starts_on", "ref"))


@dataclass(frozen=True)
class Holiday:
    """Days between two terms."""

    starts_on: date
    ends_on: date


def holidays_of(terms: Iterable[Term]) -> Iterator[Holiday]:
    """Walk the stretches between terms; what lies before the first or after the last is unknown."""
    ordered = sorted(terms, key=lambda each: each.starts_on)
    last: date | None = None
    one_day = timedelta(days=1)
    for term in ordered:
        if last is not None and term.starts_on > last + one_day:
            yield Holiday(last + one_day, term.starts_on - one_day)
        last = max(last or term.ends_on, term.ends_on)


def guardian_page(project: Project) -> GuardianPage | None:
    """Return what is written for parents and carers, if anything is."""
    return GuardianPage.objects.filter(project=project).first()


@also_prepared
def part_of_preparing(prepared: Preparation) -> Part | None:
    """The page that parents and carers read, where anyone under 18 is asked."""
    project = prepared.project
    if not project.for_under_18:
        return None
    return Part(
        "guardians",
        _("For parents and carers"),
        reverse("young:guardians", args=[project.address]),
        _("What they read about it before any child is asked."),
        optional=True,
    )


@may_open_when
def parents_are_told(project: Project, *, now: datetime) -> Iterator[Missing]:
    """Nobody under 18 is asked before their parents and carers can read what it is."""
    del now
    if not project.for_under_18:
        return
    written = guardian_page(project)
    if written is None or not written.is_whole:
        href = reverse("young:write_guardians", args=[project.address])
        text = _("The page for parents and carers is not filled in.")
        yield Missing(text, href=href, who=PREPARERS, part="guardians")


def _may_say(speaker: Any, project: Project, *, now: datetime) -> bool:
    return may_administer(speaker, project.organisation, now=now)


@may_open_when
def school_is_ready(project: Project, *, now: datetime) -> Iterator[Missing]:
    """A school says who hears of concerns about staff, when it is in, and reads every day."""
    organisation = project.organisation
    if organisation.kind != Organisation.Kind.SCHOOL or not project.for_under_18:
        return
    href, who = reverse("young:school", args=[organisation.address]), _(ADMINISTRATORS)
    held = post_holders(organisation)
    if Post.Name.HEAD not in held:
        yield Missing(_("It is not said who leads the school."), href=href, who=who, may=_may_say)
    if Post.Name.CHAIR not in held:
        yield Missing(
            _("It is not said who hears of a concern about the head."),
            href=href,
            who=who,
            may=_may_say,
        )
    today = clock.today(now)
    if not Term.objects.filter(organisation=organisation, ends_on__gte=today).exists():
        yield Missing(_("The term dates are missing."), href=href, who=who, may=_may_say)
    yield from _read_every_day(project)


def _read_every_day(project: Project) -> Iterator[Missing]:
    read = set(
        Duty.objects.filter(project=project, stand_in=False).values_list("weekday", flat=True)
    )
    if absent := [_(WEEKDAYS[day]) for day in SCHOOL_DAYS if day not in read]:
        text = _("A school reads every school day. Nobody reads on %(days)s.")
        href = reverse("projects:rota", args=[project.address])
        yield Missing(text % {"days": ", ".join(absent)}, href=href, who=PREPARERS, part="rota")


def held_posts(person: Person) -> Q:
    """Return the condition on concerns that a person hears of by the posts they hold."""
    found = Q(pk__in=[])
    for post in Post.objects.filter(person=person):
        about = {Post.Name.HEAD: "staff", Post.Name.CHAIR: "head"}[Post.Name(post.name)]
        found |= Q(project__organisation=post.organisation_id, names=about)
    return found
