"""What the stories share: days counted from today, the cast, and the deeds of every project.

Everything goes through the services of the rooms, as people would have done it. What is said and
promised stands in `words/`, a TOML file a story and a CSV file of voices.
"""

import csv
import secrets
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.utils import timezone

from goldenthread.kit import clock
from goldenthread.listen.voices import services as voices
from goldenthread.listen.voices.models import Voice
from goldenthread.organisations.models import Membership, Organisation, Role
from goldenthread.people.accounts.models import Person
from goldenthread.people.accounts.services import arrive, welcome
from goldenthread.people.receipts import codes
from goldenthread.people.receipts.models import Receipt
from goldenthread.projects import services as projects
from goldenthread.projects.models import Project
from goldenthread.projects.queries import newest_terms
from goldenthread.projects.speaker import Guest
from goldenthread.projects.wording import NAMES
from goldenthread.safety.assessments import services as assessments
from goldenthread.safety.assessments.prefilling import first_answers
from goldenthread.safety.assessments.queries import standings
from goldenthread.safety.readers import practice
from goldenthread.safety.readers import queries as readers_known
from goldenthread.safety.readers import services as readers
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.models import Words
from goldenthread.start import services as start

WORDS = Path(__file__).parent.parent / "words"
FRIDAY = 4
A_YEAR = 360  # days until assessments are looked at again
PAGE = 25  # voices a reader releases on one page
Script = dict[str, Any]


@dataclass
class Calendar:
    """Days counted from the day the example is loaded."""

    now: datetime
    tick: Callable[[], None] = lambda: None

    @property
    def today(self) -> date:
        """Return the day on which it is loaded."""
        return self.now.date()

    def day(self, days: int) -> date:
        """Return the day so many days from today (negative: ago).

        What lies behind falls on the days on which people were in, so that it keeps its order
        with what they did.
        """
        day = self.today + timedelta(days=days)
        return _worked(day) if days < 0 else day

    def at(self, days: int, hour: int = 10) -> datetime:
        """Return a moment of that day; a weekend means the Friday before, when people are in."""
        return timezone.make_aware(datetime.combine(_worked(self.day(days)), time(hour)))


def _worked(day: date) -> date:
    return day - timedelta(days=max(day.weekday() - FRIDAY, 0))


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


def script_of(name: str) -> Script:
    """Read what is said and done in a story."""
    return tomllib.loads((WORDS / f"{name}.toml").read_text())


def lines_of(name: str) -> list[Line]:
    """Read the invented voices of a story."""
    with (WORDS / f"{name}.csv").open(newline="") as file:
        return [Line(row["theme"], row["kind"], row["text"]) for row in csv.DictReader(file)]


def enrol(organisation: Organisation, names: Iterable[str], *, now: datetime) -> dict[str, Person]:
    """Make invented members, each with an address that cannot exist."""
    people = {}
    for name in names:
        first = name.split(maxsplit=1)[0].lower()
        person = welcome(email=f"{first}@{organisation.address}.example", name=name, now=now)
        arrive(person=person)
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


def prepare(
    calendar: Calendar, cast: Cast, script: Script, *, by: str, giver: str, days: int
) -> Project:
    """Prepare a project as its script says; it is not open yet."""
    now = calendar.at(days)
    project = _begin(cast, script, by=cast[by], now=now)
    words = {key: each for key, each in script["terms"].items() if isinstance(each, str)}
    days_of = {name: calendar.day(script["terms"][name]) for name in ("hear_by", "debrief_on")}
    terms: Script = {**_terms_so_far(project), **words, **days_of}
    projects.write_terms(by=cast[by], project=project, **terms, now=now)
    if ages := script.get("ages"):
        ways = ["unlinked", "support"]
        projects.set_ages(by=cast[by], project=project, ages=ages, known_as=ways, now=now)
    roles = {name: [cast[each] for each in held] for name, held in script["roles"].items()}
    staff(project, cast[giver], roles, now=now)
    windows = {
        name: (calendar.day(opens), calendar.day(closes), note)
        for name, (opens, closes, note) in script["stages"].items()
    }
    projects.set_stages(by=cast[by], project=project, windows=windows, now=now)
    writer, signer = (cast[script["roles"][name][0]] for name in ("facilitator", "decision-maker"))
    review_on = calendar.day(script.get("review", days + A_YEAR))
    assess(project, by=writer, signer=signer, review_on=review_on, now=now)
    return project


def _begin(cast: Cast, script: Script, *, by: Person, now: datetime) -> Project:
    """Begin a project: from one of the templates of *Start here*, where the script names one."""
    known = {name: script[name] for name in ("title", "address")}
    if "template" not in script:
        return projects.prepare(
            by=by,
            organisation=cast.organisation,
            summary=script["summary"],
            board=Project.Board.SHARED,
            now=now,
            **known,
        )
    project = start.begin(
        by=by,
        organisation=cast.organisation,
        template=script["template"],
        title=script["title"],
        now=now,
    )
    return projects.describe(
        by=by,
        project=project,
        summary=script.get("summary", project.summary),
        open_to=script.get("open_to", project.open_to),
        read_within_hours=project.read_within_hours,
        board=Project.Board.SHARED,
        now=now,
        **known,
    )


def _terms_so_far(project: Project) -> dict[str, str]:
    """Return what the template has drafted."""
    terms = newest_terms(project)
    return {name: getattr(terms, name) for name in NAMES} if terms else {}


def assess(project: Project, *, by: Person, signer: Person, review_on: date, now: datetime) -> None:
    """Fill in what must be looked at before people are asked, and let a second person sign it."""
    script = script_of("assessments")
    while waiting := [
        each for each in standings(project, now=now) if each.needed and not each.is_in_force
    ]:
        kind = waiting[0].kind
        said = first_answers(project, kind) | script[kind.key]
        draft = assessments.write(by=by, project=project, kind=kind, answers=said, now=now)
        seen = draft.edition
        assessments.sign(by=signer, assessment=draft, review_on=review_on, seen=seen, now=now)


def staff(project: Project, by: Person, roles: dict[str, list[Person]], *, now: datetime) -> None:
    """Give everyone their role in the project, and put its two readers on the rota."""
    for name, people in roles.items():
        for person in people:
            if project.roles.filter(person=person, name=name).exists():
                continue  # who prepares a project facilitates it already
            projects.give_role(
                by=by,
                project=project,
                email=person.email,
                name=name.removeprefix("deputy-"),
                stands_in=name.startswith("deputy-"),
                starts_on=clock.today(now),
                now=now,
            )
    for standing_in, person in enumerate(roles["reader"]):
        practise(person, now=now)
        projects.add_duty(
            by=by,
            project=project,
            reader=person,
            weekdays=[0, 1, 2, 3, 4],
            from_time=time(9),
            until_time=time(13),
            stand_in=bool(standing_in),
            now=now,
        )


def practise(person: Person, *, now: datetime) -> None:
    """Let a reader go through the practice voices and their first ten."""
    reader = Person.objects.get(pk=person.pk)
    if readers_known.has_practised(reader):
        return
    for each in practice.voices():
        choice = "release" if each.key == "only-one" else each.best[0]
        readers.answer_practice(by=reader, voice=each.key, choice=choice, now=now)
    for number in range(readers_known.FIRST_ONES):
        readers.be_checked(reader=reader, alike=number > 0)


def say(
    project: Project, line: Line, *, keep: bool = True, code: bool = False, now: datetime
) -> voices.Spoken:
    """Let an invented guest speak; their receipt has a code that can be known only if wanted."""
    return voices.speak(
        by=_guest(project, now=now) if keep and not code else Guest(),
        project=project,
        form_key=uuid4(),
        keep_receipt=code,
        add_to_mine=True,
        now=now,
        kind=line.kind,
        text=line.text,
    )


def _guest(project: Project, *, now: datetime) -> Guest:
    """Return a guest with a receipt of which nobody has the code: nothing has to be stretched."""
    receipt = Receipt.objects.create(
        drawer=codes.new().drawer,
        auth=secrets.token_bytes(32),
        scope=project.ref,
        issued_week=clock.week_of(now),
    )
    return Guest(receipt=receipt.ref, withdraw_key=secrets.token_bytes(32))


def say_all(
    project: Project,
    lines: list[Line],
    calendar: Calendar,
    *,
    days: tuple[int, int],
    lost: int = 0,
) -> Iterator[tuple[Line, Voice]]:
    """Let guests speak, spread over the days; every `lost`-th keeps no receipt."""
    first, last = days
    for number, line in enumerate(lines, start=1):
        now = calendar.at(first + (last - first) * number // len(lines))
        keep = not lost or number % lost > 0
        yield line, say(project, line, keep=keep, now=now).voice
        calendar.tick()


def lines_in(script: Script) -> list[Line]:
    """Return the invented voices that stand in the script of a small story itself."""
    return [Line(theme, kind, text) for theme, kind, text in script["voices"]]


def read_all(project: Project, reader: Person, heard: list[Voice]) -> None:
    """Let a reader release what was said, a page at a time, each on the day after."""
    by_day: dict[date, list[Words]] = {}
    for voice in heard:
        by_day.setdefault(voice.words.received_on, []).append(voice.words)
    for day, words in by_day.items():
        now = timezone.make_aware(datetime.combine(day + timedelta(days=1), time(11)))
        for at in range(0, len(words), PAGE):
            versions = {each.ref: each.version for each in words[at : at + PAGE]}
            reading.release_many(by=reader, project=project, versions=versions, now=now)
