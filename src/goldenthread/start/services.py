"""Beginning a project with eight questions. Each answer is kept as soon as it is given."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.organisations import services as organisations
from goldenthread.organisations.lists import Row
from goldenthread.organisations.models import Membership, Organisation
from goldenthread.organisations.permissions import may_administer
from goldenthread.people.accounts.models import Person
from goldenthread.people.notifications.models import Letter
from goldenthread.people.notifications.services import write_letters
from goldenthread.projects import services as projects
from goldenthread.projects.ages import NEVER_FOR_CHILDREN
from goldenthread.projects.gates import missing_to_open
from goldenthread.projects.models import Duty, Partner, Project, ProjectRole, Stage, Terms
from goldenthread.projects.permissions import may_follow_preparation
from goldenthread.projects.queries import windows_of
from goldenthread.projects.roles import held
from goldenthread.projects.wording import NAMES
from goldenthread.start import permissions, queries
from goldenthread.start.drafts import templates
from goldenthread.start.models import Start
from goldenthread.start.steps import STEPS, Step, following, usual_days

Name = ProjectRole.Name
Given = Mapping[str, Any]
NOT_YOURS: Final = _("Only those who prepare this project answer these questions.")
NO_MEMBER: Final = _(
    "Nobody with this e-mail is a member here. Ask an administrator to add them, or leave it "
    "empty for now."
)
MEANWHILE: Final = _(
    "Somebody else answered this while you were writing. Their answer is below yours. Put "
    "together what is right, then save again."
)
NOBODY_READS: Final = _(
    "Nobody is there yet to read at these times, so they cannot be kept. Name a reader."
)
ONE_OF_TWO: Final = _(
    "This person has the other of these two roles already. Name somebody else, or leave it empty."
)


@transaction.atomic
def begin(
    *, by: Person, organisation: Organisation, template: str, title: str = "", now: datetime
) -> Project:
    """Begin a project with the draft terms of a template.

    :raises Refusal: not theirs to begin
    """
    draft = templates()[template]
    project = projects.prepare(
        by=by,
        organisation=organisation,
        title=title or draft.title,
        summary=draft.summary,
        open_to=draft.open_to,
        board=draft.board,
        now=now,
    )
    projects.offer_ways(by=by, project=project, ways=list(draft.ways), now=now)
    _set_ages(by, project, list(draft.ages), now)
    days = usual_days(draft, nation=organisation.nation, today=clock.today(now))
    projects.write_terms(
        by=by,
        project=project,
        **{name: getattr(draft, name) for name in NAMES},
        hear_by=days["hear_by"],
        debrief_on=days["debrief_on"],
        now=now,
    )
    Start.objects.create(project=project, template=template, answered=[STEPS[0].key])
    return project


@transaction.atomic
def answer(
    *, by: Person, start: Start, step: Step, given: Given, seen: str = "", now: datetime
) -> None:
    """Keep the answer to one of the questions.

    :raises Refusal: not theirs to answer, somebody else answered meanwhile, or what the answer
        leads to is refused
    """
    start = Start.objects.select_for_update(no_key=True).select_related("project").get(pk=start.pk)
    if not permissions.may_start(by, start.project, now=now):
        raise Refusal(NOT_YOURS)
    _refuse_lost_update(start.project, step, given, seen)
    _KEPT[step.key](by, start.project, given, now)
    if step.key not in start.answered:
        start.answered.append(step.key)
        start.save(update_fields=["answered"])


def _refuse_lost_update(project: Project, step: Step, given: Given, seen: str) -> None:
    """Refuse to write over an answer that was not seen; the same answer twice is no harm."""
    if not seen or seen == queries.edition(project, step.key):
        return
    known = queries.stands(project, step.key)
    if any(given.get(name, value) != value for name, value in known.items()):
        raise Refusal(MEANWHILE)


def _ask(by: Person, project: Project, given: Given, now: datetime) -> None:
    projects.describe(
        by=by,
        project=project,
        title=given["title"],
        summary=given["summary"],
        open_to=project.open_to,
        read_within_hours=project.read_within_hours,
        now=now,
    )
    _write(by, project, {"question": given["question"]}, now)


def _who(by: Person, project: Project, given: Given, now: datetime) -> None:
    _set_ages(by, project, given["ages"], now)
    projects.describe(
        by=by,
        project=project,
        title=project.title,
        summary=project.summary,
        open_to=given["open_to"],
        board=given["board"],
        read_within_hours=project.read_within_hours,
        now=now,
    )


def _set_ages(by: Person, project: Project, ages: list[str], now: datetime) -> None:
    """Set the ages; where children are asked, nobody is known by name to all.

    That way comes back with the adults: nobody could leave it out while it was not offered.
    """
    ways = set(project.known_as)
    if set(ages) != {Project.Ages.ADULT}:
        ways -= {NEVER_FOR_CHILDREN}
    elif project.for_under_18:
        ways |= {NEVER_FOR_CHILDREN}
    projects.set_ages(by=by, project=project, ages=ages, known_as=list(ways), now=now)


def _change(by: Person, project: Project, given: Given, now: datetime) -> None:
    _write(by, project, given, now)


def _decide(by: Person, project: Project, given: Given, now: datetime) -> None:
    words = {name: given[name] for name in ("who_decides", "what_people_get_back")}
    _write(by, project, words, now)
    _name(by, project, given, field="decision_maker", role=Name.DECISION_MAKER, now=now)
    _name(by, project, given, field="co_lead", role=Name.CO_LEAD, now=now)
    _name(by, project, given, field="facilitator", role=Name.FACILITATOR, now=now)


def _days(by: Person, project: Project, given: Given, now: datetime) -> None:
    windows: dict[str, Any] = {
        name: (each.opens_on, each.closes_on, each.note)
        for name, each in windows_of(project).items()
    }
    before = following(**_last_days(project)) if Stage.Name.LISTEN in windows else {}
    follows = following(*(given[name] for name in ("closes_on", "hear_by", "debrief_on")))
    for name, (opens_on, closes_on) in follows.items():
        if name not in windows or windows[name][:2] == before.get(name):  # else set by hand
            windows[name] = (opens_on, closes_on, windows.get(name, ("", "", ""))[2])
    note = windows.get(Stage.Name.LISTEN, ("", "", ""))[2]
    windows[Stage.Name.LISTEN] = (given["opens_on"], given["closes_on"], note)
    projects.set_stages(by=by, project=project, windows=windows, now=now)
    days = {name: given[name] for name in ("hear_by", "debrief_on")}
    _write(by, project, days, now)


def _last_days(project: Project) -> dict[str, date]:
    """Return the days from which those of the other stages followed until now."""
    known = queries.stands(project, "days")
    return {name: known[name] for name in ("closes_on", "hear_by", "debrief_on")}


def _reading(by: Person, project: Project, given: Given, now: datetime) -> None:
    """Put those who are named on the rota; with other days or hours, all who stand on it."""
    known = queries.USUAL_HOURS | queries.stands(project, "reading")
    hours = {name: given[name] for name in queries.USUAL_HOURS}
    places = {
        reader: stand_in
        for field, stand_in in (("reader", False), ("stand_in", True))
        if (reader := _name(by, project, given, field=field, role=Name.READER, now=now))
    }
    if any(known[name] != hours[name] for name in hours):
        places = _on_the_rota(project, now) | places
        if not places:
            raise Refusal(NOBODY_READS, field="reader")
    for duty in Duty.objects.filter(project=project, only_on=None, reader__in=list(places)):
        projects.remove_duty(by=by, duty=duty, now=now)
    for reader, stand_in in places.items():
        projects.add_duty(
            by=by, project=project, reader=reader, stand_in=stand_in, **hours, now=now
        )


def _on_the_rota(project: Project, now: datetime) -> dict[Person, bool]:
    """Return who reads in the week, and whether only when another is away."""
    readers = held(now).filter(project=project, name=Name.READER).values("person")
    rows = Duty.objects.filter(project=project, only_on=None, reader__in=readers)
    placed = rows.select_related("reader").order_by("-stand_in", "ref")
    return {each.reader: each.stand_in for each in placed}


def _safe(by: Person, project: Project, given: Given, now: datetime) -> None:
    _name(by, project, given, field="safeguarder", role=Name.SAFEGUARDER, now=now)
    _name(by, project, given, field="deputy", role=Name.SAFEGUARDER, stands_in=True, now=now)


_KEPT: Final[dict[str, Callable[[Person, Project, Given, datetime], None]]] = {
    "ask": _ask,
    "who": _who,
    "change": _change,
    "decide": _decide,
    "days": _days,
    "reading": _reading,
    "safe": _safe,
}


def _write(by: Person, project: Project, words: Given, now: datetime) -> None:
    """Change some of the terms, and leave the others as they are."""
    terms = _draft_of(project)
    kept = {name: getattr(terms, name) for name in (*NAMES, "hear_by", "debrief_on")}
    projects.write_terms(by=by, project=project, **{**kept, **words}, now=now)


def _draft_of(project: Project) -> Terms:
    return Terms.objects.filter(project=project).latest("version")


def _name(
    by: Person,
    project: Project,
    given: Given,
    *,
    field: str,
    role: Name,
    stands_in: bool = False,
    now: datetime,
) -> Person | None:
    """Give somebody a role, and ask them by letter; who is new is made a member first."""
    email = given[field].strip().lower()
    if not email:
        return None
    try:
        person = _member(by, project, email, now)
        if not _holds(project, person, role, stands_in=stands_in, now=now):
            projects.give_role(
                by=by,
                project=project,
                email=email,
                name=role,
                stands_in=stands_in,
                starts_on=clock.today(now),
                now=now,
            )
    except Refusal as refusal:
        raise Refusal(refusal.message, field=field) from refusal
    return person


def _holds(project: Project, person: Person, role: Name, *, stands_in: bool, now: datetime) -> bool:
    has = held(now).filter(project=project, person=person, name=role).first()
    if has is not None and has.stands_in != stands_in:
        raise Refusal(ONE_OF_TWO)
    return has is not None


def _member(by: Person, project: Project, email: str, now: datetime) -> Person:
    partners = Partner.objects.filter(project=project, waiting_since=None)
    belongs = Membership.objects.filter(
        organisation__in=partners.values("organisation"), person__email__iexact=email
    )
    if (found := belongs.select_related("person").first()) is not None:
        return found.person
    if not may_administer(by, project.organisation, now=now):
        raise Refusal(NO_MEMBER)
    row = Row(line=1, name="", email=email)
    organisations.upload_list(
        by=by, organisation=project.organisation, rows=[row], welcomes=False, now=now
    )
    return Person.objects.get(email__iexact=email)


@transaction.atomic
def remind(*, by: Person, project: Project, now: datetime) -> int:
    """Write once a day to everyone who can supply something, and what; return to how many.

    :raises Refusal: not theirs to ask
    """
    if not permissions.may_start(by, project, now=now):
        raise Refusal(NOT_YOURS)
    missing = missing_to_open(project, now=now)
    helpers = queries.who_can_help(project, missing, besides=by, now=now)
    write_letters(
        Letter(
            key=f"missing:{project.ref}:{each.person.ref}:{clock.today(now)}",
            text="missing",
            link=_where(each, project, now),
            names={
                "project": project.title,
                "organisation": project.organisation.name,
                "asks": by.name or by.email,
                "missing": " ".join(each.can_supply),
            },
            person=each.person,
        )
        for each in helpers
    )
    return len(helpers)


def _where(helper: queries.Helper, project: Project, now: datetime) -> str:
    """Where somebody supplies what is missing: where it is prepared, if that page is theirs."""
    if may_follow_preparation(helper.person, project, now=now):
        return reverse("projects:prepare", args=[project.address])
    return helper.can_supply[0].href
