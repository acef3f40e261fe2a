"""From a gap that a survey shows to a topic that rests on what people wrote about it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.surveys.models import Question
from goldenthread.listen.surveys.services import freeze
from goldenthread.listen.surveys.tests.answering import answered, asked, closed_survey, wave_of
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.voices.tests.factories import VoiceFactory, released_voice, signed_in
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.reading.tests.factories import WordsFactory
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db
Kind = Question.Kind


@pytest.fixture(autouse=True)
def _still() -> Any:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def around() -> Listening:
    return listening_project()


@pytest.fixture
def gap(around: Listening) -> Question:
    """A survey in which Workload stands low, and its question in words."""
    survey = closed_survey(around.project)
    scale = asked(survey, Kind.SCALE, "I get my work done", "1 2 3 4 5", area="Workload")
    words = asked(survey, Kind.LONG, "What would help with your work?", area="Workload")
    wave = wave_of(survey)
    answered(wave, scale, [n % 3 + 1 for n in range(60)])
    freeze(wave=wave, now=NOW)
    return words


def page_of(gap: Question) -> str:
    survey = gap.survey
    return reverse("themes:from_gap", args=[survey.project.address, survey.ref, 0])


def test_a_gap_becomes_a_topic_with_the_released_words_about_it(
    around: Listening, gap: Question
) -> None:
    project = around.project
    inside = [released_voice(project, f"Too much {n}.", answers=gap.ref) for n in range(3)]
    released_voice(project, "About something else.")
    VoiceFactory.create(words=WordsFactory.create(project=project), answers=gap.ref)  # unread
    browser = signed_in(around.tom)
    gaps = reverse("surveys:gaps", args=[project.address, gap.survey.ref])
    assert page_of(gap) in browser.get(gaps).content.decode()
    with at_most(16):
        shown = browser.get(page_of(gap)).content.decode()
    assert "Three released voices will be in it" in shown
    sent = {"title": "Too much work", "sentence": "People say there is too much to do."}
    done = browser.post(page_of(gap), sent, follow=True).content.decode()
    theme = Theme.objects.get()
    assert "Made the theme “Too much work”." in done
    assert {each.voice_id for each in theme.groupings.all()} == {each.pk for each in inside}
    assert (theme.voice_count, theme.made_by) == (3, around.tom)
    assert Entry.objects.filter(kind="theme.made").count() == 1


def test_without_words_it_says_so_and_the_topic_can_still_begin(
    around: Listening, gap: Question
) -> None:
    browser = signed_in(around.cara)
    assert "No words yet" in browser.get(page_of(gap)).content.decode()
    assert 'id="id_title_error"' in browser.post(page_of(gap), {"title": ""}).content.decode()
    browser.post(page_of(gap), {"title": "Too much work"})
    assert Theme.objects.get().voice_count == 0


@pytest.mark.parametrize("name", ["rosa", "priya", "dev", "ada", "mina", "nell", "stranger"])
def test_only_organisers_are_offered_a_topic(around: Listening, gap: Question, name: str) -> None:
    browser = signed_in(getattr(around, name))
    assert browser.get(page_of(gap)).status_code == 404
    gaps = reverse("surveys:gaps", args=[around.project.address, gap.survey.ref])
    assert page_of(gap) not in Client().get(gaps).content.decode()


def test_areas_and_surveys_that_are_not_there_are_not_found(
    around: Listening, gap: Question
) -> None:
    browser, survey = signed_in(around.tom), gap.survey
    other = listening_project().project
    for project, number in ((around.project, 1), (other, 0)):
        path = reverse("themes:from_gap", args=[project.address, survey.ref, number])
        assert browser.get(path).status_code == 404
