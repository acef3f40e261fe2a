"""After sending everyone is offered the same help; the words around it may differ, no more."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.listen.voices.tests.factories import form_data
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, listening_project

pytestmark = pytest.mark.django_db
HINTED, OTHER = "I want to die and the form is long.", "I want a date and the form is short."


def page_after(project: Project, text: str) -> str:
    client = Client()
    with clock.frozen(NOW):
        answer = client.post(
            reverse("voices:speak", args=[project.address]),
            form_data(project, text=text),
            follow=True,
        )
    assert answer.redirect_chain[-1][0] == reverse("voices:sent", args=[project.address])
    return answer.content.decode()


def numbers(shown: str) -> list[str]:
    return re.findall(r'href="(?:tel|sms):([^"]+)"', shown)


def test_everyone_is_offered_the_same_help_and_a_hint_changes_only_the_words() -> None:
    project = listening_project().project
    hinted, other = page_after(project, HINTED), page_after(project, OTHER)
    assert numbers(hinted) == numbers(other) != []
    assert "You can talk to someone today" in hinted
    assert "You can talk to someone today" not in other
    for shown in (hinted, other):
        assert "Nobody reads" in shown
        assert "Thank you. We have it." in shown
        assert re.search(r"detect|flag|risk|phrase|noticed", shown, re.IGNORECASE) is None


def test_what_the_browser_carries_is_as_long_either_way() -> None:
    project = listening_project().project
    sizes = set()
    for text in (HINTED, OTHER):
        client = Client()
        with clock.frozen(NOW):
            client.post(
                reverse("voices:speak", args=[project.address]), form_data(project, text=text)
            )
        sizes.add(len(client.cookies["sent"].value))
    assert len(sizes) == 1
