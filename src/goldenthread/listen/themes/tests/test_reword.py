import pytest
from django.test import Client

from goldenthread.kit.refusals import Refusal
from goldenthread.kit.testing.queries import at_most
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


def reworded(here: Listening, theme: Theme, title: str) -> Theme:
    theme.refresh_from_db()
    return services.retitle(
        by=here.tom, theme=theme, title=title, sentence="S.", version=theme.version, now=NOW
    )


def page_of(theme: Theme, browser: Client) -> str:
    return browser.get(f"/p/{theme.project.address}/themes/{theme.ref}/").content.decode()


def test_what_people_were_shown_stays_on_the_page(here: Listening, client: Client) -> None:
    theme = theme_with(here.project, 1, title="Before anyone saw it")
    reworded(here, theme, "Shown to people")
    services.show_back(by=here.tom, theme=theme, now=NOW)
    reworded(here, theme, "Weaker")
    reworded(here, theme, "Weaker still")
    reworded(here, theme, "Weaker still")  # saved as it was
    page = page_of(theme, client)
    assert "This topic was called “Shown to people” until 10 March 2026." in page
    assert page.index("“Weaker”") < page.index("“Shown to people”")
    assert "“Weaker still”" not in page
    assert "Before anyone saw it" not in page  # the control


def test_what_was_decided_on_keeps_its_words(here: Listening, client: Client) -> None:
    theme = theme_with(here.project, 1, title="Silence")
    services.show_back(by=here.tom, theme=theme, now=NOW)
    services.agree(by=here.tom, theme=theme, now=NOW)
    services.move_along(theme=theme, place=Theme.Place.DECIDED, now=NOW)
    for who in (here.tom, here.cara):
        theme.refresh_from_db()
        given = {"title": "Tea", "sentence": "All is well.", "version": theme.version}
        with pytest.raises(Refusal, match="They stay"):
            services.retitle(by=who, theme=theme, now=NOW, **given)
    client.force_login(here.tom)
    work = client.get(f"/p/{here.project.address}/themes/{theme.ref}/work/").content.decode()
    assert "decided on, in these words" in work
    assert 'name="title"' not in work.split('id="inside"')[0]


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_as_much_with_one_wording_as_with_three(
    here: Listening, client: Client, number: int
) -> None:
    theme = theme_with(here.project, 1)
    services.show_back(by=here.tom, theme=theme, now=NOW)
    for at in range(number):
        reworded(here, theme, f"Wording {at}")
    page_of(theme, client)
    with at_most(11):
        page_of(theme, client)
