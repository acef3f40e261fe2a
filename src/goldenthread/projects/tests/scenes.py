"""A project in preparation, step by step, through the front door."""

from datetime import date, datetime, time

import pytest

from goldenthread.organisations.models import Organisation
from goldenthread.organisations.tests.factories import HelpLineFactory, OrganisationFactory, member
from goldenthread.people.accounts.models import Person
from goldenthread.projects import gates, services
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW
from goldenthread.safety.assessments.tests.factories import assess
from goldenthread.safety.readers.tests.factories import experienced

TERMS = {
    "question": "What would make the wait for counselling easier?",
    "can_change": "Opening times, and how we keep in touch.",
    "cannot_change": "The number of counsellors before August.",
    "who_decides": "A panel of twelve people, eight of them students.",
    "risks_accepted": "We may hear that we got things wrong.",
    "what_people_get_back": "An answer, and a voucher for panel members.",
    "hear_by": date(2026, 6, 1),
    "debrief_on": date(2026, 6, 30),
}
WINDOWS = {
    "listen": (date(2026, 3, 2), date(2026, 4, 5), ""),
    "empower": (date(2026, 3, 16), date(2026, 5, 3), ""),
    "act": (date(2026, 5, 4), date(2026, 6, 14), ""),
    "debrief": (date(2026, 6, 15), date(2026, 6, 30), ""),
}
TODAY = date(2026, 3, 10)


def gates_of_this_room(kind: str) -> list[gates.Gate]:
    """Our own gates to `open` or `close`; other rooms test theirs."""
    every = vars(gates)[f"_to_{kind}"]
    return [each for each in every if each.__module__.startswith("goldenthread.projects.")]


def with_gate(monkeypatch: pytest.MonkeyPatch, kind: str, *sentences: str) -> None:
    """Leave our own gates, and one of another room that asks for `sentences`."""

    def elsewhere(_project: Project, *, now: datetime) -> list[str]:
        return list(sentences) if now else []

    monkeypatch.setattr(gates, f"_to_{kind}", [*gates_of_this_room(kind), elsewhere])


class Scene:
    """A draft and the people who make it ready: each deed can be left out."""

    def __init__(self) -> None:
        self.organisation: Organisation = OrganisationFactory.create(name="Northmoor")
        self.ada = member("Ada", self.organisation, "administrator")
        self.tom = member("Tom", self.organisation, "facilitator")
        self.people: dict[str, Person] = {}
        self.project: Project = services.prepare(
            by=self.tom,
            organisation=self.organisation,
            title="Getting help while you wait",
            summary="You told us that the wait is the hardest part.",
            now=NOW,
        )

    def person(self, name: str) -> Person:
        if name not in self.people:
            self.people[name] = member(name.title(), self.organisation)
        return self.people[name]

    def give(self, name: str, role: str, **dates: date) -> Person:
        person = self.person(name)
        services.give_role(
            by=self.ada,
            project=self.project,
            email=person.email,
            name=role,
            now=NOW,
            **{"starts_on": TODAY, **dates},
        )
        return person

    def put_on_rota(self, name: str, *, stand_in: bool = False) -> None:
        services.add_duty(
            by=self.tom,
            project=self.project,
            reader=self.person(name),
            weekdays=[0, 1, 2, 3, 4],
            from_time=time(9),
            until_time=time(13),
            stand_in=stand_in,
            now=NOW,
        )

    def write(self, **changed: object) -> None:
        services.write_terms(by=self.tom, project=self.project, now=NOW, **{**TERMS, **changed})

    def reader(self) -> None:
        experienced(self.give("rosa", "reader"))
        self.put_on_rota("rosa")

    def stand_in(self) -> None:
        experienced(self.give("sam", "reader"))
        self.put_on_rota("sam", stand_in=True)

    def safeguarder(self) -> None:
        self.give("priya", "safeguarder")

    def help_line(self) -> None:
        HelpLineFactory.create(organisation=self.organisation)

    def stages(self) -> None:
        services.set_stages(by=self.tom, project=self.project, windows=WINDOWS, now=NOW)

    def terms(self) -> None:
        self.write()

    def assess(self) -> None:
        assess(self.project, by=self.tom, signer=self.ada)

    def make_ready(self, *, without: str = "") -> "Scene":
        for deed in ("terms", "reader", "stand_in", "safeguarder", "help_line", "stages", "assess"):
            if deed != without:
                getattr(self, deed)()
        return self

    def open(self) -> "Scene":
        self.project = services.open_listening(by=self.tom, project=self.project, now=NOW)
        return self


def open_scene() -> Scene:
    return Scene().make_ready().open()
