import logging

import pytest
from django.http import Http404
from django.test import RequestFactory
from django.urls import resolve

from goldenthread.kit.breakage import BreakageMiddleware

SECRET = "The kingfisher is mine."


def broken(error: Exception, caplog: pytest.LogCaptureFixture) -> str:
    request = RequestFactory().post("/help/", {"text": SECRET})
    request.resolver_match = resolve("/help/")
    logging.getLogger("goldenthread").propagate = True
    try:
        raise error
    except type(error) as raised:
        BreakageMiddleware(lambda _request: None).process_exception(request, raised)  # type: ignore[arg-type, return-value]
    return caplog.text


def test_the_log_says_what_broke_and_where_and_no_word_of_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    said = broken(ValueError(SECRET), caplog)
    assert "a page broke: ValueError on pages:help at kit/tests/test_breakage.py:" in said
    assert SECRET not in said


def test_what_is_not_there_is_no_breakage(caplog: pytest.LogCaptureFixture) -> None:
    assert broken(Http404(SECRET), caplog) == ""


@pytest.mark.django_db
def test_a_page_that_breaks_is_noted(client, caplog, monkeypatch) -> None:
    monkeypatch.setattr("goldenthread.pages.views.page", lambda *_given: 1 / 0)
    client.raise_request_exception = False
    assert client.get("/help/").status_code == 500
    assert "ZeroDivisionError on pages:help" in caplog.text
