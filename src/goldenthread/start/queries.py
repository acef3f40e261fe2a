"""How far a project has come that was begun with the eight questions, and who can help."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from goldenthread.kit import clock
from goldenthread.kit.editions import NEW, edition_of
from goldenthread.kit.text import say_day
from goldenthread.organisations.models import Role
from goldenthread.organisations.roles import current_roles
from goldenthread.people.accounts.models import Person
from goldenthread.projects.gates import Missing, also_prepared
from goldenthread.projects.models import Duty, Project, ProjectRole, Stage, Terms
from goldenthread.projects.permissions import may_give_roles
from goldenthread.projects.poster import Sheet
from goldenthread.projects.poster_of import needed_to_speak
from goldenthread.projects.preparation import Preparation
from goldenthread.projects.queries import newest_terms, roles_by_name, windows_of
from goldenthread.projects.queries.finding import shown, url_at
from goldenthread.projects.readiness import Part, may_supply
from goldenthread.projects.roles import held, know_roles, roles_in_its_organisation, roles_of
from goldenthread.safety.assessments.shown import leads_back
from goldenthread.safety.young.models import GuardianPage
from goldenthread.start.drafts import Template, templates
from goldenthread.start.models import Start
from goldenthread.start.pack import Document, documents, filled
from goldenthread.start.permissions import may_start
from goldenthread.start.steps import STEPS, usual_days

USUAL_HOURS = {"weekdays": [0, 1, 2, 3, 4], "from_time": time(10), "until_time": time(12)}
OF_TERMS = {
    "ask": ("question",),
    "change": ("can_change", "cannot_change", "risks_accepted"),
    "decide": ("who_decides", "what_people_get_back"),
}
NAMED = {
    "decide": (
        ProjectRole.Name.DECISION_MAKER,
        ProjectRole.Name.CO_LEAD,
        ProjectRole.Name.FACILITATOR,
    ),
    "reading": (ProjectRole.Name.READER,),
    "safe": (ProjectRole.Name.SAFEGUARDER,),
}

GAPS = ("question", "can_change", "cannot_change", "who_decides")


@dataclass(frozen=True)
class Asked:
    """One of the questions, and whether it was answered."""

    title: str
    href: str
    answered: bool
    note: str = ""  # what was answered, where it is short


@dataclass(frozen=True)
class Helper:
    """Somebody with a role, and what of the missing things they can supply."""

    person: Person
    roles: str
    can_supply: tuple[Missing, ...]

    def __str__(self) -> str:
        return f"{self.person.name or self.person.email} ({self.roles})"


def start_of(project: Project) -> Start | None:
    """Return how the project was begun, if it was begun with the questions."""
    found = Start.objects.filter(project=project).first()
    if found is not None:
        found.project = project
    return found


def template_of(start: Start) -> Template:
    """Return the template from which a project was begun."""
    return templates()[start.template]


def begins_with(start: Start, step: str, *, by: Person, now: datetime) -> dict[str, Any]:
    """Return what a question shows before it is answered: what is known, else the usual."""
    project = start.project
    known = stands(project, step)
    if step == "days" and "opens_on" not in known:
        nation = project.organisation.nation
        known = usual_days(template_of(start), nation=nation, today=clock.today(now)) | known
    if step == "decide" and may_give_roles(by, project, now=now) and not _is_run(project, now):
        known |= {"facilitator": by.email}
    if step == "reading" and not known:
        known = USUAL_HOURS
    return known | {"seen": edition(project, step)}


def _is_run(project: Project, now: datetime) -> bool:
    """Whether somebody runs it day to day."""
    return held(now).filter(project=project, name=ProjectRole.Name.FACILITATOR).exists()


def stands(project: Project, step: str) -> dict[str, Any]:
    """Return the answer to a question as it is kept now."""
    if step == "who":
        return {"ages": project.ages, "open_to": project.open_to, "board": project.board}
    if step == "reading":
        return _rota_of(project)
    terms = newest_terms(project)
    if step == "days":
        return _days_of(project, terms)
    words = {"title": project.title, "summary": project.summary} if step == "ask" else {}
    return words | {name: getattr(terms, name) for name in OF_TERMS.get(step, ())}


def edition(project: Project, step: str) -> str:
    """Return which answer somebody had before them while writing."""
    known = stands(project, step)
    return edition_of(*sorted(known.items())) if known else NEW


def _rota_of(project: Project) -> dict[str, Any]:
    duties = list(Duty.objects.filter(project=project, only_on=None).order_by("weekday", "ref"))
    if not duties:
        return {}
    return {
        "weekdays": sorted({each.weekday for each in duties}),
        "from_time": duties[0].from_time,
        "until_time": duties[0].until_time,
        "stretches": [
            (str(each.reader_id), each.weekday, each.from_time, each.until_time, each.stand_in)
            for each in duties
        ],
    }


def _days_of(project: Project, terms: Terms | None) -> dict[str, Any]:
    listen = windows_of(project).get(Stage.Name.LISTEN)
    days = {"opens_on": listen.opens_on, "closes_on": listen.closes_on} if listen else {}
    return days | ({"hear_by": terms.hear_by, "debrief_on": terms.debrief_on} if terms else {})


def asked_of(start: Start) -> list[Asked]:
    """Return the questions in their order. The first made the project: it has no page any more."""
    address = start.project.address
    notes = {
        STEPS[0].key: template_of(start).name,
        "who": str(start.project.get_board_display()),
    }
    return [
        Asked(
            title=str(each.title),
            href=reverse("start:step", args=[address, each.key]) if each != STEPS[0] else "",
            answered=each.key in start.answered,
            note=notes.get(each.key, ""),
        )
        for each in STEPS
    ]


def named(project: Project, step: str, *, now: datetime) -> list[str]:
    """Return who has a role that this question is about, with the role."""
    wanted = NAMED.get(step, ())
    groups = roles_by_name(project, now=now) if wanted else []
    return [
        f"{each.person.name or each.person.email} ({group.title.lower()})"
        for group in groups
        if group.name in wanted
        for each in group.holders
    ]


def who_can_help(
    project: Project, missing: Sequence[Missing], *, besides: Person, now: datetime
) -> list[Helper]:
    """Return who else can supply something of what is missing: project roles, administrators."""
    roles = held(now).filter(project=project, person=OuterRef("pk"))
    administers = current_roles(today=clock.today(now)).filter(
        name=Role.Name.ADMINISTRATOR,
        membership__person=OuterRef("pk"),
        membership__organisation=project.organisation_id,
    )
    helps = Q(Exists(roles)) | Q(Exists(administers))
    people = Person.objects.filter(helps, is_active=True).exclude(ref=besides.ref)
    found = list(people.order_by("name", "ref"))
    know_roles(found, project, now=now)
    helpers = [
        Helper(
            person,
            _roles_said(person, project, now),
            tuple(each for each in missing if may_supply(person, each, project, now=now)),
        )
        for person in found
    ]
    return [each for each in helpers if each.can_supply]


def _roles_said(person: Person, project: Project, now: datetime) -> str:
    here = roles_of(person, project, now=now)
    around = roles_in_its_organisation(person, project, now=now)
    said = [str(each.label) for each in ProjectRole.Name if each in here]
    said += [str(each.label) for each in Role.Name if each in around and each not in here]
    return ", ".join(said).lower()


def documents_of(start: Start | None) -> list[Document]:
    """Return the texts of the pack that a project needs: all, unless its template says which."""
    wanted = template_of(start).documents if start else tuple(documents())
    return [each for key, each in documents().items() if key in wanted]


def works_here_only() -> bool:
    """Whether the links of this site open on this computer alone, as while trying it out."""
    return urlsplit(settings.SITE_URL).hostname in {"localhost", "127.0.0.1", "::1"}


def sheet_of(project: Project, document: Document, *, now: datetime) -> Sheet:
    """Fill a text of the pack in from the project. What is not known yet stays in brackets."""
    start, listen = start_of(project), windows_of(project).get(Stage.Name.LISTEN)
    terms = newest_terms(project)
    url = url_at(project.short)
    facts = {
        "organisation": project.organisation.name,
        "people": template_of(start).people if start else _("people"),
        "needed": needed_to_speak(project),
        "url": url,
        "shown_url": shown(url),
        "from_day": say_day(listen.opens_on) if listen else _("[day]"),
        "until": say_day(listen.closes_on) if listen else _("[day]"),
        "hear_by": say_day(terms.hear_by) if terms else _("[day]"),
    }
    facts |= _people_to_name(project, now)
    facts |= {name: (getattr(terms, name) if terms else "") or "[…]" for name in GAPS}
    return Sheet(
        organisation=project.organisation.name,
        accent=project.organisation.accent,
        project=project.title,
        title=document.title,
        blocks=filled(document, facts),
        language=to_locale(project.organisation.language).replace("_", "-"),
        made_on=clock.today(now),
    )


def _people_to_name(project: Project, now: datetime) -> dict[str, str]:
    """Who looks after safety, and whom parents may ask."""
    leads = held(now).filter(project=project, name=ProjectRole.Name.SAFEGUARDER, stands_in=False)
    names = leads.exclude(person__name="").values_list("person__name", flat=True)
    page = GuardianPage.objects.filter(project=project).first()
    return {
        "safeguarder": names.first() or _("[name of the safeguarding lead]"),
        "contact": (page.contact if page else "") or _("[telephone or e-mail]"),
    }


@leads_back
def to_the_questions(project: Project, speaker: Any, now: datetime) -> tuple[str, str] | None:
    """From an assessment back to the questions, while they can be answered."""
    if not may_start(speaker, project, now=now) or start_of(project) is None:
        return None
    return reverse("start:overview", args=[project.address]), _("Start here")


@also_prepared
def part_of_preparing(prepared: Preparation) -> Part:
    """Where those who prepare find what they print, send and read out."""
    href = reverse("start:pack", args=[prepared.project.address])
    note = _("Poster, slips, mails and replies, filled in from your terms.")
    return Part("pack", _("The pack"), href, note, optional=True)
