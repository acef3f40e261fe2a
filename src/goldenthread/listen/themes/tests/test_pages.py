import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.themes import services
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.themes.tests.factories import theme_with, voices_of
from goldenthread.listen.voices.queries import Filters, board
from goldenthread.listen.voices.tests.factories import released_voice
from goldenthread.people.accounts.models import Person
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.release.services import freeze

STAFF_ONLY = ("work/", "{theme}/work/", "{theme}/similar/")


def at(here: Listening, path: str = "") -> str:
    return f"/p/{here.project.address}/themes/{path}"


@pytest.mark.parametrize("name", ["mina", "rosa", "priya", "dev", "ada", "nell", "stranger"])
@pytest.mark.parametrize("path", STAFF_ONLY)
def test_working_pages_are_not_there_for_others(
    here: Listening, client: Client, name: str, path: str
) -> None:
    theme = theme_with(here.project, 1)
    client.force_login(with_second_factor(getattr(here, name)))
    assert client.get(at(here, path.format(theme=theme.ref))).status_code == 404


def with_second_factor(person: Person) -> Person:
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    return person


def test_a_theme_of_another_project_is_not_there(here: Listening, client: Client) -> None:
    far = theme_with(listening_project().project, 1)
    client.force_login(here.tom)
    for path in ("{theme}/", "{theme}/work/", "{theme}/similar/"):
        assert client.get(at(here, path.format(theme=far.ref))).status_code == 404
    assert client.post(at(here, f"{far.ref}/agree/")).status_code == 404


def test_everyone_reads_the_topics(here: Listening, client: Client) -> None:
    assert "There are no topics yet" in client.get(at(here)).content.decode()
    theme = theme_with(here.project, 2, title="Waiting")
    services.show_back(by=here.tom, theme=theme, now=NOW)
    assert "Waiting" in client.get(at(here)).content.decode()
    body = client.get(at(here, f"{theme.ref}/")).content.decode()
    assert f"board/?theme={theme.ref}" in body
    assert "Work on this theme" not in body


@pytest.mark.parametrize("path", ["themes/", "board/"])
def test_a_theme_that_is_being_grouped_is_named_to_those_who_group_alone(
    here: Listening, client: Client, path: str
) -> None:
    href = f"/p/{here.project.address}/{path}"
    theme = theme_with(here.project, 2, title="Half sorted")
    for person in (None, here.mina, here.rosa, here.dev):
        if person is not None:
            client.force_login(person)
        assert "Half sorted" not in client.get(href).content.decode()
    client.force_login(here.cara)
    assert "Half sorted" in client.get(href).content.decode()
    services.show_back(by=here.cara, theme=theme, now=NOW)
    assert "Half sorted" in Client().get(href).content.decode()


def test_counts_of_voices_come_from_a_release(here: Listening, client: Client) -> None:
    theme = theme_with(here.project, 12)
    assert "From about" not in client.get(at(here, f"{theme.ref}/")).content.decode()
    freeze(project=here.project, now=NOW)
    assert "From about 10 voices." in client.get(at(here, f"{theme.ref}/")).content.decode()


def test_voices_are_sorted_by_plain_forms(here: Listening, client: Client) -> None:
    voices = [released_voice(here.project, f"About trains {at}").pk for at in range(3)]
    client.force_login(here.cara)
    href = at(here, "work/")
    assert "Tick at least one voice" in client.post(href, {"do": "add"}).content.decode()
    body = client.post(href, {"do": "new", "voices": voices[:1]}).content.decode()
    assert "Give the new theme a short title" in body
    assert f'id="voice_{voices[0]}" checked' in body
    client.post(href, {"do": "new", "voices": voices[:1], "title": "Trains"})
    theme = Theme.objects.get()
    client.post(href, {"do": "add", "voices": voices[1:], "theme": theme.ref})
    theme.refresh_from_db()
    assert theme.voice_count == 3
    assert "Every voice has its theme" in client.get(href).content.decode()


def test_the_left_voices_are_searched_and_filtered(here: Listening, client: Client) -> None:
    released_voice(here.project, "The trains never run", kind="issue")
    released_voice(here.project, "Open in the evening", kind="idea")
    client.force_login(here.tom)
    body = client.get(at(here, "work/") + "?q=train").content.decode()
    assert "trains never run" in body
    assert "Open in the evening" not in body
    body = client.get(at(here, "work/") + "?kind=idea").content.decode()
    assert "trains never run" not in body
    assert "No voice fits" in client.get(at(here, "work/") + "?q=zebra").content.decode()


def test_a_theme_is_split_merged_shown_and_agreed_by_plain_forms(
    here: Listening, client: Client
) -> None:
    theme = theme_with(here.project, 3)
    client.force_login(here.tom)
    one = voices_of(theme)[0]
    client.post(at(here, f"{theme.ref}/voices/"), {"do": "split", "voices": one, "title": "Part"})
    part = Theme.objects.get(title="Part")
    client.post(at(here, f"{theme.ref}/voices/"), {"do": "out", "voices": voices_of(theme)[:1]})
    client.post(at(here, f"{theme.ref}/merge/"), {"themes": part.ref})
    part.refresh_from_db()
    assert part.merged_into == theme
    assert "part of a larger one" in client.get(at(here, f"{part.ref}/")).content.decode()
    assert client.post(at(here, f"{theme.ref}/agree/")).status_code == 409
    client.post(at(here, f"{theme.ref}/show-back/"))
    body = client.get(at(here, f"{theme.ref}/work/")).content.decode()
    assert "People have had less than a week" in body
    client.post(at(here, f"{theme.ref}/agree/"))
    theme.refresh_from_db()
    assert (theme.state, theme.voice_count) == ("agreed", 2)


def test_the_board_is_filtered_by_theme_and_by_place(here: Listening) -> None:
    theme = theme_with(here.project, 2)
    theme_with(here.project, 1)
    released_voice(here.project)
    services.move_along(theme=theme, place=Theme.Place.CHANGED, now=NOW)
    for more in ({"theme": str(theme.ref)}, {"place": "changed"}):
        found = board(here.project, Filters(more=more))
        assert sorted(voice.pk for voice in found) == voices_of(theme)
    assert not board(here.project, Filters(more={"theme": "nonsense"})).exists()


@pytest.mark.parametrize(
    "path", ["", "{theme}/", "work/", "{theme}/work/", "{theme}/similar/", "{theme}/merge/"]
)
def test_queries_stay_few_with_one_and_with_three(
    here: Listening, client: Client, path: str
) -> None:
    theme = theme_with(here.project, 1)
    released_voice(here.project)
    client.force_login(here.tom)
    href = at(here, path.format(theme=theme.ref))
    client.get(href)  # the first one today also notes in the session that someone came
    used = []
    for _ in range(2):
        with at_most(10) as counted:
            assert client.get(href).status_code == 200
        used.append(len(counted))
        for _more in range(2):
            theme_with(here.project, 1)
            released_voice(here.project)
            services.group(
                by=here.tom, theme=theme, voices=[released_voice(here.project).pk], now=NOW
            )
    assert used[1] <= used[0]
