from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.held import holdings
from goldenthread.kit.testing.queries import at_most
from goldenthread.organisations.tests.factories import OrganisationFactory
from goldenthread.projects.models import Partner
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.requests.models import DataProtection

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Iterator[Listening]:
    with clock.frozen(NOW):
        yield listening_project()


def body(path: str) -> str:
    with at_most(10):
        return Client().get(path).content.decode()


def test_it_lists_every_table_about_people_with_its_time_and_reason(here: Listening) -> None:
    shown = body("/what-we-keep/")
    for model, held in holdings():
        if model._meta.app_label != "example":
            assert str(held.what) in shown
            assert all(sentence in shown for sentence in held.sentences)


def test_a_new_table_stands_in_it_by_itself(
    here: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = replace(DataProtection.held, what="Kingfishers", why="Because.", until="For a day.")
    monkeypatch.setattr(DataProtection, "held", held)
    shown = body("/what-we-keep/")
    assert "Kingfishers" in shown
    assert "For a day." in shown


def test_an_organisation_says_who_answers_and_what_it_has_not_said(here: Listening) -> None:
    there = f"/o/{here.organisation.address}/what-we-keep/"
    assert "has not said yet why it may keep your data" in body(there)
    DataProtection.objects.create(
        organisation=here.organisation,
        contact=here.cara,
        contact_shown="Dora, Room 4",
        basis="public-task",
        condition="equality",
        registered_as="ZA123456",
    )
    shown = body(there)
    for said in ("Dora, Room 4", "Our public task", "treated equally", "ZA123456"):
        assert said in shown
    assert here.cara.email not in shown
    for said in ("within 30 days", "one calendar month", "ico.org.uk", "/your-data/ask/"):
        assert said in shown


def test_a_project_names_every_controller(here: Listening) -> None:
    other = OrganisationFactory.create(name="The other union")
    Partner.objects.create(project=here.project, organisation=other, controller=True)
    Partner.objects.filter(organisation=here.organisation).update(controller=True)
    shown = body(f"/p/{here.project.address}/what-we-keep/")
    assert shown.count("has not said yet whom to write to") == 2
    assert "The other union" in shown


def test_a_project_for_children_says_when_their_words_go() -> None:
    asks = listening_project(ages=["13-15"])
    assert (
        "six months after the debrief"
        in body(f"/p/{asks.project.address}/what-we-keep/").split("one by one")[0]
    )


def test_the_foot_of_a_page_leads_to_the_nearest_notice(here: Listening) -> None:
    project, organisation = here.project.address, here.organisation.address
    for page, there in (
        (f"/p/{project}/", f"/p/{project}/what-we-keep/"),
        (f"/o/{organisation}/", f"/o/{organisation}/what-we-keep/"),
        ("/", "/what-we-keep/"),
    ):
        assert f'href="{there}"' in Client().get(page).content.decode()
