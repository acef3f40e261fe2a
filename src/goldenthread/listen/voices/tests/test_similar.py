from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.voices.models import Draft, Voice
from goldenthread.listen.voices.similar import similar
from goldenthread.listen.voices.tests.factories import VoiceFactory, form_data, released_voice
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.reading.models import Words

pytestmark = pytest.mark.django_db
WORDS = "The waiting list for counselling never moves."


def found(project: Project, text: str = WORDS) -> list[str]:
    return [voice.words.shown for voice in similar(project, text)]


def test_released_voices_that_share_rare_words_are_found_closest_first() -> None:
    project = listening_project().project
    released_voice(project, "Counselling has a waiting list that never ends.")
    released_voice(project, "Is there a list for counselling?")
    released_voice(project, "Parking is dear.")
    assert found(project) == [
        "Counselling has a waiting list that never ends.",
        "Is there a list for counselling?",
    ]


def test_three_at_most() -> None:
    project = listening_project().project
    for number in range(5):
        released_voice(project, f"Counselling waiting list {number}")
    assert len(found(project)) == 3


def test_unread_words_other_projects_and_hard_stories_are_left_out() -> None:
    project = listening_project().project
    VoiceFactory.create(words__project=project, words__text=WORDS)
    released_voice(listening_project().project, WORDS)
    noted = released_voice(project, WORDS)
    Words.objects.filter(pk=noted.pk).update(note_shown="about loss")
    assert found(project) == []


@pytest.mark.parametrize(
    "text", ["", "a b", "the and of is", "' | & ! : * \\ \x00"[:-1], "x" * 9000]
)
def test_whatever_is_written_is_answered_in_three_queries(text: str) -> None:
    project = listening_project().project
    released_voice(project, WORDS)
    with at_most(3):
        similar(project, text)


def look(project: Project, **headers: str) -> Any:
    href = reverse("voices:speak", args=[project.address])
    with clock.frozen(NOW):
        sent = form_data(project, text=WORDS, act="look", would_have_helped="A text message.")
        return Client().post(href, sent, headers=headers)


def test_without_javascript_the_page_comes_back_with_them_and_all_that_was_typed() -> None:
    project = listening_project().project
    released_voice(project, "Counselling has a waiting list that never ends.")
    text = look(project).content.decode()
    assert "Counselling has a waiting list that never ends." in text
    assert WORDS in text
    assert "A text message." in text
    assert "look again" not in text


def test_with_htmx_only_they_come_back() -> None:
    project = listening_project().project
    released_voice(project, "Counselling has a waiting list that never ends.")
    text = look(project, **{"HX-Request": "true"}).content.decode()
    assert "Counselling has a waiting list that never ends." in text
    assert "<textarea" not in text
    assert WORDS not in text


def test_looking_keeps_nothing() -> None:
    project = listening_project().project
    look(project)
    assert not Voice.objects.exists()
    assert not Words.objects.exists()
    assert not Draft.objects.exists()
