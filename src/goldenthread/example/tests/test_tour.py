"""The strip of the tour, without the example: where it must not be, and how it looks."""

import os
from http import HTTPStatus
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from goldenthread.example.queries import MARK, WANTED
from goldenthread.example.tour import TOUR, stops
from goldenthread.kit.testing.browser import page_faults

pytestmark = pytest.mark.django_db
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop of its own in this thread


def on_the_tour(settings: LazySettings, folder: Path, number: int = 1) -> Client:
    """Return the browser of somebody whose session says that they are on the tour."""
    settings.DATA, settings.DEV = folder, True
    client = Client()
    session = client.session
    session[TOUR] = [number, "/help/"]
    session.save()
    return client


def test_outside_the_example_it_is_not_there(settings: LazySettings, tmp_path: Path) -> None:
    client = on_the_tour(settings, tmp_path)
    (tmp_path / MARK).touch()
    assert "Stop 1 of 12" in client.get("/help/").content.decode()
    for marked, dev in ((False, True), (True, False)):
        (tmp_path / MARK).touch() if marked else (tmp_path / MARK).unlink()
        settings.DEV = dev
        assert "Stop 1 of 12" not in client.get("/help/").content.decode()
        assert "Take the tour" not in client.get("/").content.decode()
        for path in ("/tour/", "/tour/leave/"):
            assert client.post(path).status_code == HTTPStatus.NOT_FOUND
            assert client.get(path).status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_the_last_stop_says_so_and_the_first_has_no_way_back(
    settings: LazySettings, tmp_path: Path
) -> None:
    client = on_the_tour(settings, tmp_path, number=len(stops()))
    (tmp_path / MARK).touch()
    last = client.get("/help/").content.decode()
    assert "This was the last stop." in last
    assert "Back</button>" in last
    first = on_the_tour(settings, tmp_path).get("/help/").content.decode()
    assert "Next: " in first
    assert "Back</button>" not in first


def test_while_the_example_is_loading_the_first_page_says_so(
    settings: LazySettings, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    assert "is being loaded" not in Client().get("/").content.decode()
    (tmp_path / WANTED).touch()
    assert "The worked example is being loaded." in Client().get("/").content.decode()


@pytest.mark.submission
@pytest.mark.django_db(transaction=True)
def test_the_strip_keeps_the_rules_of_every_page(
    settings: LazySettings, tmp_path: Path, live_server: LiveServer, browser: Browser
) -> None:
    client = on_the_tour(settings, tmp_path, number=2)
    (tmp_path / MARK).touch()
    context = browser.new_context(base_url=live_server.url)
    value = client.cookies["session"].value
    context.add_cookies([{"name": "session", "value": value, "url": live_server.url}])
    page = context.new_page()
    page.goto("/help/")
    strip = page.get_by_role("navigation", name="Guided tour")
    assert strip.get_by_role("button", name="Leave the tour").is_visible()
    assert page_faults(page) == []
    context.close()
