"""Members without e-mail: adding them, and printing, replacing and stopping their cards."""

import io
import re
from datetime import UTC, datetime

import pypdf
import pytest
from django.core import mail
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.organisations import cards
from goldenthread.organisations.models import Membership
from goldenthread.organisations.services import give_role
from goldenthread.organisations.tests.factories import OrganisationFactory, member
from goldenthread.people.accounts import second_factor
from goldenthread.people.keycards.models import KeyCard
from goldenthread.people.keycards.tests.test_sign_in import come_in, is_signed_in
from goldenthread.people.notifications.models import Letter
from goldenthread.thread.models import Entry

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
HERE = "/o/forum/settings/without-mail/"
CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_ten():
    with clock.frozen(NOW):
        yield


@pytest.fixture
def calm(monkeypatch):
    monkeypatch.setattr(second_factor, "needs_second_factor", lambda _person: False)


@pytest.fixture
def forum():
    return OrganisationFactory.create(address="forum", name="Users’ Forum")


@pytest.fixture
def ada(forum):
    return member("Ada", forum, "administrator")


@pytest.fixture
def joan(forum, ada):
    return cards.add_without_address(by=ada, organisation=forum, names=["Joan"], now=NOW)[0]


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def sheet_for(client, *members):
    """Make cards by the pages, and return the text of the sheet."""
    made = client.post(f"{HERE}cards/", {"people": [str(each.ref) for each in members]})
    sealed = re.search(r'name="cards" value="([^"]+)"', made.content.decode())[1]
    answer = client.post(f"{HERE}sheet/", {"cards": sealed})
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    return pypdf.PdfReader(io.BytesIO(answer.content))


def kinds():
    return list(Entry.objects.order_by("seq").values_list("kind", flat=True))


def test_from_a_name_to_a_printed_card_that_signs_in(calm, forum, ada):
    client = signed_in(ada)
    assert "Nobody yet" in client.get(HERE).content.decode()
    client.post(HERE, {"names": "Joan Reed\n\n  Kit   \n"})
    members = list(cards.without_address(forum))
    assert [each.person.name for each in members] == ["Joan Reed", "Kit"]
    pdf = sheet_for(client, *members)
    text = pdf.pages[0].extract_text()
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "Joan Reed" in text
    assert "localhost" in text or "card/" in text
    codes = CODE.findall(text)
    assert len(codes) == 2
    assert is_signed_in(come_in(codes[0]))
    assert not mail.outbox
    assert not Letter.objects.exists()


def test_the_code_stands_on_the_sheet_alone(calm, forum, ada, joan):
    client = signed_in(ada)
    made = client.post(f"{HERE}cards/", {"people": [str(joan.ref)]}).content.decode()
    assert not CODE.search(made)
    assert not CODE.search(client.get(HERE).content.decode())


def test_the_sheet_is_for_this_organisation_and_for_half_an_hour(calm, ada, joan):
    client = signed_in(ada)
    made = client.post(f"{HERE}cards/", {"people": [str(joan.ref)]}).content.decode()
    sealed = re.search(r'name="cards" value="([^"]+)"', made)[1]
    other = OrganisationFactory.create(address="other")
    bob = member("Bob", other, "administrator")
    stolen = signed_in(bob).post("/o/other/settings/without-mail/sheet/", {"cards": sealed})
    assert stolen.status_code == 409
    assert client.post(f"{HERE}sheet/", {"cards": "made up"}).status_code == 409


def test_a_new_card_stops_the_old_one_and_stopping_stops_both(calm, ada, joan):
    client = signed_in(ada)
    old = CODE.search(sheet_for(client, joan).pages[0].extract_text())[0]
    inside = come_in(old)
    new = CODE.search(sheet_for(client, joan).pages[0].extract_text())[0]
    assert not is_signed_in(inside)
    assert not is_signed_in(come_in(old))
    assert is_signed_in(come_in(new))
    client.post(f"{HERE}{joan.ref}/stop/")
    assert not is_signed_in(come_in(new))
    assert kinds() == [
        "membership.added",
        "keycard.made",
        "keycard.replaced",
        "keycard.ended",
    ]
    said = str([bytes(each) for each in Entry.objects.values_list("body", flat=True)])
    assert "Joan" not in said
    assert str(joan.person_id) not in said


def test_nobody_chosen_is_said_beside_the_box(calm, ada, joan):
    answer = signed_in(ada).post(f"{HERE}cards/", {})
    assert "Choose at least one person." in answer.content.decode()
    assert not KeyCard.objects.exists()


def test_who_has_an_address_gets_no_card_from_anybody(calm, forum, ada):
    tom = Membership.objects.get(person=member("Tom", forum))
    answer = signed_in(ada).post(f"{HERE}cards/", {"people": [str(tom.ref)]})
    assert answer.status_code == 200
    with pytest.raises(Refusal, match="Choose at least one"):
        cards.make_cards(by=ada, organisation=forum, refs=[tom.ref], now=NOW)
    with pytest.raises(Refusal, match="their own card"):
        cards.withdraw_card(by=ada, membership=tom, now=NOW)
    assert not KeyCard.objects.exists()


@pytest.mark.parametrize("roles", [[], ["facilitator"], ["treasurer"]])
def test_only_administrators_add_print_and_stop(calm, forum, joan, roles):
    tom = member("Tom", forum, *roles)
    client = signed_in(tom)
    assert client.get(HERE).status_code == 404
    assert client.post(f"{HERE}cards/", {"people": [str(joan.ref)]}).status_code == 404
    assert client.post(f"{HERE}{joan.ref}/stop/").status_code == 404
    for act in (
        lambda: cards.add_without_address(by=tom, organisation=forum, names=["X"], now=NOW),
        lambda: cards.make_cards(by=tom, organisation=forum, refs=[joan.ref], now=NOW),
        lambda: cards.withdraw_card(by=tom, membership=joan, now=NOW),
    ):
        with pytest.raises(Refusal):
            act()


def test_the_members_of_another_organisation_are_out_of_reach(calm, ada):
    other = OrganisationFactory.create(address="other")
    bob = member("Bob", other, "administrator")
    theirs = cards.add_without_address(by=bob, organisation=other, names=["Sam"], now=NOW)[0]
    signed_in(ada).post(f"{HERE}cards/", {"people": [str(theirs.ref)]})
    assert signed_in(ada).post(f"{HERE}{theirs.ref}/stop/").status_code == 404
    assert not KeyCard.objects.exists()


def test_a_card_alone_opens_no_role_that_needs_a_second_factor(forum, ada, joan):
    give_role(by=ada, membership=joan, name="administrator", starts_on=NOW.date(), now=NOW)
    code = cards.make_cards(by=ada, organisation=forum, refs=[joan.ref], now=NOW)[0][1]
    client = come_in(code)
    answer = client.get("/o/forum/settings/people/")
    assert answer["Location"] == "/account/2fa/"


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(
    calm, forum, ada, number, django_assert_max_num_queries
):
    cards.add_without_address(by=ada, organisation=forum, names=["Joan"] * number, now=NOW)
    client = signed_in(ada)
    with django_assert_max_num_queries(10):
        assert client.get(HERE).status_code == 200
