import pytest

from goldenthread.kit.refusals import Refusal
from goldenthread.listen.themes import queries, services
from goldenthread.listen.themes.models import Grouping, Theme
from goldenthread.listen.themes.tests.factories import theme_with, voices_of
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.thread.models import Tie
from goldenthread.thread.queries import story_of, voices_beneath, what_came_of


def after(ref: object, speaker: object) -> list[str]:
    return [step.described.title for step in story_of(ref, visible_to=speaker).after]


def test_merging_keeps_the_old_theme_and_all_voices(here: Listening) -> None:
    old, into = theme_with(here.project, 2, title="Old"), theme_with(here.project, 3, title="New")
    before = [*voices_of(old), *voices_of(into)]
    services.merge(by=here.tom, themes=[old], into=into, now=NOW)
    old.refresh_from_db()
    into.refresh_from_db()
    assert (old.state, old.merged_into, old.voice_count) == ("merged", into, 2)
    assert into.voice_count == 5
    assert sorted(voices_beneath(into.ref)) == sorted(before)
    assert Grouping.objects.filter(theme=into, came_by=old).count() == 2
    assert Tie.objects.filter(source=voices_of(old)[0], target=old.ref, ended_on=None).exists()


def test_a_voice_is_followed_through_a_merge_of_a_merge(here: Listening) -> None:
    first, second, third = (theme_with(here.project, 2, title=name) for name in "ABC")
    voice = voices_of(first)[0]
    services.merge(by=here.tom, themes=[first], into=second, now=NOW)
    services.merge(by=here.tom, themes=[second], into=third, now=NOW)
    assert what_came_of([voice], "theme")
    assert set(after(voice, here.mina)) == {"A", "B", "C"}
    assert len(voices_beneath(third.ref)) == 6
    third.refresh_from_db()
    assert third.voice_count == 6


def test_many_are_merged_at_once(here: Listening) -> None:
    olds = [theme_with(here.project, 1) for _ in range(3)]
    into = theme_with(here.project, 1)
    services.merge(by=here.cara, themes=olds, into=into, now=NOW)
    assert len(voices_beneath(into.ref)) == 4
    assert list(queries.themes_of(here.project)) == [into]


def test_a_voice_in_both_counts_once_and_leaves_both_ways(here: Listening) -> None:
    old, into = theme_with(here.project, 1), theme_with(here.project, 1)
    shared = voices_of(old)[0]
    services.group(by=here.tom, theme=into, voices=[shared], now=NOW)
    services.merge(by=here.tom, themes=[old], into=into, now=NOW)
    into.refresh_from_db()
    assert into.voice_count == 2
    services.ungroup(by=here.tom, theme=into, voices=[shared], now=NOW)
    assert shared not in voices_beneath(into.ref)
    assert [voice.pk for voice in queries.ungrouped(here.project)] == [shared]


def test_splitting_takes_voices_along_from_every_merge_beneath(here: Listening) -> None:
    old, theme = theme_with(here.project, 2), theme_with(here.project, 2)
    services.merge(by=here.tom, themes=[old], into=theme, now=NOW)
    every = voices_of(theme)
    gone = [voices_of(old)[0], next(voice for voice in every if voice not in voices_of(old))]
    new = services.split(by=here.tom, theme=theme, voices=gone, title="Part", now=NOW)
    assert voices_beneath(new.ref) == sorted(gone)
    assert voices_beneath(theme.ref) == sorted(set(every) - set(gone))
    theme.refresh_from_db()
    assert (theme.voice_count, new.voice_count) == (2, 2)
    assert after(theme.ref, here.tom) == ["Part"]
    before = {step.ref for step in story_of(new.ref, visible_to=here.tom).before}
    assert before == {old.ref, theme.ref}


def test_merge_split_and_merge_again_lose_nobody(here: Listening) -> None:
    first, second = theme_with(here.project, 3), theme_with(here.project, 3)
    every = {*voices_of(first), *voices_of(second)}
    services.merge(by=here.tom, themes=[first], into=second, now=NOW)
    part = services.split(
        by=here.tom, theme=second, voices=voices_of(second)[:4], title="Part", now=NOW
    )
    services.merge(by=here.tom, themes=[second], into=part, now=NOW)
    assert set(voices_beneath(part.ref)) == every
    part.refresh_from_db()
    assert part.voice_count == 6
    assert not queries.ungrouped(here.project).exists()


def test_a_theme_that_was_merged_is_worked_on_no_more(here: Listening) -> None:
    old, into = theme_with(here.project, 1), theme_with(here.project, 1)
    services.merge(by=here.tom, themes=[old], into=into, now=NOW)
    with pytest.raises(Refusal, match="merged into another"):
        services.group(by=here.tom, theme=old, voices=voices_of(into), now=NOW)
    with pytest.raises(Refusal, match="merged into another"):
        services.merge(by=here.tom, themes=[into], into=old, now=NOW)


def test_a_theme_is_not_merged_into_itself_nor_across_projects(here: Listening) -> None:
    theme, far = theme_with(here.project, 1), theme_with(listening_project().project, 1)
    with pytest.raises(Refusal, match="one other theme"):
        services.merge(by=here.tom, themes=[theme], into=theme, now=NOW)
    with pytest.raises(Refusal, match="different projects"):
        services.merge(by=here.tom, themes=[far], into=theme, now=NOW)


def test_what_was_decided_on_is_neither_merged_away_nor_split(here: Listening) -> None:
    decided, other = theme_with(here.project, 2), theme_with(here.project, 1)
    services.move_along(theme=decided, place=Theme.Place.DECIDED, now=NOW)
    with pytest.raises(Refusal, match="decided on"):
        services.merge(by=here.tom, themes=[decided], into=other, now=NOW)
    with pytest.raises(Refusal, match="decided on"):
        services.split(
            by=here.tom, theme=decided, voices=voices_of(decided)[:1], title="Part", now=NOW
        )
    services.merge(by=here.tom, themes=[other], into=decided, now=NOW)
    assert len(voices_beneath(decided.ref)) == 3


def test_what_was_shown_back_is_shown_again_after_a_merge(here: Listening) -> None:
    old, into = theme_with(here.project, 1), theme_with(here.project, 1)
    services.show_back(by=here.tom, theme=into, now=NOW)
    services.merge(by=here.tom, themes=[old], into=into, now=NOW)
    into.refresh_from_db()
    assert into.state == Theme.State.WORKING
    with pytest.raises(Refusal, match="Show this theme"):
        services.agree(by=here.tom, theme=into, now=NOW)
