from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.listen.voices import tasks
from goldenthread.listen.voices.models import Draft, Voice
from goldenthread.listen.voices.tests.factories import form_data, signed_in
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.projects.work import work_for

pytestmark = pytest.mark.django_db
WORDS = "I will finish this tomorrow."


@pytest.fixture(autouse=True)
def _still() -> Any:
    with clock.frozen(NOW):
        yield


def page_of(project: Project) -> str:
    return reverse("voices:speak", args=[project.address])


def save(around: Listening, **given: Any) -> Client:
    browser = signed_in(around.mina)
    sent = form_data(around.project, text=WORDS, known_as="named", act="save", **given)
    assert browser.post(page_of(around.project), sent).status_code == 302
    return browser


def test_a_member_keeps_words_for_later_and_finds_them_again() -> None:
    around = listening_project()
    browser = save(around)
    form = browser.get(page_of(around.project)).context["form"]
    assert form["text"].value() == WORDS
    assert form["known_as"].value() == "named"
    assert not Voice.objects.exists()


def test_what_is_kept_is_sealed_and_belongs_to_that_member_alone() -> None:
    around = listening_project()
    save(around)
    assert WORDS.encode() not in bytes(Draft.objects.get().sealed)
    for other in (signed_in(around.cara), Client()):
        assert WORDS not in other.get(page_of(around.project)).content.decode()


def test_keeping_again_replaces_and_sending_forgets_it() -> None:
    around = listening_project()
    save(around)
    browser = save(around, would_have_helped="A letter.")
    assert Draft.objects.count() == 1
    opened = browser.get(page_of(around.project)).context["form"]
    assert opened["would_have_helped"].value() == "A letter."
    browser.post(page_of(around.project), form_data(around.project))
    assert Voice.objects.count() == 1
    assert not Draft.objects.exists()


def test_a_half_filled_form_is_kept_as_it_is() -> None:
    around = listening_project()
    browser = signed_in(around.mina)
    browser.post(page_of(around.project), {"text": WORDS, "act": "save"})
    assert browser.get(page_of(around.project)).context["form"]["text"].value() == WORDS


def test_a_guest_is_told_and_loses_nothing() -> None:
    project = listening_project().project
    answer = Client().post(page_of(project), form_data(project, text=WORDS, act="save"))
    assert WORDS in answer.content.decode()
    assert not Draft.objects.exists()


def test_after_thirty_days_it_is_forgotten_and_not_a_day_before() -> None:
    save(listening_project())
    tasks.drop_old_drafts(now=NOW + timedelta(days=29))
    assert Draft.objects.exists()
    tasks.drop_old_drafts(now=NOW + timedelta(days=30))
    assert not Draft.objects.exists()


def test_what_needs_you_reminds_of_it() -> None:
    around = listening_project()
    save(around)
    told = [work.href for work in work_for(around.mina, [], now=NOW)]
    assert page_of(around.project) in told
    assert page_of(around.project) not in [w.href for w in work_for(around.tom, [], now=NOW)]
