from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.testing.queries import at_most
from goldenthread.projects.tests.factories import NOW, STAFF, Listening, listening_project
from goldenthread.safety.concerns import queries, services
from goldenthread.safety.concerns.listen import STEPS
from goldenthread.safety.concerns.models import Concern
from goldenthread.safety.concerns.tests.test_concerns import ENDING, mark_all
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.tests.factories import WordsFactory, sign_in

pytestmark = pytest.mark.django_db
PEOPLE = ["guest", "mina", *STAFF, "ada", "nell", "stranger"]
CANARY = "kingfisher"
MOST_QUERIES = 10
POSTED = ("note", "write", "close")
SHOWN = ("told", "hand-over", "listen/next", "export")


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


def raised(here: Listening, now: datetime = NOW) -> Concern:
    words = WordsFactory.create(project=here.project, text=f"I saw a {CANARY}.")
    return services.raise_concern(by=here.rosa, words=words, why=f"The {CANARY}.", now=now)


def go_in(client: Client, here: Listening, name: str) -> None:
    client.logout()
    if name != "guest":
        sign_in(client, getattr(here, name))


def of(here: Listening, concern: Concern | None = None, rest: str = "") -> str:
    one = f"{concern.ref}/" if concern else ""
    return f"/p/{here.project.address}/concerns/{one}{rest}"


@pytest.mark.parametrize("name", PEOPLE)
def test_for_all_but_the_safeguarder_there_is_no_such_page(client: Client, name: str) -> None:
    here = listening_project()
    concern = raised(here)
    go_in(client, here, name)
    asked = [client.get(of(here)), client.get(of(here, concern))]
    asked += [client.post(of(here, concern, f"{deed}/")) for deed in POSTED]
    asked += [client.get(of(here, concern, f"{deed}/")) for deed in SHOWN]
    asked.append(client.get(of(here, rest="away/")))
    statuses = {answer.status_code for answer in asked}
    seen = any(CANARY.encode() in answer.content for answer in asked)
    assert (statuses, seen) == (({200}, True) if name == "priya" else ({404}, False))


@pytest.mark.parametrize("name", PEOPLE)
def test_readers_alone_find_the_page_to_raise_one(client: Client, name: str) -> None:
    here = listening_project()
    words = WordsFactory.create(project=here.project)
    go_in(client, here, name)
    url = f"/p/{here.project.address}/reading/{words.ref}/concern/"
    assert client.get(url).status_code == (200 if name in ("rosa", "sam") else 404)


def test_a_safeguarder_of_another_project_finds_nothing_here(client: Client) -> None:
    here, there = listening_project(), listening_project()
    concern = raised(here)
    sign_in(client, there.priya)
    assert client.get(of(here)).status_code == 404
    assert client.get(of(there, concern)).status_code == 404


def test_raised_from_reading_and_followed_to_its_end(client: Client) -> None:
    here = listening_project()
    words = WordsFactory.create(project=here.project, text=f"I saw a {CANARY}.")
    sign_in(client, here.rosa)
    client.post(f"/p/{here.project.address}/reading/{words.ref}/claim/")
    item = client.get(f"/p/{here.project.address}/reading/{words.ref}/").content.decode()
    raise_it = f"/p/{here.project.address}/reading/{words.ref}/concern/"
    assert raise_it in item
    client.post(raise_it, {"why": "I am worried."})
    concern = Concern.objects.get()
    go_in(client, here, "priya")
    assert "Nobody has looked yet" in client.get(of(here)).content.decode()
    assert CANARY in client.get(of(here, concern)).content.decode()
    client.post(of(here, concern, "note/"), {"text": "Rang the service."})
    client.post(of(here, concern, "write/"), {"message": "We are here."})
    for step in STEPS:
        at = of(here, concern, f"listen/{step}/")
        client.post(at, {"done": "no", "text": f"{step}: later."})
    telling = {"whom": "family", "told": "no", "because": "Not wanted."}
    client.post(of(here, concern, "told/"), telling)
    client.post(of(here, concern, "close/"), {**ENDING, "because": ""})
    concern.refresh_from_db()
    assert (concern.closed_by, concern.told_others) == (here.priya, False)
    seen = client.get(of(here, concern)).content.decode()
    for line in ("Rang the service.", "We are here.", "We talked.", "Not wanted.", "time: later."):
        assert line in seen


def test_each_look_at_the_page_is_kept(client: Client) -> None:
    here = listening_project()
    concern = raised(here)
    go_in(client, here, "priya")
    for _time in range(2):
        client.get(of(here, concern))
    client.post(
        of(here, concern, "note/"), {"text": ""}
    )  # a form that lacks something shows it too
    assert len(queries.looks_at(concern)) == 3


def test_only_the_first_to_look_hears_that_nobody_did(client: Client) -> None:
    here = listening_project()
    concern = raised(here, NOW - timedelta(days=1))
    go_in(client, here, "priya")
    assert "You are the first" in client.get(of(here, concern)).content.decode()
    assert "You are the first" not in client.get(of(here, concern)).content.decode()


def test_what_was_typed_stays_when_something_is_missing(client: Client) -> None:
    here = listening_project()
    concern = raised(here)
    go_in(client, here, "priya")
    answer = client.post(of(here, concern, "close/"), {"what_was_done": "We talked."})
    assert "We talked." in answer.content.decode()
    assert "choose how it ended" in answer.content.decode()
    concern.refresh_from_db()
    assert concern.closed_on is None


@pytest.mark.parametrize(("deed", "field"), [("note", "text"), ("write", "message")])
def test_what_was_typed_while_another_closed_it_is_shown_to_be_copied(
    client: Client, deed: str, field: str
) -> None:
    here = listening_project()
    concern = raised(here)
    mark_all(here, concern)
    services.close(by=here.priya, concern=concern, **ENDING, now=NOW)
    go_in(client, here, "priya")
    shown = client.post(of(here, concern, f"{deed}/"), {field: "Rang the <b>aunt</b>."})
    page = shown.content.decode()
    assert "Rang the &lt;b&gt;aunt&lt;/b&gt;." in page
    assert "It is not part of the case" in page
    assert f"/{deed}/" not in page
    assert "It is not part of the case" not in client.get(of(here, concern)).content.decode()


def test_words_that_were_taken_back_are_gone_here_too(client: Client) -> None:
    here = listening_project()
    concern = raised(here)
    reading.withdraw(words=concern.words, now=NOW)
    reading.destroy_due(now=NOW + timedelta(days=7))
    go_in(client, here, "priya")
    assert "The words are gone" in client.get(of(here, concern)).content.decode()


def test_three_concerns_cost_what_one_costs(client: Client) -> None:
    def cost(how_many: int) -> int:
        here = listening_project()
        for _time in range(how_many):
            raised(here, NOW - timedelta(minutes=40))
        go_in(client, here, "priya")
        client.get(of(here))  # the first one of a sitting also notes that the owner is there
        with at_most(MOST_QUERIES) as asked:
            answer = client.get(of(here))
        assert answer.content.count(b"Overdue") == how_many
        return len(asked)

    assert cost(1) == cost(3)


def test_closed_ones_stand_on_a_page_of_their_own(client: Client) -> None:
    here = listening_project()
    concern = raised(here)
    mark_all(here, concern)
    services.close(by=here.priya, concern=concern, **ENDING, now=NOW)
    go_in(client, here, "priya")
    assert of(here, concern) not in client.get(of(here)).content.decode()
    assert of(here, concern) in client.get(of(here) + "?closed=1").content.decode()


def test_the_case_costs_ten_queries_at_most_however_much_stands_in_it(client: Client) -> None:
    here = listening_project()
    concern = raised(here)
    mark_all(here, concern)
    for _time in range(3):
        telling = {"whom": "family", "told": False, "because": "Not wanted."}
        services.tell_others(by=here.priya, concern=concern, **telling, now=NOW)
        services.note(by=here.priya, concern=concern, text="Rang.", now=NOW)
    go_in(client, here, "priya")
    client.get(of(here))
    with at_most(26):  # of these, the look and its entry in the record are written, not read
        client.get(of(here, concern))


def test_a_case_goes_into_other_hands_by_a_page(client: Client) -> None:
    here = listening_project()
    concern = raised(here)
    here.project.roles.create(
        person=here.mina, name="safeguarder", stands_in=True, starts_on="2026-02-02"
    )
    go_in(client, here, "priya")
    href = of(here, concern, "hand-over/")
    assert "Please write" in client.post(href, {"to": str(here.mina.ref)}).content.decode()
    client.post(href, {"to": str(here.mina.ref), "text": "Ring on Friday."})
    assert "In the hands of Mina" in client.get(of(here, concern)).content.decode()


def test_away_by_a_page(client: Client) -> None:
    here = listening_project()
    go_in(client, here, "priya")
    days = {"from_on": "2026-03-10", "until_on": "2026-03-12"}
    assert "Name a deputy first" in client.post(of(here, rest="away/"), days).content.decode()
    here.project.roles.create(
        person=here.mina, name="safeguarder", stands_in=True, starts_on="2026-02-02"
    )
    client.post(of(here, rest="away/"), days)
    assert "Priya is away" in client.get(of(here)).content.decode()
