from typing import Any

import pytest
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.testing.queries import at_most
from goldenthread.people.receipts import services as receipts
from goldenthread.projects.speaker import RECEIPT, Guest, sealed_receipt
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.reading.tests.factories import sign_in
from goldenthread.safety.requests import services
from goldenthread.safety.requests.models import DataProtection, DataRequest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _time() -> Any:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def here() -> Listening:
    return listening_project()


@pytest.fixture
def ada(here: Listening) -> Client:
    return sign_in(Client(), here.ada)


def ask(here: Listening, text: str = "All of it, please.", **given: Any) -> DataRequest:
    given = {"by": here.mina, "kind": "access", **given}
    return services.ask(organisation=here.organisation, text=text, now=NOW, **given)


def path(here: Listening, rest: str = "") -> str:
    return f"/o/{here.organisation.address}/requests/{rest}"


def test_a_member_asks_and_reads_the_answer(here: Listening) -> None:
    browser = sign_in(Client(), here.mina)
    there = f"/o/{here.organisation.address}/your-data/ask/"
    shown = browser.post(there, {"kind": "", "text": "All of it"})
    assert "Please choose one." in shown.content.decode()
    assert "All of it" in shown.content.decode()
    answer = browser.post(there, {"kind": "access", "text": "All of it"}, follow=True)
    assert "You hear from us by 10 April 2026." in answer.content.decode()
    made = DataRequest.objects.get()
    services.answer(by=here.ada, request=made, outcome="done", text="Here it is.", now=NOW)
    assert "Here it is." in browser.get("/account/requests/").content.decode()


def test_to_see_everything_needs_no_words_and_to_put_something_right_does(here: Listening) -> None:
    browser = sign_in(Client(), here.mina)
    there = f"/o/{here.organisation.address}/your-data/ask/"
    wrong = browser.post(there, {"kind": "correction", "text": ""}).content.decode()
    assert "Please say what it is about." in wrong
    assert not DataRequest.objects.exists()
    assert browser.post(there, {"kind": "access", "text": ""}).status_code == 302
    assert DataRequest.objects.get().kind == "access"


def test_a_guest_is_answered_behind_the_receipt_and_nobody_else_sees_it(here: Listening) -> None:
    issued = receipts.issue(scope=here.project.ref, now=NOW)
    holder = Guest(receipt=issued.receipt.ref)
    browser = Client()
    session = browser.session
    session[RECEIPT] = sealed_receipt(holder)
    session.save()
    browser.cookies["session"] = session.session_key or ""
    there = f"/o/{here.organisation.address}/your-data/ask/"
    browser.post(there, {"kind": "access", "text": "All of it"})
    made = DataRequest.objects.get()
    assert made.receipt_id == holder.receipt
    services.answer(by=here.ada, request=made, outcome="done", text="Kingfisher.", now=NOW)
    assert "Kingfisher." in browser.get("/receipt/requests/").content.decode()
    assert Client().get("/receipt/requests/")["Location"] == "/receipt/"
    other = sign_in(Client(), here.cara)
    assert "Kingfisher." not in other.get("/account/requests/").content.decode()


def test_a_guest_without_a_receipt_sees_how_to_be_answered(here: Listening) -> None:
    DataProtection.objects.create(organisation=here.organisation, contact_shown="Dora, Room 4")
    shown = Client().get(f"/o/{here.organisation.address}/your-data/ask/").content.decode()
    assert "Open my receipt" in shown
    assert "Dora, Room 4" in shown
    assert "ico.org.uk" in shown


def test_the_list_costs_as_much_for_three_as_for_one(here: Listening, ada: Client) -> None:
    counts = []
    ada.get(path(here))  # the first page of a session costs more
    for number in (1, 2):
        for _ in range(number):
            ask(here)
        with at_most(10) as asked:
            assert ada.get(path(here)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_ada_answers_on_the_page_and_a_gap_keeps_what_she_wrote(
    here: Listening, ada: Client
) -> None:
    made = ask(here)
    one = path(here, f"{made.ref}/")
    assert "All of it, please." in ada.get(one).content.decode()
    shown = ada.post(f"{one}answer/", {"text": "Nearly there"}).content.decode()
    assert "Nearly there" in shown
    assert "Please choose one." in shown
    ada.post(f"{one}acknowledge/")
    ada.post(f"{one}pause/", {"waits_for": "clarity"})
    ada.post(f"{one}resume/")
    ada.post(f"{one}extend/", {"because": "Many files."})
    answer = ada.post(f"{one}answer/", {"outcome": "partly", "text": "Here."}, follow=True)
    assert "Done in part" in answer.content.decode()
    assert "Done in part" in ada.get(path(here, "?answered")).content.decode()


def test_an_erasure_is_carried_out_on_the_page(here: Listening, ada: Client) -> None:
    made = ask(here, kind="erasure")
    one = path(here, f"{made.ref}/")
    assert "Erase it now" in ada.get(one).content.decode()
    ada.post(f"{one}erase/")
    made.refresh_from_db()
    assert made.carried_out_on is not None
    assert "Erase it now" not in ada.get(one).content.decode()


def test_a_letter_is_noted(here: Listening, ada: Client) -> None:
    given = {"kind": "access", "text": "x", "who": "Ann, 4 Mill Lane", "received_on": "2026-03-02"}
    answer = ada.post(path(here, "letter/"), given, follow=True)
    assert "Ann, 4 Mill Lane" in answer.content.decode()
    assert "2 April 2026" in answer.content.decode()


def test_ada_says_who_answers(here: Listening, ada: Client) -> None:
    given = {"contact": str(here.cara.pk), "contact_shown": "Cara", "basis": "public-task"}
    ada.post(path(here, "controller/"), given)
    said = DataProtection.objects.get()
    assert (said.contact, said.basis, said.officer) == (here.cara, "public-task", "")
    assert (
        ada.post(path(here, "controller/"), {"contact": str(here.stranger.pk)}).status_code == 200
    )
    assert DataProtection.objects.get().contact == here.cara
    cara = sign_in(Client(), here.cara)
    assert cara.get(path(here)).status_code == 200
    assert cara.get(path(here, "controller/")).status_code == 404
