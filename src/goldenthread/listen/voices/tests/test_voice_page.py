from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.voices import services
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.tests.factories import (
    VoiceFactory,
    released_voice,
    signed_in,
    spoken,
)
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Guest
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.models import Words
from goldenthread.thread import registry
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _still() -> Any:
    with clock.frozen(NOW):
        yield


def page_of(voice: Voice, browser: Client | None = None) -> Any:
    href = reverse("voices:voice", args=[voice.project.address, voice.pk])
    return (browser or Client()).get(href)


def test_a_released_voice_has_a_page_with_its_thread() -> None:
    voice = released_voice(listening_project().project, "Nobody told me.")
    answer = page_of(voice)
    assert answer.status_code == 200
    assert "Nobody told me." in answer.content.decode()
    assert "What came of it" in answer.content.decode()


def test_what_is_not_released_what_is_elsewhere_and_what_is_not_look_the_same() -> None:
    around = listening_project()
    held = VoiceFactory.create(words__project=around.project)
    elsewhere = released_voice(listening_project().project)
    never = VoiceFactory.create(words__project=around.project, words__state=Words.State.WITHDRAWN)
    assert page_of(held).status_code == page_of(never).status_code == 404
    assert page_of(held, signed_in(around.tom)).status_code == 404
    href = reverse("voices:voice", args=[around.project.address, elsewhere.pk])
    assert Client().get(href).status_code == 404


@pytest.mark.parametrize(
    ("state", "says"),
    [
        (Words.State.WITHDRAWN, "This was taken back from an account. No receipt proves"),
        (Words.State.REMOVED, "took this away. It names a person"),
    ],
)
def test_where_a_voice_stood_that_is_gone_a_stub_says_who_took_it_away(
    state: str, says: str
) -> None:
    voice = released_voice(listening_project().project, "These words.")
    because = "names-someone" if state == Words.State.REMOVED else ""
    Words.objects.filter(pk=voice.pk).update(state=state, unpublished_because=because)
    answer = page_of(voice)
    assert answer.status_code == 410
    assert says in answer.content.decode()
    assert "These words." not in answer.content.decode()


def test_what_is_hidden_until_it_is_read_again_leaves_a_stub() -> None:
    around = listening_project()
    voice = released_voice(around.project, "These words.")
    reading.hide(by=around.rosa, words=voice.words, until_second_reader=True, now=NOW)
    answer = page_of(voice)
    assert answer.status_code == 200
    assert "A reader is looking at this again." in answer.content.decode()
    assert "These words." not in answer.content.decode()
    told = registry.describe("voice", [voice.pk], visible_to=Guest())
    assert told[voice.pk].title == "A reader is looking at this again."


def test_taking_back_and_undoing_moves_the_page_between_stub_and_words() -> None:
    around = listening_project()
    voice = spoken(around.project, "Mine.", by=around.mina, known_as="named").voice
    reading.release(by=around.rosa, words=voice.words, version=0, now=NOW)
    assert page_of(voice).status_code == 200
    voice.words.refresh_from_db()
    services.take_back(by=around.mina, voice=voice, now=NOW)
    assert page_of(voice).status_code == 410
    voice.words.refresh_from_db()
    services.undo_take_back(by=around.mina, voice=voice, now=NOW)
    assert page_of(voice).status_code == 200


@pytest.mark.parametrize("who", ["guest", "member"])
def test_the_page_costs_ten_queries_at_most(who: str) -> None:
    around = listening_project()
    voice = released_voice(around.project)
    browser = signed_in(around.mina) if who == "member" else Client()
    page_of(voice, browser)
    with at_most(10):
        page_of(voice, browser)


def test_the_thread_tells_of_voices_without_giving_unread_words_away() -> None:
    around = listening_project()
    released = released_voice(around.project, "Read and released.")
    held = VoiceFactory.create(words__project=around.project, words__text="Unread words")
    own = spoken(around.project, "My own unread words.", by=around.mina, known_as="support").voice
    noted = released_voice(around.project, "A hard story.")
    Words.objects.filter(pk=noted.pk).update(note_shown="about loss")
    refs = [released.pk, held.pk, own.pk, noted.pk]
    told = registry.describe("voice", refs, visible_to=around.mina)
    assert told[released.pk].title == "Read and released."
    assert told[own.pk].title == "What you said"
    assert told[noted.pk].title == "about loss"
    assert held.pk not in told
    assert own.pk not in registry.describe("voice", refs, visible_to=Guest())
    with at_most(1):
        registry.describe("voice", refs, visible_to=around.mina)


def known_voice(around: Any) -> Voice:
    return spoken(around.project, known_as="support", given_name="Jo, 07700 900123").voice


def test_support_staff_alone_see_who_wants_to_be_known_to_them_and_the_record_says_so() -> None:
    around = listening_project()
    voice = known_voice(around)
    listed = reverse("voices:known", args=[around.project.address])
    who = reverse("voices:who", args=[around.project.address, voice.pk])
    priya = signed_in(around.priya)
    assert "07700" not in priya.get(listed).content.decode()
    assert "07700" not in priya.get(who).content.decode()
    assert not Entry.objects.filter(kind="voice.author-seen").exists()
    assert "07700" not in priya.post(who, {"because": " "}).content.decode(), "a reason is needed"
    assert not Entry.objects.filter(kind="voice.author-seen").exists()
    seen = priya.post(who, {"because": "They may be in danger."}).content.decode()
    assert "07700 900123" in seen
    assert "They may be in danger." in priya.get(who).content.decode()
    assert Entry.objects.get(kind="voice.author-seen").about == voice.pk


@pytest.mark.parametrize("name", ["tom", "rosa", "dev", "cara", "ada", "mina", "nell", "stranger"])
def test_nobody_else_sees_it(name: str) -> None:
    around = listening_project()
    voice = known_voice(around)
    browser = signed_in(getattr(around, name))
    for href in (
        reverse("voices:known", args=[around.project.address]),
        reverse("voices:who", args=[around.project.address, voice.pk]),
    ):
        assert browser.get(href).status_code == 404
        assert browser.post(href).status_code in (404, 405)
    assert Client().get(href).status_code == 404


def test_who_is_known_to_nobody_is_known_to_support_staff_neither() -> None:
    around = listening_project()
    voice = spoken(around.project, by=around.mina, known_as="unlinked").voice
    who = reverse("voices:who", args=[around.project.address, voice.pk])
    assert signed_in(around.priya).post(who).status_code == 404


def test_the_list_of_known_voices_costs_the_same_for_one_and_three() -> None:
    around = listening_project()
    browser = signed_in(around.priya)
    href = reverse("voices:known", args=[around.project.address])
    known_voice(around)
    browser.get(href)
    with at_most(10) as one:
        browser.get(href)
    known_voice(around)
    known_voice(around)
    with at_most(len(one)):
        browser.get(href)


def test_a_project_for_members_shows_its_voices_to_members_only() -> None:
    around = listening_project(open_to=Project.OpenTo.MEMBERS)
    voice = released_voice(around.project)
    assert page_of(voice).status_code == 404
    assert page_of(voice, signed_in(around.nell)).status_code == 404
    assert page_of(voice, signed_in(around.mina)).status_code == 200
