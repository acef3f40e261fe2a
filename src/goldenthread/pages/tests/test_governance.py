import io
from collections.abc import Iterator

import pytest
from django.test import Client
from pypdf import PdfReader

from goldenthread.kit import clock
from goldenthread.kit.held import holdings
from goldenthread.kit.testing.queries import at_most
from goldenthread.organisations.tests.factories import OrganisationFactory
from goldenthread.pages.governing import PAPERS
from goldenthread.projects.models import Partner
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.reading.tests.factories import sign_in
from goldenthread.safety.requests.models import DataProtection

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Iterator[Listening]:
    with clock.frozen(NOW):
        yield listening_project()


@pytest.fixture
def ada(here: Listening) -> Client:
    browser = sign_in(Client(), here.ada)
    browser.get("/help/")  # the first page of a session writes it
    return browser


def path(here: Listening, rest: str = "") -> str:
    return f"/o/{here.organisation.address}/governance/{rest}"


def test_gaps_are_marked_and_go_when_the_settings_fill_them(here: Listening, ada: Client) -> None:
    page = path(here, "record-of-processing/")
    before = ada.get(page).content.decode()
    assert "Give your number in the register of the ICO." in before
    DataProtection.objects.create(
        organisation=here.organisation,
        contact_shown="Dora",
        basis="public-task",
        condition="equality",
        registered_as="ZA123456",
        officer="Sam",
        overseen_by="A firm in Leeds",
    )
    after = ada.get(page).content.decode()
    assert "To fill in" not in after
    assert all(said in after for said in ("Dora", "ZA123456", "Sam", "A firm in Leeds"))
    with at_most(10):
        listed = ada.get(path(here)).content.decode()
    assert "Filled\u00a0in" in listed


@pytest.mark.parametrize("slug", sorted(PAPERS))
def test_every_paper_is_a_page_a_file_and_a_pdf(here: Listening, ada: Client, slug: str) -> None:
    with at_most(10):
        page = ada.get(path(here, f"{slug}/"))
    assert page.status_code == 200
    file = ada.get(path(here, f"{slug}/html/"))
    assert file["Content-Disposition"] == f'attachment; filename="{slug}.html"'
    assert "href=" not in file.content.decode()
    pdf = PdfReader(io.BytesIO(ada.get(path(here, f"{slug}/pdf/")).content))
    assert here.organisation.name in str(pdf.metadata.title)
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert pdf.outline


def test_the_schedule_holds_every_rule(here: Listening, ada: Client) -> None:
    shown = ada.get(path(here, "retention/")).content.decode()
    for _model, held in holdings():
        assert all(sentence in shown for sentence in held.sentences)


def test_projects_of_several_organisations_need_an_agreement(here: Listening, ada: Client) -> None:
    assert "No project of yours" in ada.get(path(here, "joint-controllers/")).content.decode()
    other = OrganisationFactory.create(name="The other union")
    Partner.objects.filter(project=here.project).update(controller=True)
    Partner.objects.create(project=here.project, organisation=other, controller=True)
    shown = ada.get(path(here, "joint-controllers/")).content.decode()
    assert "The other union" in shown
    assert "Sign this" in shown


def test_only_those_who_answer_see_the_pack(here: Listening) -> None:
    for person in (here.mina, here.tom, here.stranger):
        assert sign_in(Client(), person).get(path(here)).status_code == 404
    DataProtection.objects.create(organisation=here.organisation, contact=here.cara)
    assert sign_in(Client(), here.cara).get(path(here)).status_code == 200


def test_what_is_no_paper_is_not_there(here: Listening, ada: Client) -> None:
    assert ada.get(path(here, "recipes/")).status_code == 404
    assert ada.get(path(here, "retention/exe/")).status_code == 404
