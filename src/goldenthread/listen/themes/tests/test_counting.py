"""What organisers are told of the answers to a theme: frozen, rounded, and telling on nobody."""

from datetime import timedelta

import pytest
from django.test import Client

from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.themes import services
from goldenthread.listen.themes.counting import Answers, answers_to
from goldenthread.listen.themes.models import Correction, Theme
from goldenthread.listen.themes.tests.factories import theme_with
from goldenthread.listen.voices.tests.factories import released_voice, signed_in
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.safety.reading.models import Words
from goldenthread.safety.release.queries import latest
from goldenthread.safety.release.services import freeze, freeze_all_due

YES, PARTLY, NO = Correction.Answer.YES, Correction.Answer.PARTLY, Correction.Answer.NO
NONE_YET = "There are no numbers yet."


def shown_to(here: Listening, number: int) -> Theme:
    theme = theme_with(here.project, number)
    return services.show_back(by=here.tom, theme=theme, now=NOW)


def answered(theme: Theme, *answers: Correction.Answer) -> None:
    """Let the next of those who spoke answer, one after another."""
    open_still = theme.groupings.exclude(voice__in=theme.corrections.values("voice"))
    for grouping, answer in zip(open_still.order_by("voice"), answers, strict=False):
        Correction.objects.create(
            theme=theme, voice=grouping.voice, answer=answer, on=theme.shown_back_on
        )


def told(here: Listening, theme: Theme) -> str:
    """What the organisers' page says of the answers."""
    href = f"/p/{here.project.address}/themes/{theme.ref}/work/"
    page = signed_in(here.tom).get(href).content.decode()
    return page.partition("Shown back on")[2].partition("</p>")[0]


def test_no_number_follows_a_newcomer_nor_a_changed_mind(here: Listening) -> None:
    theme = shown_to(here, 45)
    answered(theme, *[YES] * 11, *[PARTLY] * 11, *[NO] * 10)
    assert NONE_YET in told(here, theme)
    freeze(project=here.project, now=NOW)
    before = told(here, theme)
    for said in ("about 30 people", "about 10 said yes", "about 10 said partly", "10 said no"):
        assert said in before
    answered(theme, YES)
    first = theme.corrections.filter(answer=NO)[0]
    answer_of(here, theme, first, YES)
    freeze_all_due(now=NOW + timedelta(days=1))
    assert told(here, theme) == before
    answered(theme, *[YES] * 9)
    freeze_all_due(now=NOW + timedelta(days=2))
    assert "about 40 people" in told(here, theme), "the control: ten more have come"


def answer_of(here: Listening, theme: Theme, given: Correction, answer: Correction.Answer) -> None:
    """Let the author of an answer change it on their own page."""
    given.voice.author, given.voice.known_as = here.mina, "named"
    given.voice.save()
    href = f"/p/{here.project.address}/themes/{theme.ref}/correct/"
    assert signed_in(here.mina).post(href, {"answer": answer}).status_code == 302
    given.refresh_from_db()
    assert given.answer == answer


def test_where_all_said_the_same_only_the_whole_is_told(here: Listening) -> None:
    theme = shown_to(here, 12)
    answered(theme, *[YES] * 12)
    freeze(project=here.project, now=NOW)
    said = told(here, theme)
    assert "about 10 people had answered" in said
    assert "it would tell too much" in said
    for label in ("yes", "partly", "no"):
        assert f"said {label}" not in said


def test_of_nine_nothing_is_told(here: Listening) -> None:
    theme = shown_to(here, 12)
    answered(theme, *[YES] * 9)
    freeze(project=here.project, now=NOW)
    assert NONE_YET in told(here, theme)
    answered(theme, YES)
    assert NONE_YET in told(here, theme), "nor of ten at once"


def test_who_took_their_words_back_and_who_answered_before_are_not_counted(
    here: Listening,
) -> None:
    theme = shown_to(here, 12)
    answered(theme, *[YES] * 12)
    gone = theme.corrections.values("voice__words")[:3]
    Words.objects.filter(ref__in=list(gone.values_list("voice__words", flat=True))).update(
        state=Words.State.WITHDRAWN
    )
    freeze(project=here.project, now=NOW)
    assert NONE_YET in told(here, theme)


def test_shown_back_anew_it_is_another_question(here: Listening) -> None:
    theme = shown_to(here, 40)
    answered(theme, *[YES] * 20, *[NO] * 15)
    freeze(project=here.project, now=NOW)
    assert answers_to(theme, latest(here.project)).number == 35
    later = NOW + timedelta(days=3)
    theme = services.show_back(by=here.tom, theme=theme, now=later)
    assert answers_to(theme, latest(here.project)) == Answers()
    Correction.objects.filter(answer=NO).update(on=later.date())
    freeze_all_due(now=later)
    assert answers_to(theme, latest(here.project)).number == 15


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_as_much_with_one_answer_as_with_three(
    here: Listening, client: Client, number: int
) -> None:
    theme = shown_to(here, 3)
    answered(theme, *[NO] * number)
    released_voice(here.project)
    client.force_login(here.tom)
    href = f"/p/{here.project.address}/themes/{theme.ref}/work/"
    client.get(href)
    with at_most(10):
        assert client.get(href).status_code == 200
