"""The page behind an invitation to a role says what one would do there, and how to say no."""

from collections.abc import Iterator
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from goldenthread.kit import clock
from goldenthread.organisations.tests.factories import member
from goldenthread.people.notifications.letters import letter
from goldenthread.people.notifications.models import Letter
from goldenthread.projects import services
from goldenthread.projects.helping import CALLED, DOES
from goldenthread.projects.models import Duty, ProjectRole
from goldenthread.projects.tests.factories import NOW, Listening, listening_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Iterator[Listening]:
    with clock.frozen(NOW):
        yield listening_project()


def asked(here: Listening, name: str, **more: Any) -> tuple[str, str]:
    """Ask Noor; return the page behind the letter and the letter, as texts."""
    noor = member("Noor", here.organisation)
    given: Any = {"name": name, "starts_on": NOW.date(), **more}
    services.give_role(by=here.ada, project=here.project, person=noor, **given, now=NOW)
    sent = Letter.objects.get(text="asked-to-help", person=noor)
    mail = letter(sent.text).written(sent.names, sent.link, "/")
    return page_at(sent.link), " ".join(mail.text.split())


def page_at(link: str) -> str:
    return " ".join(unescape(Client().get(link).content.decode()).split())


@pytest.mark.parametrize("name", ProjectRole.Name.values)
def test_each_role_is_told_of_in_its_own_words(here: Listening, name: str) -> None:
    page, mail = asked(here, name)
    for text in (page, mail):
        assert f"asks you to be {CALLED[name]}" in text
    for says in DOES[name]:
        assert str(says) in page
        assert len(str(says).split()) <= 20
    mine = set(map(str, DOES[name]))
    others = {str(each) for does in DOES.values() for each in does} - mine
    assert not any(each in page for each in others)


def test_once_the_role_has_ended_the_page_says_nothing_any_more(here: Listening) -> None:
    last = NOW.date() + timedelta(days=9)
    asked(here, "facilitator", ends_on=last)
    link = Letter.objects.get(text="asked-to-help").link
    with clock.frozen(NOW + timedelta(days=9)):
        assert "asks you to be" in page_at(link)
    with clock.frozen(NOW + timedelta(days=10)):
        assert "asks you to be" not in page_at(link)
        assert Client().get(link).status_code == Client().get("/asked/nothing/").status_code


def test_a_deputy_is_called_so(here: Listening) -> None:
    page, mail = asked(here, "safeguarder", stands_in=True)
    for text in (page, mail):
        assert "asks you to be the deputy of the safeguarder" in text
    assert "You do this when the other one is away." in page


def test_a_reader_who_only_stands_in_is_called_so(here: Listening) -> None:
    asked(here, "reader")
    noor = ProjectRole.objects.get(person__name="Noor")
    sent = Letter.objects.get(text="asked-to-help", person=noor.person)
    more: Any = {"weekday": 1, "from_time": "10:00", "until_time": "11:00", "stand_in": True}
    Duty.objects.create(project=here.project, reader=noor.person, **more)
    assert "asks you to be a reader who stands in" in page_at(sent.link)
    Duty.objects.update(stand_in=False)
    assert "asks you to be a reader." in page_at(sent.link)


def test_it_says_whom_to_tell_a_no_without_an_address(here: Listening) -> None:
    page, mail = asked(here, "reader")
    assert f"Tell Ada of {here.organisation.name}, who asked you." in page
    assert here.ada.email not in page + mail
    assert "You may say no." in mail


def test_who_was_asked_is_not_told_to_make_an_account(here: Listening) -> None:
    asked(here, "reader")
    (sent,) = Letter.objects.filter(text="asked-to-help", person__name="Noor")
    link = Client().get(sent.link).context["sign_in"]
    shown = Client().get(link).content.decode()
    assert "You have an account already" in shown
    assert "Make an account" not in shown.split("<main")[1].split("</main>")[0]
    assert sent.person
    assert sent.person.email not in shown + link
    assert "Make an account" in Client().get("/account/sign-in/").content.decode()
