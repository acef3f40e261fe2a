from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from html import unescape

import pytest
from django.test import Client

from goldenthread.kit import clock
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.reading.reasons import NOT_PUBLISHED
from goldenthread.safety.release.services import freeze

pytestmark = pytest.mark.django_db


@pytest.fixture
def around() -> Iterator[Listening]:
    with clock.frozen(NOW):
        yield listening_project()


def test_the_first_page_lists_who_listens_here(client: Client, around: Listening) -> None:
    answer = client.get("/")
    assert around.organisation.name in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


def test_an_organisation_shows_its_projects(client: Client, around: Listening) -> None:
    assert around.project.title in client.get(f"/o/{around.organisation.address}/").content.decode()


def test_a_project_that_listens_invites_to_speak(client: Client, around: Listening) -> None:
    body = client.get(f"/p/{around.project.address}/").content.decode()
    assert f"/p/{around.project.address}/speak/" in body
    assert "The number of counsellors before August." in body
    assert "Fewer than ten people have spoken" in body


def test_whoever_runs_the_organisation_finds_their_way_to_every_project(
    around: Listening,
) -> None:
    ada, at = signed_in(around.ada), f"/p/{around.project.address}/"
    assert f'href="/o/{around.organisation.address}/"' in ada.get("/needs-you/").content.decode()
    body = ada.get(at).content.decode()
    assert f'href="{at}prepare/"' in body
    assert f'href="{at}pack/"' in body
    assert ada.get(f"{at}pack/").status_code == 200
    for other in (around.nell, around.mina):
        assert f"{at}prepare/" not in signed_in(other).get(at).content.decode()


READ_IT = "Read what people said"


def test_only_who_may_read_what_people_said_is_led_there(around: Listening) -> None:
    home, team = f"/p/{around.project.address}/", signed_in(around.tom)
    Project.objects.update(board="team")
    for path in (home, f"{home}themes/"):
        assert READ_IT not in Client().get(path).content.decode()
        assert READ_IT not in signed_in(around.mina).get(path).content.decode()
        assert READ_IT in team.get(path).content.decode()
    Project.objects.update(board="shared")
    assert READ_IT in Client().get(home).content.decode()


def test_before_anything_is_said_the_page_shows_no_figures(around: Listening) -> None:
    home = f"/p/{around.project.address}/"
    shown = Client().get(home).content.decode()
    assert "have been told what came of them" not in shown
    assert "The organisation has removed" not in shown
    freeze(project=around.project, now=NOW)
    told = Client().get(home).content.decode()
    assert "Fewer than 10" in told
    assert "The organisation has removed none of what people said." in told


def test_whoever_runs_an_organisation_starts_first_and_reads_what_lending_is(
    around: Listening,
) -> None:
    page = f"/o/{around.organisation.address}/"
    shown = signed_in(around.ada).get(page).content.decode()
    assert 0 < shown.index("Start here") < shown.index("Lend readers")
    assert "This begins another project." in shown
    assert "your readers read what people say there" in shown
    assert "Lend readers" not in Client().get(page).content.decode()


@pytest.mark.parametrize(
    ("day", "late"),
    [
        (date(2026, 6, 30), False),
        (date(2026, 7, 1), True),
    ],
)
def test_a_late_debrief_says_so_by_itself(
    client: Client, around: Listening, day: date, *, late: bool
) -> None:
    with clock.frozen(datetime.combine(day, time(9), tzinfo=UTC)):
        body = client.get(f"/p/{around.project.address}/").content.decode()
    assert ("The debrief is late" in body) == late


def test_a_project_for_members_is_not_there_for_others(client: Client, around: Listening) -> None:
    Project.objects.update(open_to=Project.OpenTo.MEMBERS)
    absent = client.get("/p/nowhere/")
    hidden = client.get(f"/p/{around.project.address}/")
    assert (hidden.status_code, hidden.content) == (absent.status_code, absent.content)
    assert hidden.status_code == 404
    client.force_login(around.mina)
    assert client.get(f"/p/{around.project.address}/").status_code == 200
    client.force_login(around.nell)
    assert client.get(f"/p/{around.project.address}/").status_code == 404


@pytest.mark.parametrize(
    "path", ["/help/", "/what-we-keep/", "/accessibility/", "/report/", "/receipt/"]
)
def test_pages_for_everyone(client: Client, around: Listening, path: str) -> None:
    body = client.get(path).content.decode()
    assert "116 123" in body
    assert "/leave/" in body


def test_every_reason_not_to_show_words_is_public(client: Client, around: Listening) -> None:
    body = unescape(client.get("/what-we-keep/").content.decode())
    listed = body.split('id="not-shown"')[1].split("<h2")[0]
    assert [why for why in NOT_PUBLISHED.values() if f"<li>{why}</li>" not in listed] == []


def test_leaving_ends_the_session_and_clears_the_browser(client: Client, around: Listening) -> None:
    client.force_login(around.mina)
    answer = client.get("/leave/")
    assert answer.status_code == 303
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert client.get("/needs-you/").status_code == 302


def test_an_empty_installation_says_what_to_do_first():
    page = Client().get("/").content.decode()
    assert 'href="/account/sign-up/?next=/o/new/"' in page
    assert "Then set up your organisation." in page
