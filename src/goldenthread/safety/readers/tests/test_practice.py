"""Twelve practice voices before real words; breaks; a load that only two people see."""

from datetime import timedelta

import pytest
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.testing.queries import at_most
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.projects.work import work_for
from goldenthread.safety.readers import practice, queries, services
from goldenthread.safety.readers.models import Load, Reader
from goldenthread.safety.readers.tests.factories import sign_in

pytestmark = pytest.mark.django_db
KINDS = 12


@pytest.fixture
def here() -> Listening:
    made = listening_project()
    Reader.objects.all().delete()  # these readers are new
    return made


def test_there_are_twelve_voices_each_with_a_reason() -> None:
    assert len(practice.voices()) == KINDS
    assert len({each.key for each in practice.voices()}) == KINDS
    for each in practice.voices():
        assert set(each.best) <= set(practice.CHOICES)
        assert len(each.why) > len("Because it is so.")
    wanted = {choice for each in practice.voices() for choice in each.best}
    assert set(practice.CHOICES) - wanted == {"not-publish"}  # to hold back is the last resort


def test_all_twelve_open_real_words_and_eleven_do_not(here: Listening) -> None:
    for each in practice.voices():
        assert not queries.has_practised(here.rosa)
        services.answer_practice(by=here.rosa, voice=each.key, choice=each.best[0], now=NOW)
    assert queries.has_practised(here.rosa)
    assert not queries.has_practised(here.sam)


def test_only_readers_practise_and_only_what_there_is(here: Listening) -> None:
    given = {"voice": "thank-you", "choice": "release", "now": NOW}
    for changed in ({"by": here.mina}, {"voice": "other"}, {"choice": "burn"}):
        with pytest.raises(Refusal):
            services.answer_practice(**{"by": here.rosa, **given, **changed})


def test_after_fifty_minutes_a_break_is_due_and_a_pause_is_one(here: Listening) -> None:
    for minutes in range(0, 50, 9):
        services.sit_down(by=here.rosa, now=NOW + timedelta(minutes=minutes))
        assert not queries.needs_a_break(here.rosa, now=NOW + timedelta(minutes=minutes))
        here.rosa.__dict__.pop("_reads_as")
    assert queries.needs_a_break(here.rosa, now=NOW + timedelta(minutes=50))
    assert not queries.needs_a_break(here.rosa, now=NOW + timedelta(minutes=60))
    services.end_break(by=here.rosa)
    assert not queries.needs_a_break(here.rosa, now=NOW + timedelta(minutes=51))


def status(client: Client, person: object, path: str) -> int:
    if person is not None:
        sign_in(client, person)  # type: ignore[arg-type]
    with clock.frozen(NOW):
        return client.get(path).status_code


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("rosa", 200),
        ("cara", 200),  # her supporter
        ("sam", 404),
        ("tom", 404),
        ("ada", 404),
        ("priya", 404),
        ("dev", 404),
        ("mina", 404),
        ("nell", 404),
        ("stranger", 404),
        ("guest", 404),
    ],
)
def test_only_the_reader_and_their_supporter_see_what_they_carry(
    client: Client, here: Listening, name: str, expected: int
) -> None:
    services.name_supporter(by=here.rosa, email=here.cara.email, now=NOW)
    services.carry(by=here.rosa, heavy=True, now=NOW)
    person = None if name == "guest" else getattr(here, name)
    path = f"/readers/{here.rosa.ref}/load/"
    assert status(client, person, path) == expected


def test_control_a_supporter_who_was_replaced_sees_it_no_more(
    client: Client, here: Listening
) -> None:
    path = f"/readers/{here.rosa.ref}/load/"
    services.name_supporter(by=here.rosa, email=here.cara.email, now=NOW)
    assert status(client, here.cara, path) == 200
    services.name_supporter(by=here.rosa, email=here.dev.email, now=NOW)
    assert status(client, here.cara, path) == 404


def test_a_supporter_belongs_to_the_same_organisation_and_is_somebody_else(here: Listening) -> None:
    for email in (here.nell.email, here.rosa.email, "nobody@example.org"):
        with pytest.raises(Refusal):
            services.name_supporter(by=here.rosa, email=email, now=NOW)


def test_the_load_is_counted_by_week(here: Listening) -> None:
    for heavy in (True, False, False):
        services.carry(by=here.rosa, heavy=heavy, now=NOW)
    services.carry(by=here.rosa, heavy=True, now=NOW + timedelta(days=7))
    assert list(Load.objects.order_by("week").values_list("read", "heavy")) == [(3, 1), (1, 1)]


def test_a_week_without_a_talk_is_said_to_the_supporter_and_to_nobody_else(here: Listening) -> None:
    services.name_supporter(by=here.rosa, email=here.cara.email, now=NOW)
    services.sit_down(by=here.rosa, now=NOW)

    def told(person: object) -> list[str]:
        found = work_for(person, [here.project], now=NOW)  # type: ignore[arg-type]
        return [each.text for each in found if "reading" in each.text and "Talk" in each.text]

    assert told(here.cara) == ["Talk with Rosa about this week's reading"]
    assert told(here.tom) == told(here.ada) == []
    services.note_debrief(by=here.cara, reader=Reader.objects.get(person=here.rosa), now=NOW)
    assert told(here.cara) == []


PAGES = ["/readers/", "/readers/practice/", "/readers/practice/tonight/", "/readers/break/"]


@pytest.mark.parametrize("path", PAGES)
def test_readers_have_these_pages_and_nobody_else(
    client: Client, here: Listening, path: str
) -> None:
    assert status(client, here.rosa, path) == 200
    with clock.frozen(NOW), at_most(10):
        client.get(path)
    assert status(Client(), here.tom, path) == 404
    assert status(Client(), None, path) == 404


def test_practice_goes_from_voice_to_voice(client: Client, here: Listening) -> None:
    sign_in(client, here.rosa)
    with clock.frozen(NOW):
        before = client.get("/readers/practice/rude-desk/").content.decode()
        assert "not on the list of reasons" not in before
        client.post("/readers/practice/rude-desk/", {"choice": "not-publish"})
        after = client.get("/readers/practice/rude-desk/").content.decode()
        assert "not on the list of reasons" in after
        assert "begin another way" in after
        assert "1 of 12 are done" in client.get("/readers/practice/").content.decode()
        empty = client.post("/readers/practice/tonight/", {"sent": "1"})
        assert "Please choose what you would do." in empty.content.decode()
        assert client.get("/readers/practice/nothing/").status_code == 404
