"""Beginning a project: what it is called, its dates, its strands."""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import chain, count

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.text import say_day
from goldenthread.organisations.models import Organisation, Role
from goldenthread.organisations.permissions import may_start_projects
from goldenthread.organisations.roles import roles_in
from goldenthread.people.accounts.models import Person
from goldenthread.projects import events, permissions
from goldenthread.projects.ages import NEVER_FOR_CHILDREN, UNDER_18, UNLINKED
from goldenthread.projects.models import Partner, Project, ProjectRole, Stage, Strand, every_way
from goldenthread.projects.services.guards import locked, require, require_not_closed
from goldenthread.projects.short import new_short
from goldenthread.thread.services import record

Windows = Mapping[str, tuple[date, date, str] | None]
LONGEST_ADDRESS = 50  # leaves room for a number behind it
NOT_YOURS_TO_BEGIN = gettext_lazy(
    "Only an administrator or facilitator of the organisation may begin a project."
)
NOT_YOURS = gettext_lazy("Only those who prepare this project may change it.")


@transaction.atomic
def prepare(
    *,
    by: Person,
    organisation: Organisation,
    title: str,
    summary: str,
    address: str = "",
    open_to: str = Project.OpenTo.EVERYONE,
    board: str = Project.Board.TEAM,
    read_within_hours: int = 8,
    now: datetime,
) -> Project:
    """Begin a project: a draft that only those who prepare it can see.

    Whoever facilitates in the organisation facilitates the project that they begin. Without an
    address, one is made from the title.

    :raises Refusal: not theirs to begin, or the address is taken
    """
    require(allowed=may_start_projects(by, organisation, now=now), otherwise=NOT_YOURS_TO_BEGIN)
    _refuse_taken(address := address or _free_address(title))
    project = Project.objects.create(
        organisation=organisation,
        title=title,
        summary=summary,
        address=address,
        short=new_short(),
        open_to=open_to,
        board=board,
        read_within_hours=read_within_hours,
        created_on=clock.today(now),
        created_by=by,
    )
    Partner.objects.create(project=project, organisation=organisation, controller=True)
    _facilitated_by(by, project, now)
    record(events.STARTED, about=project.ref, project=project.ref, now=now)
    return project


def _facilitated_by(person: Person, project: Project, now: datetime) -> None:
    """Let whoever facilitates in the organisation facilitate the project that they begin."""
    if Role.Name.FACILITATOR in roles_in(person, project.organisation, now=now):
        role, today = ProjectRole.Name.FACILITATOR, clock.today(now)
        ProjectRole.objects.create(project=project, person=person, name=role, starts_on=today)


@transaction.atomic
def describe(
    *,
    by: Person,
    project: Project,
    title: str,
    summary: str,
    address: str = "",
    open_to: str,
    read_within_hours: int,
    board: str = "",
    now: datetime,
) -> Project:
    """Change what a project is called and who may see it.

    Its address, and who reads what people say, stay once it is open.

    :raises Refusal: not theirs to change, the project is closed, or what is to change is sealed
    """
    require(allowed=permissions.may_prepare(by, project, now=now), otherwise=NOT_YOURS)
    project = locked(project)
    require_not_closed(project)
    address = address or project.address
    if address != project.address:
        if project.state != Project.State.DRAFT:
            raise Refusal(_("Links and posters use this address now. It stays."), field="address")
        _refuse_taken(address)
    if board and board != project.board:
        if project.state != Project.State.DRAFT:
            raise Refusal(
                _("This was sealed with the terms: people spoke because of it."), field="board"
            )
        project.board = board
    project.title, project.summary, project.address = title, summary, address
    project.open_to, project.read_within_hours = open_to, read_within_hours
    project.save()
    if project.state == Project.State.OPEN:
        record(events.DESCRIBED, about=project.ref, project=project.ref, now=now)
    return project


@transaction.atomic
def offer_ways(*, by: Person, project: Project, ways: list[str], now: datetime) -> None:
    """Say which ways to listen organisers are offered; what was begun stays, offered or not.

    :raises Refusal: not theirs to change, or the project is closed
    """
    require(allowed=permissions.may_prepare(by, project, now=now), otherwise=NOT_YOURS)
    project = locked(project)
    require_not_closed(project)
    project.ways = ways
    project.save(update_fields=["ways"])


@transaction.atomic
def set_ages(
    *, by: Person, project: Project, ages: list[str], known_as: list[str], now: datetime
) -> Project:
    """Say for which ages a project is, and in which ways people may be known.

    Once it was opened, the ages under 18 stay as guardians were told, with all that protects
    children; ways may become fewer, and never the one in which nobody is told who spoke.

    :raises Refusal: not theirs to change, closed, nobody or no way left, a child's name asked, or
        it was opened and what people were told would change
    """
    require(allowed=permissions.may_prepare(by, project, now=now), otherwise=NOT_YOURS)
    project = locked(project)
    require_not_closed(project)
    _check_ages(project, ages, known_as)
    project.ages = [each for each in Project.Ages.values if each in ages]
    project.known_as = [each for each in every_way() if each in known_as]
    project.save(update_fields=["ages", "known_as"])
    facts = {"ages": ":".join(project.ages), "known_as": ":".join(project.known_as)}
    record(events.AGES_SET, about=project.ref, project=project.ref, facts=facts, now=now)
    return project


def _check_ages(project: Project, ages: list[str], known_as: list[str]) -> None:
    if not ages:
        raise Refusal(_("Choose at least one age."), field="ages")
    children = set(ages) != {Project.Ages.ADULT}
    if children and NEVER_FOR_CHILDREN in known_as:
        raise Refusal(
            _(
                "Children’s names never stand beside their words. "
                "Take away “By anyone who reads it”."
            ),
            field="known_as",
        )
    if not set(known_as) & set(every_way()):
        raise Refusal(_("Leave people at least one way."), field="known_as")
    if project.state != Project.State.DRAFT:
        _keep_what_was_told(project, set(ages), set(known_as))


def _keep_what_was_told(project: Project, ages: set[str], known_as: set[str]) -> None:
    before = {each for each in project.ages if each in UNDER_18}
    if (ages & set(UNDER_18)) - before:
        raise Refusal(_("It listens already. Prepare a project of its own for them."), field="ages")
    if before - ages:
        raise Refusal(
            _("Under-18s were asked here, and told how we look after them. Their ages stay."),
            field="ages",
        )
    if known_as - set(project.known_as):
        raise Refusal(_("It listens already. Ways can be fewer, not more."), field="known_as")
    if UNLINKED in set(project.known_as) - known_as:
        raise Refusal(
            _("People were told that nobody need know. That way stays."), field="known_as"
        )


@transaction.atomic
def set_stages(*, by: Person, project: Project, windows: Windows, now: datetime) -> None:
    """Set from when to when each stage runs: `{"listen": (opens, closes, note) or None, …}`.

    :raises Refusal: not theirs to set, or the days are not in order
    """
    require(allowed=permissions.may_prepare(by, project, now=now), otherwise=NOT_YOURS)
    project = locked(project)
    require_not_closed(project)
    _check_order(windows)
    Stage.objects.filter(project=project).delete()
    for name, window in windows.items():
        if window is not None:
            opens_on, closes_on, note = window
            Stage.objects.create(
                project=project, name=name, opens_on=opens_on, closes_on=closes_on, note=note
            )
    facts = {name: _code(windows.get(name)) for name in Stage.Name.values}
    record(events.STAGES_SET, about=project.ref, project=project.ref, facts=facts, now=now)


@transaction.atomic
def add_strand(*, by: Person, project: Project, name: str, now: datetime) -> Strand:
    """Add some of the people asked, with a link and poster of their own.

    :raises Refusal: not theirs to add, or there is one of that name
    """
    require(allowed=permissions.may_prepare(by, project, now=now), otherwise=NOT_YOURS)
    project = locked(project)
    require_not_closed(project)
    if Strand.objects.filter(project=project, name__iexact=name).exists():
        raise Refusal(_("There is a strand of that name already."), field="name")
    strand = Strand.objects.create(project=project, name=name, short=new_short())
    record(events.STRAND_ADDED, about=strand.ref, project=project.ref, now=now)
    return strand


@transaction.atomic
def remove_strand(*, by: Person, project: Project, strand: Strand, now: datetime) -> None:
    """Take a strand out again, as long as the project is being prepared.

    :raises Refusal: not theirs to remove, or its poster may already hang somewhere
    """
    require(allowed=permissions.may_prepare(by, project, now=now), otherwise=NOT_YOURS)
    project = locked(project)
    draft = project.state == Project.State.DRAFT
    require(allowed=draft, otherwise=_("Posters of this strand may hang somewhere. It stays."))
    ref = strand.ref
    try:
        strand.delete()
    except ProtectedError:
        raise Refusal(_("People have spoken in this strand. It stays.")) from None
    record(events.STRAND_REMOVED, about=ref, project=project.ref, now=now)


def _free_address(title: str) -> str:
    wanted = slugify(title)[:LONGEST_ADDRESS].strip("-") or "project"
    taken = set(
        Project.objects.filter(address__startswith=wanted).values_list("address", flat=True)
    )
    others = (f"{wanted}-{number}" for number in count(2))
    return next(each for each in chain([wanted], others) if each not in taken)


def _refuse_taken(address: str) -> None:
    if Project.objects.filter(address=address).exists():
        raise Refusal(
            _("Another project has this address. Please choose another."), field="address"
        )


def _check_order(windows: Windows) -> None:
    before: tuple[str, date] | None = None
    for name, label in Stage.Name.choices:
        window = windows.get(name)
        if window is None:
            continue
        opens_on, closes_on, _note = window
        if closes_on < opens_on:
            says = _("%(stage)s ends before it begins.") % {"stage": label}
            raise Refusal(says, field=f"{name}_closes_on")
        if before and opens_on < before[1]:
            says = _(
                "%(stage)s begins before %(earlier)s does, on %(day)s. "
                "Stages may overlap, but they begin in their order."
            ) % {"stage": label, "earlier": before[0], "day": say_day(before[1])}
            raise Refusal(says, field=f"{name}_opens_on")
        before = (str(label), opens_on)


def _code(window: tuple[date, date, str] | None) -> str:
    return f"{window[0].isoformat()}:{window[1].isoformat()}" if window else ""
