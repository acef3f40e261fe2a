"""The pages on which readers look again."""

import pytest
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.testing.queries import at_most
from goldenthread.projects.tests.factories import Listening, listening_project
from goldenthread.projects.work import work_for
from goldenthread.safety.looks import services
from goldenthread.safety.looks.models import Month, SecondLook, Sentence
from goldenthread.safety.looks.tests.factories import (
    APRIL,
    FEBRUARY,
    HINTED,
    MARCH,
    ROUNDABOUT,
    drawn,
    read,
)
from goldenthread.safety.readers.models import Reader
from goldenthread.safety.reading.tests.factories import sign_in

pytestmark = pytest.mark.django_db


def where(here: Listening, *rest: object) -> str:
    return "/".join(["/p", here.project.address, "reading/again", *map(str, rest), ""])


def test_a_reader_looks_again_says_yes_and_writes_a_sentence(client: Client) -> None:
    here = listening_project()
    look = drawn(here)
    sign_in(client, here.sam)
    with clock.frozen(MARCH):
        assert "One waits for you." in client.get(where(here)).content.decode()
        opened = client.post(where(here, "next"))
        assert opened["Location"] == where(here, look.ref)
        shown = client.get(where(here, look.ref)).content.decode()
        assert ROUNDABOUT in shown
        assert '<details class="reveal">' in shown  # closed until opened
        said = client.post(where(here, look.ref), {"answer": "yes"})
        assert said["Location"] == where(here, look.ref, "sentence")
        asked = client.get(said["Location"]).content.decode()
        assert ROUNDABOUT not in asked
        assert "Do not copy the words." in asked
        copied = client.post(said["Location"], {"text": ROUNDABOUT, "language": "en"})
        assert "too near" in copied.content.decode()
        own = {"text": "My cat lives with my aunt from now on.", "language": "en"}
        assert client.post(said["Location"], own)["Location"] == where(here)
        assert "Nothing waits for you" in client.get(where(here)).content.decode()
    assert Sentence.objects.get().text == own["text"]


def test_a_yes_without_a_sentence_and_a_no_and_putting_back(client: Client) -> None:
    here = listening_project()
    read(here)
    read(here)
    look = drawn(here)
    sign_in(client, here.sam)
    with clock.frozen(MARCH):
        assert client.post(where(here, look.ref)).status_code == 200  # nothing chosen: said there
        client.post(where(here, look.ref, "sentence"), {"without": "1"})
        one, two = SecondLook.objects.all()
        client.post(where(here, one.ref), {"answer": "no"})
        client.post(where(here, two.ref, "put-back"))
    found = Month.objects.get()
    assert (found.looked_at, found.missed) == (2, 1)
    assert SecondLook.objects.get().put_back_by == here.sam


def test_the_second_reader_sees_the_words_alone(client: Client) -> None:
    """The same page, but for the words, whatever was decided and whether a list put them first."""
    here = listening_project()
    kept_back = {"state": "unpublished", "unpublished_because": "advert", "released_on": None}
    words = [read(here), read(here, HINTED), read(here, **kept_back)]
    services.draw(now=MARCH)
    sign_in(client, here.sam)
    pages = []
    with clock.frozen(MARCH):
        for each in words:
            look = SecondLook.objects.get(words=each)
            shown = client.get(where(here, look.ref)).content.decode()
            assert here.rosa.name not in shown
            for varies in (each.text or "", str(look.ref), str(each.ref)):
                shown = shown.replace(varies, "…")
            pages.append(shown.split("<main")[1].split("csrfmiddlewaretoken")[0])
    assert len(set(pages)) == 1


def test_only_readers_find_it_and_the_first_reader_does_not_see_it_again(client: Client) -> None:
    here = listening_project()
    look = drawn(here)
    with clock.frozen(MARCH):
        for name in ("mina", "tom", "cara", "priya", "dev", "ada", "nell", "stranger"):
            sign_in(client, getattr(here, name))
            for path in (where(here), where(here, look.ref), where(here, look.ref, "sentence")):
                assert client.get(path).status_code == 404, name
        sign_in(client, here.rosa)
        assert "Nothing waits for you" in client.get(where(here)).content.decode()
        assert client.get(where(here, look.ref)).status_code == 404


def test_whoever_has_read_for_fifty_minutes_is_offered_a_break(client: Client) -> None:
    here = listening_project()
    drawn(here)
    began = MARCH.replace(hour=9, minute=5)
    Reader.objects.filter(person=here.sam).update(sat_down_at=began, last_read_at=MARCH)
    sign_in(client, here.sam)
    with clock.frozen(MARCH):
        assert client.post(where(here, "next"))["Location"] == "/readers/break/"


def test_it_stands_in_what_needs_you_only_while_some_wait() -> None:
    here = listening_project()

    def lines(name: str) -> list[str]:
        person = getattr(here, name)
        found = work_for(person, [here.project], now=MARCH)
        return [each.text for each in found if "look at again" in each.text]

    assert lines("sam") == []
    look = drawn(here)
    assert lines("sam") == [f"1 to look at again: {here.project.title}"]
    assert lines("rosa") == lines("tom") == []
    services.say_no(by=here.sam, look=look, now=MARCH)
    assert lines("sam") == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same_however_many_wait(client: Client, number: int) -> None:
    here = listening_project()
    for _ in range(number):
        read(here)
    services.draw(now=MARCH)
    sign_in(client, here.sam)
    with clock.frozen(MARCH):
        client.get(where(here))
        with at_most(11):
            assert client.get(where(here)).status_code == 200


def test_the_months_counts_stand_beside_the_lists(client: Client) -> None:
    here = listening_project()
    sign_in(client, here.sam)
    Month.objects.create(month=FEBRUARY, looked_at=47, missed=2)
    with clock.frozen(APRIL):
        shown = client.get(f"/p/{here.project.address}/reading/hints/").content.decode()
    assert "about 45 were looked at again" in shown
    assert "fewer than ten should have been read first" in shown
