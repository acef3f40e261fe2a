"""A request that waits for whoever asked: they hear of it and can reply; it stays in sight."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.testing.queries import at_most
from goldenthread.people.notifications.models import Letter
from goldenthread.people.receipts import services as receipts
from goldenthread.projects.speaker import RECEIPT, Guest, sealed_receipt
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.projects.work import work_for
from goldenthread.safety.reading.tests.factories import sign_in
from goldenthread.safety.requests import queries, services
from goldenthread.safety.requests.models import DataProtection, DataRequest
from goldenthread.thread.models import HeldEntry

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
LINE = "I wrote about the wait in spring."


@pytest.fixture(autouse=True)
def _time() -> Any:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def here() -> Listening:
    return listening_project()


def paused(here: Listening, **given: Any) -> DataRequest:
    said = {"by": here.mina, "organisation": here.organisation, "now": NOW, **given}
    made = services.ask(kind="access", text="All of it?", **said)
    return services.pause(by=here.ada, request=made, waits_for="clarity", now=NOW)


def with_receipt(here: Listening) -> tuple[Client, Guest]:
    issued = receipts.issue(scope=here.project.ref, now=NOW)
    holder, browser = Guest(receipt=issued.receipt.ref), Client()
    session = browser.session
    session[RECEIPT] = sealed_receipt(holder)
    session.save()
    browser.cookies["session"] = session.session_key or ""
    return browser, holder


def test_it_stays_in_sight_and_asks_again_after_a_fortnight(here: Listening) -> None:
    made = paused(here)
    for days, tone in ((0, "quiet"), (13, "quiet"), (14, "due"), (90, "due")):
        with at_most(1):
            [work] = queries.waiting(here.ada, [], now=NOW + days * DAY)
        assert (work.tone, "has not replied since 10 March 2026" in work.text) == (tone, True)
        assert work_for(here.ada, [], now=NOW + days * DAY)
    services.ask(by=here.cara, organisation=here.organisation, kind="access", text="", now=NOW)
    lines = [work.text for work in queries.waiting(here.ada, [], now=NOW)]
    assert [line.split(" about")[0] for line in lines] == [
        "Answer someone",
        "Someone who asked",
    ]
    services.answer(by=here.ada, request=made, outcome="refused", text="No reply.", now=NOW)
    assert len(queries.waiting(here.ada, [], now=NOW)) == 1


def test_whoever_asked_gets_a_mail_without_words(here: Listening) -> None:
    made = paused(here)
    [letter] = Letter.objects.all()
    assert (letter.person, letter.text, letter.link) == (
        here.mina,
        "data-question",
        "/account/requests/",
    )
    services.resume(by=here.ada, request=made, now=NOW + DAY)
    services.pause(by=here.ada, request=made, waits_for="identity", now=NOW + DAY)
    assert Letter.objects.count() == 2


def test_a_member_replies_and_the_clock_runs_again(here: Listening) -> None:
    DataProtection.objects.create(organisation=here.organisation, contact=here.cara)
    made = paused(here)
    before = Letter.objects.filter(person=here.cara).count()
    page = f"/account/requests/{made.ref}/"
    with clock.frozen(NOW + 10 * DAY):
        browser = sign_in(Client(), here.mina)
        assert page in browser.get("/account/requests/").content.decode()
        assert "Please write something here." in browser.post(page, {"text": " "}).content.decode()
        done = browser.post(page, {"text": LINE}, follow=True)
        assert done.redirect_chain[0][0] == "/account/requests/"
        assert "You hear from us by 20 April 2026." in done.content.decode()
        late = browser.post(page, {"text": LINE}).content.decode()
        assert "There is no question for you here any more." in late
        assert LINE in late
        ada = sign_in(Client(), here.ada)
        href = f"/o/{here.organisation.address}/requests/{made.ref}/"
        seen = ada.get(href).content.decode()
    assert "All of it?" in seen
    assert f"20 March 2026: {LINE}" in seen
    made.refresh_from_db()
    assert (made.paused_on, made.paused_days, made.due_on) == (None, 10, date(2026, 4, 20))
    assert Letter.objects.filter(person=here.cara).count() == before + 1
    assert HeldEntry.objects.filter(kind="request.resumed", about=made.ref).exists()


def test_a_guest_replies_behind_the_receipt(here: Listening) -> None:
    browser, holder = with_receipt(here)
    made = paused(here, by=holder)
    page = f"/receipt/requests/{made.ref}/"
    assert page in browser.get("/receipt/requests/").content.decode()
    code = receipts.issue(scope=here.project.ref, now=NOW).code
    wrong = browser.post(page, {"text": f"It is {code}"}).content.decode()
    assert "There is a receipt in what you wrote." in wrong
    done = browser.post(page, {"text": LINE}, follow=True)
    assert done.redirect_chain[0][0] == "/receipt/requests/"
    made.refresh_from_db()
    assert made.paused_on is None


def test_nobody_replies_for_another(here: Listening) -> None:
    made = paused(here)
    other, holder = with_receipt(here)
    for name in ("cara", "ada", "rosa", "stranger"):
        browser = sign_in(Client(), getattr(here, name))
        for answer in (browser.get, browser.post):
            assert answer(f"/account/requests/{made.ref}/").status_code == 404
    assert other.get(f"/receipt/requests/{made.ref}/").status_code == 404
    for path in ("account", "receipt"):
        assert Client().post(f"/{path}/requests/{made.ref}/").status_code == 302
    for speaker in (holder, here.cara, Guest()):
        with pytest.raises(Refusal):
            services.reply(by=speaker, request=made, text=LINE, now=NOW)
    made.refresh_from_db()
    assert made.paused_on is not None
