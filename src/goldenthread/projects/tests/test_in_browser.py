"""The pages of preparing in a real browser: nobody is kept out at any width, light or dark."""

import os
from pathlib import Path

import pytest
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.testing.browser import check_page, take_picture, without_javascript
from goldenthread.organisations.tests.factories import OrganisationFactory
from goldenthread.projects import services
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW
from goldenthread.projects.tests.scenes import Scene

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.submission]
PAGES = (
    "prepare/",
    "prepare/basics/",
    "prepare/terms/",
    "prepare/stages/",
    "prepare/people/",
    "prepare/rota/",
    "prepare/rota/remove/",
    "prepare/partners/",
    "prepare/strands/",
    "prepare/open/",
    "prepare/close/",
    "terms/",
)
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop of its own
PICTURES = os.environ.get("GOLDENTHREAD_PICTURES", "")


@pytest.fixture
def tuesday():
    with clock.frozen(NOW):
        yield


@pytest.fixture
def scene(live_server, tuesday):
    """A draft with something ready, something missing and somebody asked."""
    made = Scene().make_ready(without="safeguarder")
    OrganisationFactory.create(name="Northmoor Students’ Union", address="the-union")
    services.ask_partner(by=made.tom, project=made.project, address="the-union", now=NOW)
    services.add_strand(by=made.tom, project=made.project, name="Carers", now=NOW)
    return made


def session_of(scene: Scene) -> list[dict[str, str]]:
    client = Client()
    client.force_login(scene.tom)
    return [
        {"name": name, "value": morsel.value, "domain": "localhost", "path": "/"}
        for name, morsel in client.cookies.items()
    ]


def visit(page, live_server, scene: Scene, part: str, name: str) -> None:
    page.goto(f"{live_server.url}/p/{scene.project.address}/{part}")
    page.emulate_media(color_scheme="light")
    if PICTURES:
        for width in (375, 1280):
            take_picture(page, name, Path(PICTURES), width)
    check_page(page, widths=(320, 1280))


def test_nobody_is_kept_out_of_a_draft_or_an_open_project(page, live_server, scene):
    page.context.add_cookies(session_of(scene))
    for part in PAGES:
        if part != "prepare/close/":
            visit(page, live_server, scene, part, f"draft-{part.strip('/').replace('/', '-')}")
    page.goto(f"{live_server.url}/o/{scene.organisation.address}/projects/new/")
    check_page(page, widths=(320,))
    scene.safeguarder()
    visit(page, live_server, scene, "prepare/open/", "ready-open")
    scene.open()
    scene.write(
        can_change="Opening hours, how we keep in touch, and who answers the phone.",
        change_because="The students asked for a phone line.",
    )
    for part in ("prepare/", "prepare/terms/", "prepare/close/", "terms/"):
        visit(page, live_server, scene, part, f"open-{part.strip('/').replace('/', '-')}")


def test_without_javascript_terms_are_written_and_errors_lead_to_their_fields(
    browser, live_server, scene
):
    with without_javascript(browser, live_server.url) as page:
        page.context.add_cookies(session_of(scene))
        page.goto(f"/p/{scene.project.address}/prepare/terms/")
        page.get_by_label("Debrief").fill("2026-04-01")
        page.get_by_role("button", name="Save").click()
        assert "Choose a later day" in page.locator(".summary").inner_text()
        page.get_by_label("Debrief").fill("2026-07-01")
        page.get_by_role("button", name="Save").click()
        assert page.url.endswith("/prepare/")
    assert Project.objects.get().terms.get().debrief_on.isoformat() == "2026-07-01"
