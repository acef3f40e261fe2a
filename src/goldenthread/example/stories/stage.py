"""What the stories of the example share: days counted back from today, cast, and small deeds.

Everything goes through the services of the rooms, as people would have done it.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from uuid import uuid4

from django.utils import timezone

from goldenthread.kit import clock
from goldenthread.listen.voices import services as voices
from goldenthread.listen.voices.models import Voice
from goldenthread.organisations.models import Membership, Organisation, Role
from goldenthread.people.accounts.models import Person
from goldenthread.people.accounts.services import welcome
from goldenthread.projects import services as projects
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Guest
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.models import Words

WORDS = Path(__file__).parent.parent / "words"
Tick = Callable[[], None]


@dataclass
class Calendar:
    """Days counted from the day the example is loaded."""

    today: date
    tick: Tick = lambda: None

    def day(self, days: int) -> date:
        """Return the day so many days from today (negative: ago)."""
        return self.today + timedelta(days=days)

    def at(self, days: int, hour: int = 10) -> datetime:
        """Return a moment of that day; a weekend means the Friday before, when people are in."""
        day = self.day(days)
        day -= timedelta(days=max(day.weekday() - 4, 0))
        return timezone.make_aware(datetime.combine(day, time(hour)))


@dataclass
class Cast:
    """An invented organisation and the people in it, by first name."""

    organisation: Organisation
    people: dict[str, Person] = field(default_factory=dict)

    def __getitem__(self, first_name: str) -> Person:
        return self.people[first_name]


@dataclass(frozen=True)
class Line:
    """One line of a words file."""

    theme: str
    kind: str
    text: str


def lines_of(name: str) -> list[Line]:
    """Read the invented words of a story."""
    with (WORDS / f"{name}.csv").open(newline="") as file:
        return [Line(row["theme"], row["kind"], row["text"]) for row in csv.DictReader(file)]


def enrol(organisation: Organisation, names: Iterable[str], *, now: datetime) -> dict[str, Person]:
    """Make invented members, each with an address that cannot exist."""
    people = {}
    for name in names:
        first = name.split()[0].lower()
        person = welcome(email=f"{first}@{organisation.address}.example", name=name, now=now)
        Membership.objects.get_or_create(
            organisation=organisation, person=person, defaults={"joined_on": clock.today(now)}
        )
        people[first] = person
    return people


def give(person: Person, organisation: Organisation, role: Role.Name, *, now: datetime) -> None:
    """Give someone a role in the organisation."""
    membership = Membership.objects.get(person=person, organisation=organisation)
    Role.objects.get_or_create(
        membership=membership, name=role, defaults={"starts_on": clock.today(now)}
    )


def staff(project: Project, by: Person, roles: dict[str, list[Person]], *, now: datetime) -> None:
    """Give everyone their role in the project, and put its two readers on the rota."""
    for name, people in roles.items():
        for person in people:
            projects.people.give_role(
                by=by,
                project=project,
                email=person.email,
                name=name,
                starts_on=clock.today(now),
                now=now,
            )
    reader, stand_in = roles["reader"]
    for person, standing_in in ((reader, False), (stand_in, True)):
        projects.people.add_duty(
            by=by,
            project=project,
            reader=person,
            weekdays=[0, 1, 2, 3, 4],
            from_time=time(9),
            until_time=time(13),
            stand_in=standing_in,
            now=now,
        )


def say_all(
    project: Project,
    lines: list[Line],
    calendar: Calendar,
    *,
    days: tuple[int, int],
    keep: Callable[[int], bool],
) -> Iterator[tuple[Line, Voice]]:
    """Let invented guests speak, spread over the days; `keep(n)` says who keeps a receipt."""
    first, last = days
    for number, line in enumerate(lines):
        now = calendar.at(first + (last - first) * number // max(len(lines), 1))
        spoken = voices.speak(
            by=Guest(),
            project=project,
            form_key=uuid4(),
            keep_receipt=keep(number),
            now=now,
            kind=line.kind,
            text=line.text,
        )
        calendar.tick()
        yield line, spoken.voice


def read_all(reader: Person, heard: list[Voice], *, after: timedelta = timedelta(days=1)) -> None:
    """Let a reader release what was said, a page at a time, each on the day after."""
    by_day: dict[date, list[Words]] = {}
    for voice in heard:
        by_day.setdefault(voice.words.received_on, []).append(voice.words)
    for day, words in by_day.items():
        now = timezone.make_aware(datetime.combine(day + after, time(11)))
        for page in batched(words):
            reading.release_many(by=reader, versions={each: each.version for each in page}, now=now)


def batched(items: list[Words], size: int = 25) -> Iterator[list[Words]]:
    """Cut a list into pages."""
    for at in range(0, len(items), size):
        yield items[at : at + size]
