from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.testing.queries import at_most
from goldenthread.projects.tests.factories import NOW, STAFF, Listening, listening_project
from goldenthread.safety.concerns import queries, services
from goldenthread.safety.concerns.models import Concern
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.tests.factories import WordsFactory, sign_in

pytestmark = pytest.mark.django_db
PEOPLE = ["guest", "mina", *STAFF, "ada", "nell", "stranger"]
CANARY = "kingfisher"
MOST_QUERIES = 10


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
    asked += [client.post(of(here, concern, f"{deed}/")) for deed in ("note", "write", "close")]
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
    ending = {"what_was_done": "We talked.", "told_others": "no", "because": "Not wanted."}
    client.post(of(here, concern, "close/"), ending)
    concern.refresh_from_db()
    assert (concern.closed_by, concern.told_others) == (here.priya, False)
    seen = client.get(of(here, concern)).content.decode()
    for line in ("Rang the service.", "We are here.", "We talked.", "Not wanted."):
        assert line in seen


def test_each_look_at_the_page_is_kept(client: Client) -> None:
    here = listening_project()
    concern = raised(here)
    go_in(client, here, "priya")
    for _time in range(2):
        client.get(of(here, concern))
    assert len(queries.looks_at(concern)) == 2


def test_what_was_typed_stays_when_something_is_missing(client: Client) -> None:
    here = listening_project()
    concern = raised(here)
    go_in(client, here, "priya")
    answer = client.post(of(here, concern, "close/"), {"what_was_done": "We talked."})
    assert "We talked." in answer.content.decode()
    assert "choose yes or no" in answer.content.decode()
    concern.refresh_from_db()
    assert concern.closed_on is None


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
    ending = {"what_was_done": "We talked.", "told_others": False, "because": "Not wanted."}
    services.close(by=here.priya, concern=concern, **ending, now=NOW)
    go_in(client, here, "priya")
    assert of(here, concern) not in client.get(of(here)).content.decode()
    assert of(here, concern) in client.get(of(here) + "?closed=1").content.decode()
