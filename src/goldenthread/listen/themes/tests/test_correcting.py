"""What somebody writes about a topic is taken, or given back to them: never lost without a word."""

from collections.abc import Callable

import pytest
from django.test import Client

from goldenthread.listen.themes import services
from goldenthread.listen.themes.models import Correction, Theme
from goldenthread.listen.themes.tests.factories import theme_with, voices_of
from goldenthread.listen.voices.tests.factories import released_voice, signed_in
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.safety.reading.models import Words

WROTE = "It was the letters, not the calls."


@pytest.fixture
def theme(here: Listening) -> Theme:
    """A theme with a voice of Mina's, shown back."""
    made = theme_with(here.project, 2)
    mine = released_voice(here.project, author=here.mina, known_as="named")
    services.group(by=here.tom, theme=made, voices=[mine.pk], now=NOW)
    return services.show_back(by=here.tom, theme=made, now=NOW)


def href(theme: Theme) -> str:
    return f"/p/{theme.project.address}/themes/{theme.ref}/correct/"


def agreed(here: Listening, theme: Theme) -> None:
    services.agree(by=here.tom, theme=theme, now=NOW)


def merged(here: Listening, theme: Theme) -> None:
    into = theme_with(here.project, 1)
    services.merge(by=here.tom, themes=[theme], into=into, now=NOW)


def taken_out(here: Listening, theme: Theme) -> None:
    services.ungroup(by=here.tom, theme=theme, voices=voices_of(theme), now=NOW)


@pytest.mark.parametrize("meanwhile", [agreed, merged, taken_out])
def test_what_was_written_while_organisers_went_on_is_given_back(
    here: Listening, theme: Theme, meanwhile: Callable[[Listening, Theme], None]
) -> None:
    client = signed_in(here.mina)
    assert "What should it say?" in client.get(href(theme)).content.decode()
    meanwhile(here, theme)
    answer = client.post(href(theme), {"answer": "no", "text": WROTE})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "What you wrote was not sent" in page
    assert WROTE in page
    assert not Words.objects.filter(text=WROTE).exists()
    assert client.get(href(theme)).status_code == 302


def test_on_a_second_tab_other_words_are_refused_beside_their_box(
    here: Listening, theme: Theme
) -> None:
    client = signed_in(here.mina)
    client.post(href(theme), {"answer": "no", "text": WROTE})
    page = client.post(href(theme), {"answer": "yes", "text": "And nobody rang."}).content.decode()
    assert "You have sent us words about this already" in page
    assert "And nobody rang.</textarea>" in page
    assert Correction.objects.get().answer == "no"
    sent = client.post(href(theme), {"answer": "yes", "text": ""})
    assert sent.status_code == 302
    assert Correction.objects.get().answer == "yes"
    assert 'name="text"' not in client.get(href(theme)).content.decode()


def test_the_same_form_sent_twice_is_taken_once(here: Listening, theme: Theme) -> None:
    client = signed_in(here.mina)
    for _ in range(2):
        sent = client.post(href(theme), {"answer": "partly", "text": f" {WROTE}\r\n"})
        assert sent.status_code == 302
    assert Words.objects.filter(purpose=Words.Purpose.CORRECTION).count() == 1


def test_others_are_led_to_the_topic(here: Listening, theme: Theme) -> None:
    for client in (Client(), signed_in(here.nell)):
        assert client.post(href(theme), {"answer": "no"}).status_code == 302
    assert not Correction.objects.exists()


def test_organisers_never_overwrite_unseen_what_was_done_with_a_correction(
    here: Listening, theme: Theme
) -> None:
    signed_in(here.mina).post(href(theme), {"answer": "no", "text": WROTE})
    one = Correction.objects.get()
    Words.objects.filter(correction=one).update(
        state=Words.State.RELEASED, shown=WROTE, released_on=NOW.date()
    )
    tom, cara = signed_in(here.tom), signed_in(here.cara)
    deal = f"/p/{theme.project.address}/themes/{theme.ref}/corrections/{one.ref}/"
    before = one.edition
    assert tom.post(deal, {"what": "We say letters now.", "seen": before}).status_code == 302
    assert tom.post(deal, {"what": "We say letters now.", "seen": before}).status_code == 302
    page = cara.post(deal, {"what": "Left as it was.", "seen": before}).content.decode()
    for said in ("Someone noted meanwhile", "We say letters now.", "Left as it was."):
        assert said in page
    one.refresh_from_db()
    assert one.dealt_with == "We say letters now."
    assert f'value="{one.edition}"' in page
    assert cara.post(deal, {"what": "Both.", "seen": one.edition}).status_code == 302
    one.refresh_from_db()
    assert one.dealt_with == "Both."
