"""R15 for our forms: without a token 403, and what was typed comes back."""

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.listen.voices.models import TrueForMe, Voice
from goldenthread.listen.voices.tests.factories import form_data, released_voice, signed_in
from goldenthread.projects.tests.factories import NOW, Listening, listening_project

pytestmark = pytest.mark.django_db
HERE = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}


def test_words_sent_without_a_token_are_refused_and_given_back_ready_to_send() -> None:
    project = listening_project().project
    href = reverse("voices:speak", args=[project.address])
    browser = Client(enforce_csrf_checks=True, headers=HERE)
    with clock.frozen(NOW):
        sent = form_data(project, text="My session died while I wrote this.")
        answer = browser.post(href, sent)
        assert answer.status_code == 403
        assert not Voice.objects.exists()
        assert "My session died while I wrote this." in answer.content.decode()
        assert sent["form_key"] in answer.content.decode()
        token = answer.context["csrf_token"]
        again = browser.post(href, {**sent, "csrfmiddlewaretoken": str(token)})
    assert again.status_code == 302
    assert Voice.objects.get().words.text == "My session died while I wrote this."


def test_what_another_site_sends_is_refused_and_not_offered_again() -> None:
    project = listening_project().project
    browser = Client(
        enforce_csrf_checks=True,
        headers={"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"},
    )
    with clock.frozen(NOW):
        href = reverse("voices:speak", args=[project.address])
        answer = browser.post(href, form_data(project, text="Planted words."))
    assert answer.status_code == 403
    assert "Planted words." not in answer.content.decode()


def unsafe_routes(around: Listening) -> list[str]:
    address, voice = around.project.address, released_voice(around.project)
    return [
        reverse("voices:speak", args=[address]),
        reverse("voices:sent", args=[address]),
        reverse("voices:true_for_me", args=[address, voice.pk]),
        reverse("voices:who", args=[address, voice.pk]),
        reverse("voices:import", args=[address]),
        reverse("voices:paper", args=[address]),
    ]


def test_every_form_of_this_room_is_refused_without_a_token() -> None:
    around = listening_project()
    for person in (around.mina, around.tom, around.priya):
        browser = signed_in(person, enforce_csrf_checks=True)
        for href in unsafe_routes(around):
            with clock.frozen(NOW):
                assert browser.post(href, {}).status_code == 403, href
    assert not TrueForMe.objects.exists()


def test_control_with_the_check_off_the_same_requests_are_not_refused() -> None:
    around = listening_project()
    browser = signed_in(around.mina)
    for href in unsafe_routes(around):
        with clock.frozen(NOW):
            assert browser.post(href, {}).status_code != 403, href
