"""Where the work of each role is done: links, so that every workspace can be found."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from goldenthread.organisations.models import Organisation
from goldenthread.projects.models import Project, ProjectRole

Name = ProjectRole.Name
LEADS = frozenset({Name.FACILITATOR, Name.CO_LEAD})
RUNS = "runs"  # whoever runs an organisation that the project belongs to
PREPARES = LEADS | {Name.DECISION_MAKER, RUNS}
ROOMS = (
    (frozenset({Name.READER}), gettext_lazy("Read what has come in"), "reading:queue"),
    (frozenset({Name.READER}), gettext_lazy("Look again at what was read"), "looks:again"),
    (frozenset(Name), gettext_lazy("What is read first, and why"), "reading:hints"),
    (
        frozenset({Name.SAFEGUARDER}),
        gettext_lazy("Concerns about someone's safety"),
        "concerns:list",
    ),
    (frozenset({Name.SAFEGUARDER}), gettext_lazy("Voices known only to you"), "voices:known"),
    (frozenset({Name.SAFEGUARDER}), gettext_lazy("People to phone or write to"), "pages:contacts"),
    (LEADS, gettext_lazy("Ways to listen, and to understand"), "voices:ways"),
    (LEADS, gettext_lazy("Group voices into themes"), "themes:workspace"),
    (LEADS | {Name.DECISION_MAKER}, gettext_lazy("Write a decision"), "decisions:new"),
    (
        LEADS | {Name.DECISION_MAKER},
        gettext_lazy("Decisions that are asked for, with briefs"),
        "briefs:list",
    ),
    (LEADS, gettext_lazy("Words we may quote"), "consent:quotes"),
    (frozenset({Name.READER}), gettext_lazy("Read again what may be quoted"), "consent:second"),
    (LEADS, gettext_lazy("Tell people in person"), "replies:telling"),
    (LEADS, gettext_lazy("See which figures are out"), "release:list"),
    (frozenset({Name.FACILITATOR}), gettext_lazy("Bring in voices from a file"), "voices:import"),
    (frozenset({Name.FACILITATOR}), gettext_lazy("Type in a voice from paper"), "voices:paper"),
    (frozenset({Name.READER}), gettext_lazy("What was reported"), "moderation:reports"),
    (
        LEADS | {Name.DECISION_MAKER, Name.READER},
        gettext_lazy("Moderation log"),
        "moderation:log",
    ),
    (frozenset({Name.READER, Name.CO_LEAD}), gettext_lazy("Appeals"), "moderation:appeals"),
    (frozenset({Name.FACILITATOR}), gettext_lazy("Let a class speak"), "voices:classes"),
    (PREPARES, gettext_lazy("Prepare, staff and close"), "projects:prepare"),
    (PREPARES, gettext_lazy("The pack: poster, letters, slips"), "start:pack"),
    (
        LEADS | {Name.DECISION_MAKER, Name.SAFEGUARDER},
        gettext_lazy("Assessments, and who signed them"),
        "assessments:list",
    ),
)
BEFORE_CLOSING = {"decisions:new", "voices:import", "voices:paper", "voices:classes"}


@dataclass(frozen=True)
class Link:
    """One way to a workspace."""

    text: str
    href: str


@dataclass(frozen=True)
class Desk:
    """One project and the workspaces in it that are open to a person."""

    project: Project
    links: list[Link]


def links_in(project: Project, roles: Iterable[str]) -> list[Link]:
    """Return the workspaces that these roles open in a project."""
    held = set(roles)
    gone = BEFORE_CLOSING if project.state == Project.State.CLOSED else set()
    return [
        Link(str(text), reverse(name, args=[project.address]))
        for allowed, text, name in ROOMS
        if allowed & held and name not in gone
    ]


def desks(roles: Iterable[ProjectRole]) -> list[Desk]:
    """Return one desk a project, for everything a person does today."""
    by_project: dict[Project, list[str]] = {}
    for role in roles:
        by_project.setdefault(role.project, []).append(role.name)
    return [Desk(project, links_in(project, names)) for project, names in by_project.items()]


OF_ADMINISTRATORS = (
    (gettext_lazy("Projects of %(name)s"), "pages:organisation"),
    (gettext_lazy("Settings of %(name)s"), "organisations:settings"),
    (gettext_lazy("Requests about data: %(name)s"), "requests:list"),
    (gettext_lazy("Complaints: %(name)s"), "moderation:complaints"),
    (gettext_lazy("Governance pack: %(name)s"), "pages:governance"),
    (gettext_lazy("How many people there are: %(name)s"), "outreach:populations"),
)
OF_SCHOOLS = (
    (gettext_lazy("School days, and who hears of concerns about staff: %(name)s"), "young:school"),
)


def links_of(organisations: Iterable[Organisation]) -> list[Link]:
    """Return the way to the settings and duties of each organisation that a person administers."""
    links = [
        Link(str(text) % {"name": each.name}, reverse(name, args=[each.address]))
        for each in organisations
        for text, name in OF_ADMINISTRATORS
        + (OF_SCHOOLS if each.kind == Organisation.Kind.SCHOOL else ())
    ]
    another = Link(gettext("Set up another organisation"), reverse("organisations:new"))
    return [*links, another] if links else []
