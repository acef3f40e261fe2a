"""A project that listens, and the people around it, by name."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import factory

from goldenthread.organisations.models import Organisation
from goldenthread.organisations.tests.factories import HelpLineFactory, OrganisationFactory, member
from goldenthread.people.accounts.models import Person
from goldenthread.people.accounts.tests.factories import PersonFactory
from goldenthread.projects.events import OPENED
from goldenthread.projects.models import Duty, Partner, Project, ProjectRole, Stage, Terms
from goldenthread.projects.sealing import TEXTS, commitment_to
from goldenthread.projects.services.terms import seal_of
from goldenthread.safety.readers.tests.factories import experienced
from goldenthread.thread.services import record

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)  # a Tuesday morning in the Listen window


class ProjectFactory(factory.django.DjangoModelFactory[Project]):
    class Meta:
        model = Project

    title = "Getting help while you wait"
    summary = "You told us that the wait is the hardest part."
    address = factory.Sequence(lambda n: f"waiting-{n}")
    short = factory.Sequence(lambda n: f"K{n:05}")
    organisation = factory.SubFactory(OrganisationFactory)
    state = Project.State.OPEN
    opened_on = date(2026, 3, 2)
    created_on = date(2026, 2, 2)
    board = Project.Board.SHARED


class TermsFactory(factory.django.DjangoModelFactory[Terms]):
    class Meta:
        model = Terms

    project = factory.SubFactory(ProjectFactory)
    version = 1
    question = "What would make the wait for counselling easier?"
    can_change = "Opening times, and how we keep in touch."
    cannot_change = "The number of counsellors before August."
    who_decides = "A panel of twelve people, eight of them students."
    risks_accepted = "We may hear that we got things wrong."
    what_people_get_back = "An answer, and a voucher for panel members."
    hear_by = date(2026, 6, 1)
    debrief_on = date(2026, 6, 30)
    written_on = date(2026, 2, 9)
    sealed_on = date(2026, 3, 2)
    salt = b"s" * 32
    change_because = ""
    commitment = factory.LazyAttribute(lambda made: _seal_of(made) if made.sealed_on else None)


def _seal_of(made: Any) -> bytes:
    names = ("project", "version", "salt", "hear_by", "debrief_on", *TEXTS)
    return commitment_to(Terms(**{name: getattr(made, name) for name in names}))


@dataclass
class Listening:
    """An open project and the people around it."""

    project: Project
    organisation: Organisation
    mina: Person  # a member who speaks
    tom: Person  # facilitates
    rosa: Person  # reads
    sam: Person  # stands in for Rosa
    priya: Person  # safeguards
    dev: Person  # decides
    cara: Person  # co-leads, with lived experience
    ada: Person  # administers the organisation
    nell: Person  # a neighbour: belongs to another organisation
    stranger: Person  # belongs nowhere


STAFF = {
    "tom": ProjectRole.Name.FACILITATOR,
    "rosa": ProjectRole.Name.READER,
    "sam": ProjectRole.Name.READER,
    "priya": ProjectRole.Name.SAFEGUARDER,
    "dev": ProjectRole.Name.DECISION_MAKER,
    "cara": ProjectRole.Name.CO_LEAD,
}


def listening_project(**given: object) -> Listening:
    """Make a project in its Listen stage, with terms, rota, help lines, and everyone by name."""
    organisation = OrganisationFactory.create()
    HelpLineFactory.create(organisation=organisation)
    project = ProjectFactory.create(organisation=organisation, **given)
    Partner.objects.create(project=project, organisation=organisation, controller=True)
    TermsFactory.create(project=project)
    _stages(project)
    people = {name: member(name.title(), organisation) for name in ["mina", *STAFF]}
    for name, role in STAFF.items():
        ProjectRole.objects.create(
            project=project, person=people[name], name=role, starts_on=date(2026, 2, 2)
        )
    for weekday in range(5):
        for name, stand_in in (("rosa", False), ("sam", True)):
            Duty.objects.create(
                project=project,
                reader=people[name],
                weekday=weekday,
                stand_in=stand_in,
                from_time=time(9),
                until_time=time(13),
            )
    experienced(people["rosa"], people["sam"])
    return Listening(
        project=project,
        organisation=organisation,
        ada=member("Ada", organisation, "administrator"),
        nell=member("Nell", OrganisationFactory.create()),
        stranger=PersonFactory.create(name="Stranger"),
        **people,
    )


def opened(project: Project) -> None:
    """Say in the record that the project opened with its terms, as opening it does."""
    [terms] = project.terms.all()
    record(OPENED, about=project.ref, project=project.ref, facts=seal_of(terms), now=NOW)


def _stages(project: Project) -> None:
    windows = {
        "listen": (date(2026, 3, 2), date(2026, 4, 5)),
        "empower": (date(2026, 3, 16), date(2026, 5, 3)),
        "act": (date(2026, 5, 4), date(2026, 6, 14)),
        "debrief": (date(2026, 6, 15), date(2026, 6, 30)),
    }
    for name, (opens_on, closes_on) in windows.items():
        Stage.objects.create(project=project, name=name, opens_on=opens_on, closes_on=closes_on)
