from goldenthread.listen.themes import services
from goldenthread.listen.themes.suggestions import suggestions_for
from goldenthread.listen.themes.tests.factories import ThemeFactory
from goldenthread.listen.voices.tests.factories import released_voice
from goldenthread.projects.tests.factories import NOW, Listening, listening_project


def test_similar_voices_share_rare_words_and_say_which(here: Listening) -> None:
    for at in range(20):
        released_voice(here.project, f"The waiting list is long and slow {at}")
    theme = ThemeFactory.create(project=here.project)
    inside = released_voice(here.project, "The receptionist was rude about my appointment")
    services.group(by=here.tom, theme=theme, voices=[inside.pk], now=NOW)
    near = released_voice(here.project, "Receptionists are rude on the phone")
    [first, *_] = suggestions_for(theme)
    assert first.voice == near
    assert set(first.shared) == {"receptionists", "rude"}
    assert all("waiting" not in suggestion.shared for suggestion in suggestions_for(theme))


def test_grouped_voices_and_those_of_others_are_not_suggested(here: Listening) -> None:
    theme, other = ThemeFactory.create_batch(2, project=here.project)
    ours = released_voice(here.project, "The receptionist was rude")
    taken = released_voice(here.project, "A rude receptionist again")
    released_voice(listening_project().project, "Our receptionist is rude too")
    services.group(by=here.tom, theme=theme, voices=[ours.pk], now=NOW)
    services.group(by=here.tom, theme=other, voices=[taken.pk], now=NOW)
    assert suggestions_for(theme) == []


def test_an_empty_theme_suggests_nothing(here: Listening) -> None:
    released_voice(here.project, "Anything")
    assert suggestions_for(ThemeFactory.create(project=here.project)) == []


def test_strange_words_do_no_harm(here: Listening) -> None:
    theme = ThemeFactory.create(project=here.project)
    odd = "o'brien \\ ' | & ! c:\\temp http://example.org/a'b"
    services.group(by=here.tom, theme=theme, voices=[released_voice(here.project, odd).pk], now=NOW)
    assert [one.voice.words.shown for one in suggestions_for(theme)] == []
    twin = released_voice(here.project, odd)
    assert [one.voice for one in suggestions_for(theme)] == [twin]
