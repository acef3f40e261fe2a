import pytest
from django.test import Client

from goldenthread.kit.refusals import Refusal
from goldenthread.listen.themes import services
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.themes.tests.factories import theme_with
from goldenthread.projects.tests.factories import NOW, Listening


def test_a_theme_is_put_in_other_words(here: Listening) -> None:
    theme = theme_with(here.project, 1)
    services.retitle(
        by=here.cara, theme=theme, title="Silence", sentence="Nobody writes.", version=0, now=NOW
    )
    theme.refresh_from_db()
    assert (theme.title, theme.sentence, theme.version) == ("Silence", "Nobody writes.", 1)


def test_who_saves_second_overwrites_nothing(here: Listening) -> None:
    theme = theme_with(here.project, 1)
    said = {"sentence": "We wait.", "version": 0, "now": NOW}
    services.retitle(by=here.tom, theme=theme, title="Tom's", **said)
    with pytest.raises(Refusal, match="Someone changed this theme"):
        services.retitle(by=here.cara, theme=theme, title="Cara's", **said)
    theme.refresh_from_db()
    assert theme.title == "Tom's"


def test_the_second_sees_both_and_can_save_then(here: Listening, client: Client) -> None:
    theme = theme_with(here.project, 1)
    services.retitle(by=here.tom, theme=theme, title="From Tom", sentence="A.", version=0, now=NOW)
    client.force_login(here.cara)
    href = f"/p/{here.project.address}/themes/{theme.ref}/reword/"
    wrote = {"title": "From Cara", "sentence": "B.", "version": "0"}
    body = client.post(href, wrote).content.decode()
    assert "Someone changed this theme" in body
    assert "From Tom" in body
    assert "From Cara" in body
    assert 'name="version" value="1"' in body
    assert client.post(href, {**wrote, "version": "1"}).status_code == 302
    assert Theme.objects.get(ref=theme.ref).title == "From Cara"


def test_a_theme_keeps_a_title(here: Listening) -> None:
    theme = theme_with(here.project, 1)
    with pytest.raises(Refusal, match="short title"):
        services.retitle(by=here.tom, theme=theme, title=" ", sentence="", version=0, now=NOW)


def test_an_agreed_theme_put_in_other_words_is_agreed_on_anew(here: Listening) -> None:
    theme = theme_with(here.project, 1)
    services.show_back(by=here.tom, theme=theme, now=NOW)
    services.agree(by=here.tom, theme=theme, now=NOW)
    services.retitle(by=here.tom, theme=theme, title="T", sentence="S.", version=2, now=NOW)
    theme.refresh_from_db()
    assert theme.state == Theme.State.SHOWN_BACK
