"""Who reaches which page of the reading room, and that the pages do what they say."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from goldenthread.kit import clock
from goldenthread.projects.tests.factories import NOW, STAFF, Listening, listening_project
from goldenthread.safety.reading import services
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.tests.factories import WordsFactory, released, sign_in

pytestmark = pytest.mark.django_db
PEOPLE = ["guest", "mina", *STAFF, "ada", "nell", "stranger"]
READERS = ["rosa", "sam"]
LISTS = ["", "asked/", "brought-in/", "done/"]
DEEDS = ["claim/", "let-go/", "lane/", "release/", "ask/", "second-reader/", "do-not-publish/"]
CANARY = "kingfisher"


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def here() -> Listening:
    return listening_project()


def go_in(client: Client, here: Listening, name: str) -> None:
    client.logout()
    if name != "guest":
        sign_in(client, getattr(here, name))


def address(here: Listening, rest: str = "") -> str:
    return f"/p/{here.project.address}/reading/{rest}"


def of(words: Words, rest: str = "") -> str:
    return f"/p/{words.project.address}/reading/{words.ref}/{rest}"


@pytest.mark.parametrize("rest", LISTS)
def test_the_lists_are_there_for_readers_alone(client: Client, here: Listening, rest: str) -> None:
    for name in PEOPLE:
        go_in(client, here, name)
        status = client.get(address(here, rest)).status_code
        assert status == (200 if name in READERS else 404), name


@pytest.mark.parametrize("name", [each for each in PEOPLE if each not in READERS])
def test_for_all_others_words_are_not_there_whatever_they_try(
    client: Client, here: Listening, name: str
) -> None:
    words = WordsFactory.create(project=here.project, text=CANARY)
    go_in(client, here, name)
    answers = [client.get(of(words))] + [client.post(of(words, deed)) for deed in DEEDS]
    assert {answer.status_code for answer in answers} == {404}
    assert not any(CANARY.encode() in answer.content for answer in answers)
    words.refresh_from_db()
    assert (words.state, words.claimed_by, words.version) == ("held", None, 0)


def test_a_reader_of_another_project_finds_what_a_wrong_address_gives(
    client: Client, here: Listening
) -> None:
    words, there = WordsFactory.create(project=here.project), listening_project()
    sign_in(client, there.rosa)
    theirs = client.get(f"/p/{there.project.address}/reading/{words.ref}/")
    nowhere = client.get(f"/p/{there.project.address}/reading/{uuid4()}/")
    assert theirs.status_code == nowhere.status_code == 404
    assert len(theirs.content) == len(nowhere.content)


def test_nothing_is_open_until_it_is_opened(client: Client, here: Listening) -> None:
    words = WordsFactory.create(project=here.project, text=CANARY, content_note="about loss")
    sign_in(client, here.rosa)
    for url in (address(here), of(words)):
        answer = client.get(url).content.decode()
        assert CANARY not in answer
        assert "about loss" in answer
    answer = client.post(of(words, "claim/"), follow=True)
    assert CANARY in answer.content.decode()


def test_what_another_has_open_stays_closed(client: Client, here: Listening) -> None:
    words = WordsFactory.create(project=here.project, text=CANARY)
    services.claim(by=here.sam, words=words, now=NOW)
    sign_in(client, here.rosa)
    answer = client.get(of(words)).content.decode()
    assert CANARY not in answer
    assert "Another reader has this open" in answer


def opened(client: Client, here: Listening, **given: object) -> Words:
    words = WordsFactory.create(project=here.project, **given)
    sign_in(client, here.rosa)
    client.post(of(words, "claim/"))
    return words


def test_the_next_one_is_opened_by_one_button(client: Client, here: Listening) -> None:
    words = WordsFactory.create(project=here.project)
    sign_in(client, here.rosa)
    assert client.post(address(here, "next/")).url == of(words)
    services.release(by=here.rosa, words=words, version=0, now=NOW)
    assert client.post(address(here, "next/")).url == address(here)


def test_a_preview_shows_what_people_will_see_and_releases_nothing(
    client: Client, here: Listening
) -> None:
    words = opened(client, here, text="Dr Brown never rang.")
    row = {"passage_0": "dr brown", "label_0": "name removed", "version": 0}
    answer = client.post(of(words, "release/"), {**row, "preview": "1"}).content.decode()
    assert "[name removed] never rang." in answer
    words.refresh_from_db()
    assert words.state == "held"
    client.post(of(words, "release/"), row)
    words.refresh_from_db()
    assert words.shown == "[name removed] never rang."


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"passage_0": "Dr Green", "label_0": "name removed"}, "not in the text"),
        ({"passage_0": "Dr Brown", "label_0": ""}, "choose what to show"),
        ({"passage_0": "", "label_0": "name removed"}, "copy the words to mask"),
    ],
)
def test_a_mask_that_cannot_be_set_says_so_and_keeps_what_was_typed(
    client: Client, here: Listening, row: dict[str, str], says: str
) -> None:
    words = opened(client, here, text="Dr Brown never rang.")
    given = {**row, "version": 0, "explanation": "Names stay out."}
    answer = client.post(of(words, "release/"), given).content.decode()
    assert says in answer
    assert "Names stay out." in answer
    words.refresh_from_db()
    assert words.state == "held"


def clash(client: Client, here: Listening, deed: str, given: dict[str, str]) -> HttpResponse:
    words = WordsFactory.create(project=here.project, text="Dr Brown of Mill Lane never rang.")
    masks = [[0, 8, "name removed"]]
    services.release(by=here.sam, words=words, masks=masks, version=0, now=NOW)
    sign_in(client, here.rosa)
    return client.post(of(words, deed), {**given, "version": 0})


@pytest.mark.parametrize(
    ("deed", "given", "mine"),
    [
        (
            "release/",
            {"passage_0": "Mill Lane", "label_0": "place removed"},
            "[name removed] of [place removed] never rang.",
        ),
        ("ask/", {"text": "Which lane was it?"}, "Which lane was it?"),
        (
            "do-not-publish/",
            {"because": "advert", "explanation": "It sells lanes."},
            "It sells lanes.",
        ),
        ("second-reader/", {}, "You had written nothing."),
    ],
)
def test_whoever_comes_second_sees_both_versions(
    client: Client, here: Listening, deed: str, given: dict[str, str], mine: str
) -> None:
    answer = clash(client, here, deed, given)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "[name removed] of Mill Lane never rang." in shown
    assert mine in shown
    assert "Dr Brown" not in shown  # what Sam masked stays masked


def close(here: Listening, words: Words, how: str) -> None:
    later = NOW + timedelta(minutes=31)  # Rosa has it open for half an hour
    deed = {"by": here.sam, "words": words, "version": 0, "now": later}
    if how == "taken back":
        services.withdraw(words=words, now=NOW)
    elif how == "held back":
        services.hold_back(refs=[words.ref], now=NOW)
    elif how == "not published":
        services.do_not_publish(**deed, because="advert", explanation="It sells lanes.")
    elif how == "removed":
        services.release(**deed)
        agreed = {"second_key_by": here.cara, "because": "advert"}
        services.remove(by=here.sam, words=words, **agreed, now=NOW)


@pytest.mark.parametrize("how", ["taken back", "held back", "not published", "removed"])
def test_whoever_comes_second_sees_no_word_of_what_is_closed_now(
    client: Client, here: Listening, how: str
) -> None:
    words = opened(client, here, text=f"The {CANARY} of Mill Lane.")
    assert CANARY in client.get(of(words)).content.decode()  # the control
    close(here, words, how)
    given = {"version": 0, "explanation": "Lanes stay out."}
    given |= {"passage_0": "Mill Lane", "label_0": "place removed"}
    answer = client.post(of(words, "release/"), given)
    assert answer.status_code == 409
    assert "Lanes stay out." in answer.content.decode()
    assert CANARY not in answer.content.decode()


def test_a_reader_asks_passes_on_puts_back_and_moves_by_the_page(
    client: Client, here: Listening
) -> None:
    asked = opened(client, here)
    client.post(of(asked, "ask/"), {"version": 0, "text": "May we show this?"})
    asked.refresh_from_db()
    assert asked.asking
    passed = opened(client, here)
    client.post(of(passed, "second-reader/"), {"version": 0})
    passed.refresh_from_db()
    assert passed.second_reader
    put_back = opened(client, here)
    client.post(of(put_back, "lane/"), {"lane": "first"})
    client.post(of(put_back, "let-go/"))
    put_back.refresh_from_db()
    assert (put_back.lane, put_back.claimed_by) == ("first", None)


def test_not_publishing_needs_a_reason_and_an_explanation(client: Client, here: Listening) -> None:
    words = opened(client, here)
    assert client.get(of(words, "do-not-publish/")).status_code == 200
    client.post(of(words, "do-not-publish/"), {"version": 0, "because": "advert"})
    words.refresh_from_db()
    assert words.state == "held"
    given = {"version": 0, "because": "advert", "explanation": "It sells something."}
    client.post(of(words, "do-not-publish/"), given)
    words.refresh_from_db()
    assert words.state == "unpublished"


def test_a_page_from_a_file_is_read_together(client: Client, here: Listening) -> None:
    made = [WordsFactory.create(project=here.project, text=f"{CANARY} {n}", imported=True)
            for n in range(3)]  # fmt: skip
    sign_in(client, here.rosa)
    assert CANARY not in client.get(address(here, "brought-in/")).content.decode()
    assert client.get(address(here, "brought-in/?open=1")).content.decode().count(CANARY) == 3
    ticked = [f"{words.ref}:0" for words in made[:2]]
    client.post(address(here, "brought-in/"), {"ticked": ticked})
    assert Words.objects.filter(state="released").count() == 2
    assert client.post(address(here, "brought-in/"), {"ticked": ["nonsense"]}).status_code == 200


@pytest.mark.parametrize("name", PEOPLE)
def test_removing_is_for_those_who_run_or_read_the_project(
    client: Client, here: Listening, name: str
) -> None:
    words = released(project=here.project)
    go_in(client, here, name)
    status = client.get(of(words, "remove/")).status_code
    assert status == (200 if name in ("rosa", "sam", "tom", "cara") else 404)


def test_what_is_not_shown_is_not_there_to_be_removed(client: Client, here: Listening) -> None:
    words = WordsFactory.create(project=here.project, text=CANARY)
    go_in(client, here, "tom")
    assert client.get(of(words, "remove/")).status_code == 404


def test_removing_takes_two_people_by_the_page(client: Client, here: Listening) -> None:
    words = released(project=here.project)
    go_in(client, here, "tom")
    client.post(of(words, "remove/"), {"because": "names-someone"})
    assert client.post(of(words, "remove/answer/"), {"answer": "agree"}).status_code == 409
    go_in(client, here, "cara")
    assert "Agree: take it down" in client.get(of(words, "remove/")).content.decode()
    client.post(of(words, "remove/answer/"), {"answer": "agree"})
    words.refresh_from_db()
    assert words.state == "removed"
    assert "names a person" in client.get(of(words, "remove/")).content.decode()
