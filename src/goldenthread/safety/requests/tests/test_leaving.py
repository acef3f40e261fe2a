"""Who is erased leaves no role behind that nobody holds."""

from typing import Any

import pytest
from django.test import Client

from goldenthread.kit import clock
from goldenthread.organisations.models import Membership
from goldenthread.organisations.tests.factories import member
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Partner, ProjectRole
from goldenthread.projects.tests.factories import NOW, Listening, listening_project, opened
from goldenthread.safety.reading.tests.factories import sign_in
from goldenthread.safety.requests import services
from goldenthread.safety.requests.models import DataRequest

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Listening:
    found = listening_project()
    opened(found.project)
    return found


def erase(here: Listening, person: Person) -> Any:
    """Let somebody ask, and an administrator press the button."""
    made = services.ask(
        by=person, organisation=here.organisation, kind="erasure", text="Please.", now=NOW
    )
    with clock.frozen(NOW):
        href = f"/o/{here.organisation.address}/requests/{made.ref}/erase/"
        return sign_in(Client(), here.ada).post(href)


def belongs(here: Listening, person: Person) -> bool:
    return Membership.objects.filter(person=person, organisation=here.organisation).exists()


def second(here: Listening, name: str) -> Person:
    """Somebody else who does the same in the project."""
    person = member("Otto", here.organisation)
    ProjectRole.objects.create(
        project=here.project, person=person, name=name, starts_on="2026-02-02"
    )
    return person


def test_the_only_administrator_is_not_erased_before_there_is_another(here: Listening) -> None:
    answer = erase(here, here.ada)
    assert answer.status_code == 409
    assert "This is the only administrator." in answer.content.decode()
    assert belongs(here, here.ada)
    assert DataRequest.objects.get().carried_out_on is None
    other = member("Otto", here.organisation)
    membership = Membership.objects.get(person=other)
    membership.roles.create(name="administrator", starts_on="2026-02-02")
    assert erase(here, here.ada).status_code == 302
    assert not belongs(here, here.ada)


@pytest.mark.parametrize(("who", "name"), [("priya", "safeguarder"), ("dev", "decision-maker")])
def test_an_open_project_keeps_somebody(here: Listening, who: str, name: str) -> None:
    person = getattr(here, who)
    answer = erase(here, person)
    assert answer.status_code == 409
    assert "Give the role to someone else first" in answer.content.decode()
    assert belongs(here, person)
    second(here, name)
    assert erase(here, person).status_code == 302
    assert not belongs(here, person)


def test_who_belongs_to_another_partner_too_keeps_the_role(here: Listening) -> None:
    there = listening_project()
    Partner.objects.create(project=here.project, organisation=there.organisation)
    Membership.objects.create(
        person=here.priya, organisation=there.organisation, joined_on="2026-02-02"
    )
    assert erase(here, here.priya).status_code == 302
    assert not belongs(here, here.priya)


@pytest.mark.parametrize("who", ["mina", "rosa", "tom", "cara"])
def test_all_others_are_erased_at_once(here: Listening, who: str) -> None:
    assert erase(here, getattr(here, who)).status_code == 302
    assert not belongs(here, getattr(here, who))
