import pytest

from goldenthread.act.decisions.models import Decision
from goldenthread.act.decisions.queries import tally, voices_beneath_decisions
from goldenthread.act.decisions.services import publish_decision
from goldenthread.act.decisions.tests.factories import (
    LATER,
    agreed_theme,
    draft,
    panel,
    published,
)
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.themes import services as themes
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.voices.tests.factories import released_voice
from goldenthread.projects.tests.factories import listening_project
from goldenthread.safety.reading.services import withdraw
from goldenthread.thread.models import Entry, Tie
from goldenthread.thread.queries import story_of, voices_beneath

pytestmark = pytest.mark.django_db


def test_publishing_ties_the_voices_to_the_decision_and_records_it():
    house = listening_project()
    voice = released_voice(house.project)
    theme = agreed_theme(house, [voice.ref])
    decision = published(house, theme)
    assert voices_beneath(decision.ref) == [voice.ref]
    theme.refresh_from_db()
    assert theme.place == Theme.Place.DECIDED
    entry = Entry.objects.get(kind="decision.published")
    assert entry.about == decision.ref
    assert b'"fact_outcome":"yes"' in bytes(entry.body)
    [step] = [
        each for each in story_of(voice.ref, visible_to=house.mina).after if each.kind != "theme"
    ]
    assert step.described.title == "Decided, yes: A message every week while you wait"


def test_a_draft_is_on_no_thread():
    house = listening_project()
    voice = released_voice(house.project)
    decision = draft(house, agreed_theme(house, [voice.ref]))
    assert voices_beneath(decision.ref) == []
    assert not Tie.objects.filter(target=decision.ref).exists()
    assert not Entry.objects.filter(kind="decision.published").exists()


def test_a_theme_that_was_merged_meanwhile_stops_the_publishing():
    house = listening_project()
    first = agreed_theme(house, [released_voice(house.project).ref])
    second = agreed_theme(house, [released_voice(house.project).ref], title="Evening hours")
    decision = draft(house, first)
    themes.merge(by=house.tom, themes=[first], into=second, now=LATER)
    with pytest.raises(Refusal):
        publish_decision(by=house.dev, decision=decision, now=LATER)
    decision.refresh_from_db()
    assert decision.state == Decision.State.DRAFT


def test_publishing_twice_is_refused_and_recorded_once():
    house = listening_project()
    decision = published(house, agreed_theme(house, [released_voice(house.project).ref]))
    with pytest.raises(Refusal):
        publish_decision(by=house.dev, decision=decision, now=LATER)
    assert Entry.objects.filter(kind="decision.published").count() == 1


@pytest.mark.parametrize(
    ("who", "for_a_group", "may"),
    [
        ("dev", False, True),
        ("dev", True, True),
        ("tom", False, False),
        ("tom", True, True),
        ("cara", True, False),
        ("rosa", True, False),
        ("priya", True, False),
        ("ada", True, False),
        ("mina", True, False),
        ("nell", True, False),
        ("stranger", True, False),
    ],
)
def test_who_may_publish(who, for_a_group, may):
    house = listening_project()
    theme = agreed_theme(house, [released_voice(house.project).ref])
    decision = draft(house, theme, group=panel(house) if for_a_group else None)
    by = getattr(house, who)
    if may:
        assert publish_decision(by=by, decision=decision, now=LATER).state == "published"
    else:
        with pytest.raises(Refusal):
            publish_decision(by=by, decision=decision, now=LATER)


@pytest.mark.parametrize(
    ("who", "may"),
    [
        *((name, True) for name in ("dev", "tom", "cara")),
        *((name, False) for name in ("rosa", "priya", "ada", "mina", "nell", "stranger")),
    ],
)
def test_who_may_write(who, may):
    house = listening_project()
    theme = agreed_theme(house, [released_voice(house.project).ref])
    house.tom = getattr(house, who)
    if may:
        assert draft(house, theme).written_by == getattr(house, who)
    else:
        with pytest.raises(Refusal):
            draft(house, theme)


def test_words_that_were_taken_back_are_not_counted_beneath_a_decision():
    house = listening_project()
    voices = [released_voice(house.project) for _ in range(3)]
    decision = published(house, agreed_theme(house, [voice.ref for voice in voices]))
    name = f"decision:{decision.ref}"
    assert voices_beneath_decisions(house.project) == {name: 3}
    withdraw(words=voices[0].words, now=LATER)
    assert voices_beneath_decisions(house.project) == {name: 2}


def test_the_tally_counts_published_decisions_only():
    house = listening_project()
    theme = agreed_theme(house, [released_voice(house.project).ref])
    published(house, theme)
    published(house, theme, outcome="no")
    draft(house, theme, outcome="partly")
    counted = tally(house.project)
    assert (counted.yes, counted.partly, counted.no, counted.all) == (1, 0, 1, 2)
