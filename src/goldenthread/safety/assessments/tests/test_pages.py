"""Who reaches which page of the assessments, and what stands on it."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goldenthread.kit import clock
from goldenthread.organisations.models import Organisation
from goldenthread.people.accounts.models import Person
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.assessments.models import Assessment
from goldenthread.safety.assessments.questions import DRAFT, kinds
from goldenthread.safety.assessments.tests.factories import answers, signed, written
from goldenthread.safety.reading.tests.factories import sign_in

pytestmark = pytest.mark.django_db
INSIDE = ["tom", "cara", "priya", "dev", "ada"]
OUTSIDE = ["guest", "mina", "rosa", "nell", "stranger"]


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


def at(here: Listening, rest: str = "") -> str:
    return f"/p/{here.project.address}/assessments/{rest}"


@pytest.mark.parametrize("name", OUTSIDE)
def test_outside_nothing_is_there_before_it_is_signed(here: Listening, name: str) -> None:
    written(here.project, "dpia", by=here.tom)
    client = go_in(here, name)
    assert "Nothing is signed yet" in client.get(at(here)).content.decode()
    assert client.get(at(here, "dpia/")).status_code == 404
    for rest in ("dpia/write/", "dpia/sign/"):
        assert client.get(at(here, rest)).status_code == 404
        assert client.post(at(here, rest)).status_code == 404


@pytest.mark.parametrize("name", [*OUTSIDE, *INSIDE])
def test_once_signed_everyone_reads_what_is_public_and_the_team_all_of_it(
    here: Listening, name: str
) -> None:
    draft = written(here.project, "dpia", by=here.tom)
    kind = kinds()["dpia"]
    said = {each.key: f"answer to {each.key}." for each in kind.questions}
    Assessment.objects.filter(ref=draft.ref).update(answers=said)
    Assessment.objects.filter(ref=draft.ref).update(
        signed_by=here.dev, signed_as="Decision-maker", signed_on=NOW, review_on=date(2027, 3, 1)
    )
    body = go_in(here, name).get(at(here, "dpia/")).content.decode()
    assert "Decision-maker" in body
    for each in kind.questions:
        assert (f"answer to {each.key}." in body) == (each.public or name in INSIDE), each.key
    assert (here.dev.name in body) == (name in INSIDE and name != "dev") or name == "dev"


@pytest.mark.parametrize("name", INSIDE)
def test_those_who_prepare_write_come_back_and_others_sign(here: Listening, name: str) -> None:
    client = go_in(here, name)
    page = client.get(at(here, "dpia/write/")).content.decode()
    assert "The time, internet address and browser are not" in page or "the time, internet" in page
    left = client.post(at(here, "dpia/write/"), {"seen": "0.0", "nature": "Words in a box."})
    assert left.status_code == 302
    shown = client.get(at(here, "dpia/")).content.decode()
    assert "Words in a box." in shown
    assert "10 questions are open" in shown
    given = answers(kinds()["dpia"]) | {"seen": "1.1"}
    assert client.post(at(here, "dpia/write/"), given).status_code == 302
    assert "Waiting for a second person" in client.get(at(here, "dpia/")).content.decode()
    other = go_in(here, next(each for each in INSIDE if each != name))
    refused = other.post(at(here, "dpia/sign/"), {"seen": "1.2", "review_on": "2026-12-01"})
    assert "Tick this once you have read" in refused.content.decode()
    given = {"seen": "1.2", "review_on": "2026-12-01", "read": "on"}
    assert other.post(at(here, "dpia/sign/"), given).status_code == 302
    assert Assessment.objects.get().signed_on == NOW.date()


@pytest.mark.parametrize(
    ("kind", "basis"),
    [("health", "9(2)(h)"), ("university", "article 6(1)(e)"), ("charity", "article 6(1)(f)")],
)
def test_a_draft_helps_and_stays_open_until_somebody_has_checked_it(
    here: Listening, kind: str, basis: str
) -> None:
    Organisation.objects.filter(ref=here.project.organisation_id).update(kind=kind)
    client = go_in(here, "tom")
    page = client.get(at(here, "dpia/write/"))
    assert basis in page.content.decode()
    first = {name: value for name, value in page.context["form"].initial.items() if value}
    assert DRAFT in first["basis"]
    given = answers(kinds()["dpia"]) | {"seen": "0.0", "basis": first["basis"]}
    client.post(at(here, "dpia/write/"), given)
    assert "One question is open." in client.get(at(here, "dpia/")).content.decode()
    given |= {"seen": "1.1", "basis": first["basis"].replace(DRAFT, "")}
    client.post(at(here, "dpia/write/"), given)
    assert "question is open" not in client.get(at(here, "dpia/")).content.decode()


def test_who_waits_is_told_who_may_sign_and_finds_the_way_back(here: Listening) -> None:
    written(here.project, "dpia", by=here.tom)
    body = go_in(here, "tom").get(at(here, "dpia/")).content.decode()
    told = body.partition("These people can: ")[2].partition("</p>")[0]
    for name, role in (("Cara", "co-lead"), ("Priya", "safeguarder"), ("Dev", "decision-maker")):
        assert f"{name} ({role})" in told
    assert "Tom" not in told
    assert "Rosa" not in told  # a reader does not sign
    assert f"/p/{here.project.address}/prepare/" in body
    outside = go_in(here, "rosa").get(at(here, "dpia/"))
    assert outside.status_code == 404


def test_who_wrote_it_cannot_sign_and_is_told(here: Listening) -> None:
    written(here.project, "dpia", by=here.tom)
    given = {"seen": "1.1", "review_on": "2026-12-01", "read": "on"}
    body = go_in(here, "tom").post(at(here, "dpia/sign/"), given).content.decode()
    assert "Somebody who did not write any of it must sign this." in body


def test_an_overdue_review_says_so_everywhere(here: Listening) -> None:
    signed(here.project, "dpia", by=here.tom, signer=here.dev, days=5)
    Assessment.objects.update(signed_on=date(2026, 3, 1), review_on=date(2026, 3, 6))
    client = go_in(here, "tom")
    assert "Overdue" in client.get(at(here)).content.decode()
    assert "This was to be looked at again by" in client.get(at(here, "dpia/")).content.decode()
    assert "was due for review on 6 March 2026" in client.get("/needs-you/").content.decode()


def test_what_somebody_else_wrote_meanwhile_is_not_lost_nor_is_mine(here: Listening) -> None:
    written(here.project, "dpia", by=here.tom)
    given = {"seen": "0.0", "nature": "My own long text."}
    body = go_in(here, "cara").post(at(here, "dpia/write/"), given).content.decode()
    assert "Somebody else changed this while you were writing" in body
    assert "My own long text." in body


def test_the_list_costs_the_same_for_one_and_for_five(here: Listening) -> None:
    client = go_in(here, "tom")
    client.get(at(here))  # what is remembered from then on
    counts = []
    for keys in (["dpia"], ["illegal-content", "children-access", "children-risk"]):
        for key in keys:
            signed(here.project, key, by=here.tom, signer=here.dev)
        with CaptureQueriesContext(connection) as queries:
            client.get(at(here))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 10


def test_a_signature_without_a_name_is_a_role(here: Listening) -> None:
    Person.objects.filter(pk__in=[here.tom.pk, here.dev.pk]).update(name="")
    draft = written(here.project, "dpia", by=here.tom)
    Assessment.objects.filter(ref=draft.ref).update(
        signed_by=here.dev, signed_as="Decision-maker", signed_on=NOW, review_on=date(2027, 3, 1)
    )
    body = " ".join(go_in(here, "ada").get(at(here, "dpia/")).content.decode().split())
    assert "Signed by Decision-maker," in body
    assert "Written by a member" in body
