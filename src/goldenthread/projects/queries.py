"""What can be asked about projects."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.shapes import Stage as RailStage
from goldenthread.kit.text import say_day
from goldenthread.organisations.models import Membership, Organisation
from goldenthread.organisations.roles import current_roles
from goldenthread.people.accounts.second_factor import required_if_any
from goldenthread.projects import rota, short
from goldenthread.projects.models import Partner, Project, ProjectRole, Stage, Strand, Terms
from goldenthread.projects.permissions import RUNS
from goldenthread.projects.roles import held, in_good_standing

State = Project.State
SHARP = {ProjectRole.Name.READER, ProjectRole.Name.SAFEGUARDER}
PLACES = {
    "listen": "voices:board",
    "empower": "groups:list",
    "act": "decisions:list",
    "debrief": "replies:list",
}


@required_if_any
def sharp_roles_of(person: Any) -> QuerySet[ProjectRole]:
    """Return the roles in which somebody sees unreleased words: they need a second factor."""
    return held(clock.now()).filter(person=person, name__in=SHARP)


def projects_visible_to(speaker: Any, *, now: datetime | None = None) -> QuerySet[Project]:
    """Return the projects that a list may show to the speaker, with their organisations."""
    now = now or clock.now()
    listed = ~Q(state=State.DRAFT) & Q(open_to=Project.OpenTo.EVERYONE)
    if speaker.is_member:
        partners = Partner.objects.filter(project=OuterRef("ref"), waiting_since=None)
        belongs = Membership.objects.filter(person=speaker, suspended_on=None)
        runs = current_roles(today=clock.today(now)).filter(
            membership__person=speaker, name__in=RUNS
        )
        listed |= ~Q(state=State.DRAFT) & Exists(
            partners.filter(organisation__in=belongs.values("organisation"))
        )
        listed |= Exists(partners.filter(organisation__in=runs.values("membership__organisation")))
        listed |= Exists(held(now).filter(project=OuterRef("ref"), person=speaker))
    return Project.objects.select_related("organisation").filter(listed)


def projects_of_organisation(
    organisation: Organisation, *, visible_to: Any, now: datetime | None = None
) -> QuerySet[Project]:
    """Return the projects that belong to an organisation, alone or with others."""
    shared = Partner.objects.filter(
        project=OuterRef("ref"), organisation=organisation, waiting_since=None
    )
    return projects_visible_to(visible_to, now=now).filter(Exists(shared))


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
    return list(partners.order_by("waiting_since", "organisation__name"))


def current_terms(project: Project) -> Terms | None:
    """Return the terms in force: the newest that were sealed."""
    return terms_history(project).first()


def newest_terms(project: Project) -> Terms | None:
    """Return the newest terms, sealed or still a draft."""
    return Terms.objects.filter(project=project).order_by("-version").first()


def terms_history(project: Project) -> QuerySet[Terms]:
    """Return all sealed terms, newest first."""
    return Terms.objects.filter(project=project, sealed_on__isnull=False).order_by("-version")


@dataclass(frozen=True)
class Listening:
    """Whether the box is open, and if not, why: a code, and a sentence for people."""

    is_open: bool
    code: str = ""
    sentence: str = ""
    next_reading: datetime | None = None
    until: date | None = None


def is_listening(project: Project, *, now: datetime) -> bool:
    """Return whether people can write in the box now."""
    return listening(project, now=now).is_open


def why_not_listening(project: Project, *, now: datetime) -> str:
    """Return the sentence that says why the box is closed; nothing while it is open."""
    return listening(project, now=now).sentence


def listening(project: Project, *, now: datetime) -> Listening:
    """Tell whether the box is open, or who closed it, and when somebody reads next."""
    if project.state != State.OPEN:
        return _shut(project.state)
    window = Stage.objects.filter(project=project, name=Stage.Name.LISTEN).first()
    today = clock.today(now)
    if window is None or today < window.opens_on:
        return _shut("not-yet", day=window.opens_on) if window else _shut(State.DRAFT)
    if today > window.closes_on:
        return _shut("over", day=window.closes_on)
    return _staffed(project, window, now)


def _staffed(project: Project, window: Stage, now: datetime) -> Listening:
    if project.box_closed_because:
        return _shut(project.box_closed_because)
    reading = rota.next_reading(project, now=now)
    if reading is None or reading - now > rota.SOON:
        return _shut("no-reader")
    if not has_safeguarder(project, now=now):
        return _shut("no-safeguarder")
    return Listening(is_open=True, next_reading=reading, until=window.closes_on)


def has_safeguarder(project: Project, *, now: datetime) -> bool:
    """Return whether somebody owns concerns about safety today."""
    return held(now).filter(project=project, name=ProjectRole.Name.SAFEGUARDER).exists()


def _shut(code: str, *, day: date | None = None) -> Listening:
    return Listening(is_open=False, code=code, sentence=_say(code, say_day(day) if day else ""))


def _say(code: str, day: str) -> str:
    sentences = {
        "draft": _("We are still getting ready. You cannot write here yet."),
        "not-yet": _("We start to listen on %(day)s. You cannot write here yet."),
        "over": _("We stopped listening on %(day)s. You can still see what comes of it."),
        "closed": _("This project has ended. You can still see what came of it."),
        "readers-late": _(
            "More has come in than we can read in time. We have closed the box until we have "
            "read it. Nothing you sent is lost."
        ),
        "paused": _("We have closed the box for a while. Please come back later."),
        "no-reader": _(
            "Nobody is here to read what you write. The box stays closed until somebody is."
        ),
        "no-safeguarder": _(
            "Nobody is here to look after worries about safety. "
            "The box stays closed until somebody is."
        ),
    }
    return sentences[code] % {"day": day}


def stages_of(project: Project, *, today: date) -> list[RailStage]:
    """Return the four stages for the stage rail: done, now or next, with dates and links."""
    windows = {each.name: each for each in Stage.objects.filter(project=project)}
    return [_rail(project, key, name, windows.get(key), today) for key, name in Stage.Name.choices]


def _rail(project: Project, key: str, name: str, window: Stage | None, today: date) -> RailStage:
    href = _place(PLACES[key], project) if project.state != State.DRAFT else ""
    if window is None:
        return RailStage(name, key, "next", _("No dates yet"), href)
    if project.state == State.CLOSED or today > window.closes_on:
        state, note = "done", _("Ended on %(day)s") % {"day": say_day(window.closes_on)}
    elif project.state == State.DRAFT or today < window.opens_on:
        state, note = "next", _("From %(day)s") % {"day": say_day(window.opens_on)}
    else:
        state, note = "now", _("Until %(day)s") % {"day": say_day(window.closes_on)}
    return RailStage(name, key, state, f"{note}. {window.note}" if window.note else note, href)


def _place(name: str, project: Project) -> str:
    try:
        return reverse(name, kwargs={"project": project.address})
    except NoReverseMatch:  # that stage's room is not in this house
        return ""


def roles_by_person(project: Project, *, now: datetime) -> list[ProjectRole]:
    """Return every role that is held now or begins later, with its person."""
    today = clock.today(now)
    return list(
        in_good_standing()
        .filter(Q(ends_on=None) | Q(ends_on__gte=today), project=project)
        .select_related("person")
        .order_by("name", "person__name", "starts_on", "ref")
    )


def ends_soon(project_roles: Iterable[ProjectRole], *, until: date) -> list[ProjectRole]:
    """Return the roles that end by `until`."""
    return [each for each in project_roles if each.ends_on is not None and each.ends_on <= until]
