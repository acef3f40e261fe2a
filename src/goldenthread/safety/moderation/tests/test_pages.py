"""Who reaches which page of moderation, and that everyone can report without an account."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goldenthread.kit import clock
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.moderation import services
from goldenthread.safety.moderation.models import Complaint, Report
from goldenthread.safety.moderation.tests.factories import (
    WORDS,
    complained,
    removed,
    reported,
    shown_voice,
)
from goldenthread.safety.reading.tests.factories import sign_in

pytestmark = pytest.mark.django_db
EVERYONE = ["guest", "mina", "tom", "rosa", "sam", "priya", "dev", "cara", "ada", "nell"]
CODE = re.compile(r'<code id="code">([^<]+)</code>')


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def here() -> Listening:
    return listening_project()


def go_in(here: Listening, name: str) -> Client:
    client = Client()
    if name != "guest":
        sign_in(client, getattr(here, name))
    return client


def at(here: Listening, rest: str) -> str:
    return f"/p/{here.project.address}/{rest}"


def test_a_guest_reports_what_they_see_and_finds_the_outcome_behind_the_receipt(
    here: Listening,
) -> None:
    voice, client = shown_voice(here), Client()
    board = client.get(at(here, "board/")).content.decode()
    href = at(here, f"report/voice/{voice.pk}/")
    assert href in board
    assert WORDS not in client.get(href).content.decode()
    wrong = client.post(href, {"note": "My sister."}).content.decode()
    assert "Please choose what is wrong." in wrong
    assert "My sister." in wrong
    done = client.post(href, {"because": "names-someone"}).content.decode()
    found = CODE.search(done)
    assert found
    services.decide(by=here.rosa, report=Report.objects.get(), outcome="second", now=NOW)
    client.post("/receipt/", {"code": found[1]})
    assert "It is not shown now" in client.get("/receipt/").content.decode()
    place = client.get(at(here, f"voices/{voice.pk}/")).content.decode()
    assert "A reader is looking at this again." in place
    assert WORDS not in place


def test_what_is_not_there_cannot_be_reported(here: Listening) -> None:
    for kind, ref in (("voice", uuid4()), ("secret", shown_voice(here).pk)):
        assert Client().get(at(here, f"report/{kind}/{ref}/")).status_code == 404


@pytest.mark.parametrize("name", EVERYONE)
def test_each_page_is_for_those_whose_it_is(here: Listening, name: str) -> None:
    done = reported(here, shown_voice(here))
    appeal = services.appeal(words=removed(here, shown_voice(here)), text="No.", now=NOW)
    complaint = complained(here)
    organisation = f"/o/{here.organisation.address}/"
    pages = {
        at(here, "moderation/"): {"rosa", "sam"},
        at(here, f"moderation/reports/{done.report.ref}/"): {"rosa", "sam"},
        at(here, "moderation/appeals/"): {"rosa", "sam", "cara"},
        at(here, f"moderation/appeals/{appeal.ref}/"): {"rosa", "sam", "cara"},
        at(here, "moderation/log/"): {"rosa", "sam", "cara", "tom", "dev", "ada"},
        at(here, "moderation/log.csv"): {"rosa", "sam", "cara", "tom", "dev", "ada"},
        at(here, "moderation/log.json"): {"rosa", "sam", "cara", "tom", "dev", "ada"},
        f"{organisation}complaints/": {"ada"},
        f"{organisation}complaints/{complaint.ref}/": {"ada"},
        f"{organisation}complain/": set(EVERYONE),
        "/content/": set(EVERYONE),
    }
    client = go_in(here, name)
    for path, theirs in pages.items():
        assert client.get(path).status_code == (200 if name in theirs else 404), path


def test_a_reader_decides_on_the_page(here: Listening) -> None:
    done, client = reported(here, shown_voice(here), note="My sister."), go_in(here, "rosa")
    page = at(here, f"moderation/reports/{done.report.ref}/")
    shown = client.get(page).content.decode()
    assert WORDS in shown
    assert "My sister." in shown
    assert "Please choose what should happen." in client.post(page).content.decode()
    assert client.post(page, {"outcome": "masking"}).url.endswith(f"/reading/{done.report.about}/")  # type: ignore[attr-defined]
    assert client.get(page).status_code == 200
    assert "No report waits" in client.get(at(here, "moderation/")).content.decode()


def test_the_one_who_asked_sees_that_someone_else_decides(here: Listening) -> None:
    appeal = services.appeal(words=removed(here, shown_voice(here)), text="No.", now=NOW)
    page = at(here, f"moderation/appeals/{appeal.ref}/")
    assert "Not for you to decide" in go_in(here, "cara").get(page).content.decode()
    client = go_in(here, "rosa")
    left = client.post(page, {"outcome": "overturned", "answer": "You are right."})
    assert left.status_code == 302
    assert "No appeal waits" in client.get(at(here, "moderation/appeals/")).content.decode()


def test_anyone_complains_and_an_administrator_answers(here: Listening) -> None:
    path = f"/o/{here.organisation.address}/complain/"
    empty = Client().post(path, {"about": "treated"}).content.decode()
    assert "Please say what happened." in empty
    done = Client().post(path, {"about": "treated", "text": "Nobody answered."}).content.decode()
    assert CODE.search(done)
    assert "9 April 2026" in done
    complaint, client = Complaint.objects.get(), go_in(here, "ada")
    one = f"/o/{here.organisation.address}/complaints/{complaint.ref}/"
    assert client.post(f"{one}acknowledge/").status_code == 302
    assert "Acknowledged on" in client.get(one).content.decode()
    assert client.post(one, {"text": "We were wrong."}).status_code == 302
    assert "We were wrong." in client.get(one).content.decode()


def test_the_policy_lists_every_reason_and_criticism_is_welcome() -> None:
    said = Client().get("/content/").content.decode()
    assert "You may criticise us" in said
    assert "No organisation can add a reason" in said


def test_lists_cost_the_same_for_one_and_for_three(here: Listening) -> None:
    reader, counts = go_in(here, "rosa"), []
    paths = [at(here, "moderation/"), at(here, "moderation/log/"), at(here, "moderation/appeals/")]
    for path in paths:
        reader.get(path)
    for many in (1, 2):
        for _ in range(many):
            reported(here, shown_voice(here))
            services.appeal(words=removed(here, shown_voice(here)), text="No.", now=NOW)
        with CaptureQueriesContext(connection) as queries:
            for path in paths:
                reader.get(path)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 30
