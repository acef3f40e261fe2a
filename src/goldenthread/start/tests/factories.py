"""Somebody who has been told to begin."""

from typing import Any

from django.test import Client
from django.urls import reverse

from goldenthread.organisations.tests.factories import OrganisationFactory, member
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW
from goldenthread.start.queries import begins_with

ROTA = {"weekdays": ["0", "2"], "from_time": "10:00", "until_time": "12:00"}
DAYS = {
    "opens_on": "2026-03-16",
    "closes_on": "2026-04-12",
    "hear_by": "2026-05-25",
    "debrief_on": "2026-07-06",
}


def given_to(project: Project, step: str, **more: str) -> dict[str, Any]:
    """What the page holds, as the browser of its beginner would send it again."""
    initial = begins_with(project.start, step, by=project.created_by, now=NOW)
    return {name: value for name, value in initial.items() if value not in (None, "")} | more


class Around:
    """An organisation with an administrator who facilitates too, a facilitator and a member."""

    def __init__(self) -> None:
        self.organisation = OrganisationFactory.create()
        self.ada = member("Ada", self.organisation, "administrator", "facilitator")
        self.tom = member("Tom", self.organisation, "facilitator")
        self.mina = member("Mina", self.organisation)

    @property
    def begin(self) -> str:
        return reverse("start:begin", args=[self.organisation.address])

    def begun(self, by: Client, template: str = "service-feedback") -> Project:
        answer = by.post(self.begin, {"template": template, "title": ""})
        project = Project.objects.get(start__template=template)
        assert answer.headers["Location"] == at(project, "ask")
        return project


def at(project: Project, step: str = "") -> str:
    home = reverse("start:overview", args=[project.address])
    return f"{home}{step}/" if step else home
