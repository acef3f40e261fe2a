import pytest

from goldenthread.kit.refusals import Refusal
from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.themes import permissions, queries, services
from goldenthread.listen.themes.models import Grouping, Theme
from goldenthread.listen.themes.tests.factories import many_voices, theme_with, voices_of
from goldenthread.listen.voices.tests.factories import VoiceFactory, released_voice, signed_in
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Guest
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.reading.tests.factories import WordsFactory
from goldenthread.thread.models import Entry, Tie
from goldenthread.thread.queries import voices_beneath

PEOPLE = ["mina", "tom", "rosa", "sam", "priya", "dev", "cara", "ada", "nell", "stranger"]


@pytest.mark.parametrize("name", PEOPLE)
def test_only_facilitators_and_co_leads_group(here: Listening, name: str) -> None:
    may = permissions.may_group(getattr(here, name), here.project, now=NOW)
    assert may is (name in {"tom", "cara"})


def test_guests_never_group_and_nobody_groups_in_a_closed_project(here: Listening) -> None:
    assert not permissions.may_group(Guest(), here.project, now=NOW)
    here.project.state = Project.State.CLOSED
    assert not permissions.may_group(here.tom, here.project, now=NOW)


def test_a_theme_is_made_with_voices_ties_and_an_entry(here: Listening) -> None:
    voices = [released_voice(here.project).pk for _ in range(3)]
    theme = services.make_theme(
        by=here.tom, project=here.project, title="  Waiting ", voices=voices, now=NOW
    )
    assert (theme.title, theme.voice_count, theme.place) == ("Waiting", 3, "heard")
    assert voices_beneath(theme.ref) == sorted(voices)
    assert Entry.objects.get(about=theme.ref).kind == "theme.made"


def test_only_released_voices_of_this_project_are_grouped(here: Listening) -> None:
    held = VoiceFactory.create(words=WordsFactory.create(project=here.project))
    elsewhere = released_voice(listening_project().project)
    ours = released_voice(here.project)
    theme = theme_with(here.project, 0)
    wanted = [held.pk, elsewhere.pk, ours.pk]
    assert services.group(by=here.cara, theme=theme, voices=wanted, now=NOW) == 1
    assert voices_of(theme) == [ours.pk]


def test_grouping_twice_counts_once(here: Listening) -> None:
    voice = released_voice(here.project).pk
    theme = theme_with(here.project, 0)
    assert services.group(by=here.tom, theme=theme, voices=[voice], now=NOW) == 1
    assert services.group(by=here.tom, theme=theme, voices=[voice, voice], now=NOW) == 0
    theme.refresh_from_db()
    assert theme.voice_count == 1
    assert Tie.objects.filter(source=voice, ended_on=None).count() == 1


def test_nothing_ticked_is_refused(here: Listening) -> None:
    theme = theme_with(here.project, 1)
    with pytest.raises(Refusal, match="Tick at least one voice"):
        services.group(by=here.tom, theme=theme, voices=[], now=NOW)
    with pytest.raises(Refusal, match="Tick at least one voice"):
        services.ungroup(by=here.tom, theme=theme, voices=[], now=NOW)


def test_others_are_refused_and_nothing_happens(here: Listening) -> None:
    theme = theme_with(here.project, 1)
    voice = released_voice(here.project).pk
    for person in (here.mina, here.ada, here.nell, here.rosa):
        with pytest.raises(Refusal, match="Only organisers"):
            services.group(by=person, theme=theme, voices=[voice], now=NOW)
    assert Grouping.objects.filter(voice=voice).count() == 0


def test_taken_out_a_voice_is_in_no_theme_again(here: Listening) -> None:
    theme = theme_with(here.project, 2)
    first, second = voices_of(theme)
    assert services.ungroup(by=here.tom, theme=theme, voices=[first], now=NOW) == 1
    assert voices_beneath(theme.ref) == [second]
    assert [voice.pk for voice in queries.ungrouped(here.project)] == [first]
    theme.refresh_from_db()
    assert theme.voice_count == 1
    services.group(by=here.tom, theme=theme, voices=[first], now=NOW)
    assert voices_beneath(theme.ref) == sorted([first, second])


def test_what_was_decided_on_stays_whole(here: Listening) -> None:
    theme = theme_with(here.project, 1)
    services.move_along(theme=theme, place=Theme.Place.DECIDED, now=NOW)
    with pytest.raises(Refusal, match="must hear the answer"):
        services.ungroup(by=here.tom, theme=theme, voices=voices_of(theme), now=NOW)
    late = released_voice(here.project).pk
    assert services.group(by=here.tom, theme=theme, voices=[late], now=NOW) == 1


def test_a_theme_moves_only_forward(here: Listening) -> None:
    theme = theme_with(here.project, 1)
    services.move_along(theme=theme, place=Theme.Place.ACTED, now=NOW)
    assert services.move_along(theme=theme, place=Theme.Place.DECIDED, now=NOW).place == "acted"
    assert services.move_along(theme=theme, place=Theme.Place.CHANGED, now=NOW).place == "changed"


def test_two_thousand_voices_are_grouped_and_merged_in_a_few_statements(here: Listening) -> None:
    voices = many_voices(here.project, 2216)
    into = theme_with(here.project, 0)
    with at_most(40):
        theme = services.make_theme(
            by=here.tom, project=here.project, title="All", voices=voices, now=NOW
        )
        services.merge(by=here.tom, themes=[theme], into=into, now=NOW)
    into.refresh_from_db()
    assert into.voice_count == 2216
    assert not queries.ungrouped(here.project).exists()


def test_the_daily_count_leaves_out_what_was_taken_back(here: Listening) -> None:
    theme = theme_with(here.project, 2)
    words = Grouping.objects.filter(theme=theme)[0].voice.words
    words.state = "withdrawn"
    words.save()
    services.recount(project=here.project)
    theme.refresh_from_db()
    assert theme.voice_count == 1


def agreed(here: Listening, number: int) -> Theme:
    theme = theme_with(here.project, number)
    services.show_back(by=here.tom, theme=theme, now=NOW)
    return services.agree(by=here.tom, theme=theme, now=NOW)


def test_late_voices_are_asked_before_a_topic_is_decided_on(here: Listening) -> None:
    theme = agreed(here, 3)
    late = released_voice(here.project, author=here.mina, known_as="named")
    tom, base = signed_in(here.tom), f"/p/{here.project.address}/themes/"
    given = {"do": "add", "voices": late.pk, "theme": theme.ref}
    page = tom.post(f"{base}work/", given, follow=True).content.decode()
    assert "agree on it again" in page
    assert list(queries.open_themes(here.project)) == []
    assert theme in queries.told_themes(here.project), "it stays where everyone reads it"
    asked = signed_in(here.mina).get(f"{base}{theme.ref}/correct/")
    assert "Is this what you meant?" in asked.content.decode()
    theme.refresh_from_db()
    services.agree(by=here.cara, theme=theme, now=NOW)
    page = tom.post(f"{base}work/", given, follow=True).content.decode()
    assert "agree on it again" not in page, "nobody is new in it"
    assert list(queries.open_themes(here.project)) == [theme]


def test_taken_out_of_an_agreed_topic_it_is_agreed_on_anew(here: Listening) -> None:
    theme = agreed(here, 3)
    href = f"/p/{here.project.address}/themes/{theme.ref}/voices/"
    given = {"do": "out", "voices": voices_of(theme)[0]}
    page = signed_in(here.tom).post(href, given, follow=True).content.decode()
    assert "agree on it again" in page
    theme.refresh_from_db()
    assert (theme.state, theme.voice_count) == (Theme.State.SHOWN_BACK, 2)


def test_a_decided_topic_is_never_opened_again_by_late_voices(here: Listening) -> None:
    theme = agreed(here, 3)
    services.move_along(theme=theme, place=Theme.Place.DECIDED, now=NOW)
    late = released_voice(here.project).pk
    given = {"do": "add", "voices": late, "theme": theme.ref}
    href = f"/p/{here.project.address}/themes/work/"
    page = signed_in(here.tom).post(href, given, follow=True).content.decode()
    assert "agree on it again" not in page
    theme.refresh_from_db()
    assert (theme.state, theme.voice_count) == (Theme.State.AGREED, 4)
