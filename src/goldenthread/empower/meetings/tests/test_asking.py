"""Whoever is asked reads who asks, what can change and by when they hear."""

from typing import Any

import pytest
from django.test import Client

from goldenthread.empower.groups import services as groups
from goldenthread.empower.groups.models import Seat
from goldenthread.empower.groups.tests.factories import panel
from goldenthread.empower.meetings import services as meetings
from goldenthread.empower.meetings.tests.factories import KEPT
from goldenthread.kit import clock
from goldenthread.kit.sealing import seal
from goldenthread.kit.text import say_day
from goldenthread.organisations import services as organisations
from goldenthread.organisations.tests.factories import member
from goldenthread.people.notifications.letters import letter
from goldenthread.people.notifications.models import Letter
from goldenthread.projects import services as projects
from goldenthread.projects.models import Project, ProjectRole, Terms
from goldenthread.projects.tests.factories import NOW, Listening, listening_project

TODAY = NOW.date()
pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Any:
    with clock.frozen(NOW):
        yield listening_project()


def ask(here: Listening, kind: str) -> Letter:
    """Ask Noor, who has no part in the project yet, to take one."""
    noor = member("Noor", here.organisation)
    if kind == "asked-to-help":
        projects.give_role(
            by=here.ada,
            project=here.project,
            email=noor.email,
            name="co-lead",
            starts_on=TODAY,
            now=NOW,
        )
    elif kind == "seat":
        groups.fill_seat(
            by=here.tom,
            group=panel(here.project),
            person=noor,
            filled=Seat.Filled.INVITED,
            lived_experience=True,
            now=NOW,
        )
    else:
        group = panel(here.project, noor)
        meeting = meetings.plan_meeting(by=here.tom, group=group, now=NOW, **KEPT)
        meetings.announce(by=here.tom, meeting=meeting, now=NOW)
    return Letter.objects.get(text=kind, person=noor)


@pytest.mark.parametrize(
    ("kind", "asks"), [("asked-to-help", "Ada"), ("seat", "Tom"), ("meeting", "Tom")]
)
def test_letter_and_page_say_who_asks_what_can_change_and_by_when(
    here: Listening, kind: str, asks: str
) -> None:
    sent, terms = ask(here, kind), Terms.objects.get(project=here.project)
    mail = letter(sent.text).written(sent.names, sent.link, "/")
    body = " ".join(mail.text.split())
    page = Client().get(sent.link)
    assert page.status_code == 200
    for text in (body, page.content.decode()):
        assert f"{asks} of {here.organisation.name}" in text
        assert terms.can_change in text
        assert say_day(terms.hear_by) in text.replace("\xa0", " ")
    assert "/account/sign-in/?next=" in page.content.decode()


def test_the_page_stands_as_long_as_what_is_asked(here: Listening) -> None:
    link = ask(here, "asked-to-help").link
    ProjectRole.objects.filter(person__name="Noor").delete()
    assert Client().get(link).status_code == 404


@pytest.mark.parametrize("said", ["wrong", "x" * 300, "role:1:2"])
@pytest.mark.parametrize("sealed", [False, True])
def test_a_link_that_is_not_ours_tells_nothing(here: Listening, said: str, *, sealed: bool) -> None:
    token = seal(said).decode() if sealed else said
    answer = Client().get(f"/asked/{token}/")
    assert answer.status_code == 404
    assert here.project.title not in answer.content.decode()


def test_the_page_opens_nothing_else(here: Listening) -> None:
    link = ask(here, "asked-to-help").link
    Project.objects.filter(pk=here.project.pk).update(open_to="members")
    client = Client()
    assert client.get(link).status_code == 200
    assert client.get(f"/p/{here.project.address}/").status_code == 404


def test_nobody_writes_to_themselves(here: Listening) -> None:
    projects.give_role(
        by=here.ada,
        project=here.project,
        email=here.ada.email,
        name="facilitator",
        starts_on=TODAY,
        now=NOW,
    )
    assert not Letter.objects.exists()


def joined(here: Listening, **given: Any) -> str:
    more = {"ends_on": TODAY, "uses": None, "why": "We want carers on the panel.", **given}
    secret = organisations.invite(by=here.ada, organisation=here.organisation, now=NOW, **more)
    return str(Client().get(f"/join/{secret}/").content.decode())


def test_an_invitation_to_an_organisation_says_who_asks_and_why(here: Listening) -> None:
    page = joined(here)
    assert f"Ada of {here.organisation.name} asks you to join." in page
    assert "We want carers on the panel." in page
    assert "What can change" not in page


def test_an_invitation_for_a_project_says_what_can_change_and_by_when(here: Listening) -> None:
    page = joined(here, about=here.project.ref)
    terms = Terms.objects.get(project=here.project)
    assert "asks you to take part in" in page
    assert here.project.title in page
    assert terms.can_change in page
    assert say_day(terms.hear_by) in page.replace("\xa0", " ")
    Project.objects.filter(pk=here.project.pk).update(state="closed", closed_on=TODAY)
    assert here.project.title not in joined(here, about=here.project.ref)


def test_an_invitation_tells_nothing_of_the_project_of_another_organisation(
    here: Listening,
) -> None:
    other = listening_project(title="Not yours")
    assert "Not yours" not in joined(here, about=other.project.ref)
