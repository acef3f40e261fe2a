"""Finding projects, and what belongs to them."""

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.organisations.models import Membership, Organisation, Role
from goldenthread.organisations.roles import current_roles
from goldenthread.projects import permissions, short
from goldenthread.projects.models import Partner, Project, Strand
from goldenthread.projects.permissions import RUNS
from goldenthread.projects.roles import held

State = Project.State
Row = TypeVar("Row", bound=Model)


def projects_visible_to(speaker: Any, *, now: datetime | None = None) -> QuerySet[Project]:
    """Return the projects that a list may show to the speaker, with their organisations."""
    now = now or clock.now()
    begun = ~Q(state=State.DRAFT)
    listed = [begun & Q(open_to=Project.OpenTo.EVERYONE)]
    if speaker.is_member:
        partners = Partner.objects.filter(project=OuterRef("ref"), waiting_since=None)
        belongs = Membership.objects.filter(person=speaker, suspended_on=None)
        runs = current_roles(today=clock.today(now)).filter(
            membership__person=speaker, name__in=RUNS
        )
        listed += [
            begun & Q(Exists(partners.filter(organisation__in=belongs.values("organisation")))),
            Q(Exists(partners.filter(organisation__in=runs.values("membership__organisation")))),
            Q(Exists(held(now).filter(project=OuterRef("ref"), person=speaker))),
        ]
    projects = Project.objects.select_related("organisation")
    return projects.filter(reduce(or_, listed))


def projects_of_organisation(
    organisation: Organisation, *, visible_to: Any, now: datetime | None = None
) -> QuerySet[Project]:
    """Return the projects that belong to an organisation, alone or with others."""
    shared = Partner.objects.filter(
        project=OuterRef("ref"), organisation=organisation, waiting_since=None
    )
    return projects_visible_to(visible_to, now=now).filter(Exists(shared))


def strand_in(project: Project, ref: str) -> Strand | None:
    """Return the strand of this project that a button names."""
    return by_ref(Strand.objects.filter(project=project), ref)


def partner_in(project: Project, ref: str) -> Partner | None:
    """Return the partner of this project that a button names."""
    partners = Partner.objects.filter(project=project)
    return by_ref(partners.select_related("organisation", "project"), ref)


def by_ref(rows: QuerySet[Row], ref: str) -> Row | None:
    """Return the one of `rows` with that ref, if it is one at all."""
    try:
        return rows.filter(pk=UUID(ref)).first()
    except ValueError:
        return None


def at_short(text: str) -> tuple[Project, Strand | None] | None:
    """Return the project, and the strand if it is a strand's, at a short address."""
    code = short.normalise(text)
    project = Project.objects.select_related("organisation").filter(short=code).first()
    if project is not None:
        return project, None
    strand = Strand.objects.select_related("project__organisation").filter(short=code).first()
    return (strand.project, strand) if strand is not None else None


def strands_of(project: Project) -> list[Strand]:
    """Return the strands of a project by name."""
    return list(Strand.objects.filter(project=project).order_by("name"))


def partners_of(project: Project, *, waiting: bool = False) -> list[Partner]:
    """Return the organisations a project belongs to; with `waiting`, also those only asked."""
    partners = Partner.objects.filter(project=project).select_related("organisation", "project")
    if not waiting:
        partners = partners.filter(waiting_since=None)
    return list(partners.order_by(F("waiting_since").asc(nulls_first=True), "organisation__name"))


def waiting_partner_for(speaker: Any, address: str, *, now: datetime) -> Partner | None:
    """Return what an organisation that the speaker administers is asked to share, if anything."""
    if not speaker.is_member:
        return None
    return waiting_partners(speaker, now).filter(project__address=address).first()


def one_speaks_for(speaker: Any, partners: list[Partner], *, now: datetime) -> set[UUID]:
    """Return the partners for which the speaker may agree to close."""
    return {each.ref for each in partners if permissions.may_agree_to_close(speaker, each, now=now)}


def asked_of(person: Any, *, now: datetime) -> list[Partner]:
    """Return every project that organisations of this administrator are asked to share."""
    return list(waiting_partners(person, now))


def waiting_partners(person: Any, now: datetime) -> QuerySet[Partner]:
    """Return the partnerships that organisations of this administrator are asked to begin."""
    mine = current_roles(today=clock.today(now)).filter(
        membership__person=person, name=Role.Name.ADMINISTRATOR
    )
    return (
        Partner.objects.filter(
            waiting_since__isnull=False,
            organisation__in=mine.values("membership__organisation"),
        )
        .exclude(project__state=State.CLOSED)
        .select_related("project__organisation", "organisation")
        .order_by("waiting_since", "ref")
    )


@dataclass(frozen=True)
class Link:
    """A short link with its poster: the project's own, or a strand's."""

    name: str
    url: str
    short: str
    poster_href: str
    slips_href: str
    large_print_href: str
    easy_read_href: str
    strand: Strand | None = None


def links_of(project: Project) -> list[Link]:
    """Return the project's link and what is printed with it, then those of its strands."""
    own = _link(project, _("Everyone"), project.short)
    return [own] + [_link(project, each.name, each.short, each) for each in strands_of(project)]


def _link(project: Project, name: str, code: str, strand: Strand | None = None) -> Link:
    def printed(page: str, *args: str) -> str:
        href = reverse(f"projects:{page}", args=[project.address, *args])
        return f"{href}?strand={code}" if strand else href

    return Link(
        name=name,
        url=shown(url_at(code)),
        short=code,
        poster_href=printed("poster"),
        slips_href=printed("slips"),
        large_print_href=printed("paper_form", "large-print"),
        easy_read_href=printed("paper_form", "easy-read"),
        strand=strand,
    )


def url_at(code: str) -> str:
    """Return the whole address of a short link."""
    return f"{settings.SITE_URL}/s/{code}"


def shown(url: str) -> str:
    """Return an address as people type it."""
    return url.split("://", 1)[1]
