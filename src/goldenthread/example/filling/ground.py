"""What everything else of the large project stands on: its people, its topics, its days."""

from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random
from uuid import UUID

from goldenthread.debrief.replies.models import Reply
from goldenthread.example.filling import missing
from goldenthread.example.stories.stage import Calendar, Cast, enrol, lines_of, prepare, script_of
from goldenthread.listen.themes.models import Theme
from goldenthread.organisations import services as organisations
from goldenthread.organisations.models import Organisation
from goldenthread.people.accounts.models import Person
from goldenthread.people.accounts.services import welcome
from goldenthread.projects import services as projects
from goldenthread.projects.models import Project

ADDRESS = "bench"
THEMES, ANSWERED = 40, 10  # topics, and how many of them have a reply
STAFF = ("Bess Bench", "Fred Bench", "Rita Bench", "Sid Bench", "Prue Bench", "Dora Bench")
LABELS = ("Students", "Staff", "Families")


@dataclass(frozen=True)
class Ground:
    """The open project, and how large everything in it becomes."""

    project: Project
    cast: Cast
    calendar: Calendar
    voices: int
    now: datetime
    themes: list[Theme] = field(repr=False)
    texts: list[str] = field(repr=False)
    replies: dict[UUID, Reply] = field(repr=False)  # by the topic they answer
    drawn: Random = field(repr=False)

    @property
    def today(self) -> date:
        """The day on which it is filled."""
        return self.now.date()

    @property
    def fred(self) -> Person:
        """Who facilitates it."""
        return self.cast["fred"]


def open_project(calendar: Calendar) -> tuple[Cast, Project]:
    """Prepare and open the project through the services, on working days of last week."""
    cast = _cast(calendar.at(-10))
    project = prepare(calendar, cast, script_of("bench"), by="bess", giver="bess", days=-9)
    missing.ask(cast, project, now=calendar.at(-9))
    return cast, projects.open_listening(by=cast["fred"], project=project, now=calendar.at(-8))


def lay(*, voices: int, now: datetime) -> Ground:
    """Open the project, with topics and replies in it."""
    calendar = Calendar(now)
    cast, project = open_project(calendar)
    themes = _themes(project, calendar.today)
    return Ground(
        project=project,
        cast=cast,
        calendar=calendar,
        voices=voices,
        now=now,
        themes=themes,
        texts=[line.text for line in lines_of("waiting") + lines_of("crisis")],
        replies={theme.ref: _reply(project, theme, calendar.today) for theme in themes[:ANSWERED]},
        drawn=Random(20260310),  # noqa: S311  the same rows each time, nothing secret
    )


def _cast(now: datetime) -> Cast:
    founder = welcome(email=f"bess@{ADDRESS}.example", name=STAFF[0], now=now)
    organisation = organisations.found(
        by=founder,
        name="The bench",
        kind=str(Organisation.Kind.NETWORK),
        nation=Organisation.Nation.ENGLAND,
        address=ADDRESS,
        now=now,
        from_the_command_line=True,
    )
    for line in organisation.help_lines.all():
        organisations.verify_help_line(by=founder, line=line, now=now)
    for text in LABELS:
        organisations.add_label(by=founder, organisation=organisation, text=text, now=now)
    return Cast(organisation, enrol(organisation, STAFF, now=now))


def _themes(project: Project, today: date) -> list[Theme]:
    return Theme.objects.bulk_create(
        Theme(
            project=project,
            title=f"Theme {number}",
            sentence="What several people said.",
            state=Theme.State.AGREED,
            shown_back_on=today,
            made_on=today,
        )
        for number in range(1, THEMES + 1)
    )


def _reply(project: Project, theme: Theme, today: date) -> Reply:
    return Reply.objects.create(
        project=project,
        about_kind="theme",
        about=theme.ref,
        text="We heard you.",
        happens_next="We meet.",
        signed_by="Fred Bench",
        state=Reply.State.SENT,
        written_on=today,
        sent_on=today,
    )
