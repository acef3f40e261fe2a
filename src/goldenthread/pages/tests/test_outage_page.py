"""R4, in small: a form that could not be kept comes back with all that was typed."""

from html import unescape

import pytest
from django.db import InterfaceError, OperationalError
from django.test import RequestFactory

from goldenthread.pages.errors import broken

WORDS = "It took all night to write <this> down."
FORM = {
    "text": WORDS,
    "form_key": "sealed",
    "csrfmiddlewaretoken": "token",
    "password": "hunter2 too",
}


def answer_to(error, **headers):
    """What people see when this is raised while their form is taken."""
    request = RequestFactory(headers=headers).post("/p/waiting/speak/?strand=K7M3", FORM)
    try:
        raise error
    except type(error):
        return broken(request)


@pytest.mark.parametrize("error", [OperationalError("gone"), InterfaceError("closed")])
def test_what_was_typed_stands_in_the_page_with_its_key(error):
    answer = answer_to(error, sec_fetch_site="same-origin")
    body = unescape(answer.content.decode())
    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert answer["Cache-Control"] == "no-store"
    assert body.count(WORDS) == 2  # to be read, and to be sent again
    assert 'action="/p/waiting/speak/?strand=K7M3"' in body
    assert 'name="form_key" value="sealed"' in body
    assert 'name="csrfmiddlewaretoken" value="token"' in body
    assert "hunter2" not in body


def test_what_another_site_sent_is_not_offered_again():
    body = answer_to(OperationalError(), sec_fetch_site="cross-site").content.decode()
    assert "night" not in body
    assert "<form" not in body


def test_a_page_that_loses_the_words_is_caught():
    """The check itself: the page for other faults holds nothing, and is told apart."""
    answer = answer_to(RuntimeError(), sec_fetch_site="same-origin")
    assert answer.status_code == 500
    assert "night" not in answer.content.decode()


def test_the_page_asks_nothing_of_a_database():
    assert answer_to(OperationalError(), origin="http://testserver").status_code == 503
