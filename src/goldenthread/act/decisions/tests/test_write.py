from datetime import date

import pytest

from goldenthread.act.decisions.models import Decision
from goldenthread.act.decisions.services import drop_draft, write_decision
from goldenthread.act.decisions.tests.factories import (
    LATER,
    agreed_theme,
    draft,
    panel,
    published,
    said,
)
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.themes import services as themes
from goldenthread.listen.voices.tests.factories import released_voice
from goldenthread.projects.tests.factories import NOW, Listening, listening_project

pytestmark = pytest.mark.django_db


def a_theme(house: Listening):
    return agreed_theme(house, [released_voice(house.project).ref])


def test_a_decision_keeps_its_options_and_who_decided():
    house = listening_project()
    decision = draft(house, a_theme(house))
    assert decision.number == 1
    assert [(each.text, each.chosen) for each in decision.options.order_by("position")] == [
        ("A message each week", True),
        ("A list to look at", False),
    ]
    assert (decision.how_many, decision.how_many_lived) == (3, 1)
    assert not decision.before_listening
    assert not decision.before_showing_back


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"why": "  "}, "why"),
        ({"outcome": "no", "why": ""}, "why"),
        ({"options": [("Only one", True)]}, "option_1"),
        ({"options": [("Only one", True), ("  ", False)]}, "option_1"),
        ({"decided_by": ""}, "decided_by"),
        ({"how_many": None}, "how_many"),
        ({"how_many_lived": None}, "how_many_lived"),
        ({"how_many": 2, "how_many_lived": 3}, "how_many_lived"),
        ({"decided_on": date(2026, 5, 6)}, "decided_on"),
    ],
)
def test_what_is_missing_is_refused_beside_its_field(missing, field):
    house = listening_project()
    theme = a_theme(house)
    with pytest.raises(Refusal) as refused:
        draft(house, theme, **missing)
    assert refused.value.field == field
    assert not Decision.objects.exists()


def test_none_of_the_options_may_have_been_chosen():
    house = listening_project()
    options = [("This", False), ("That", False)]
    decision = draft(house, a_theme(house), outcome="no", options=options)
    assert not decision.options.filter(chosen=True).exists()


def test_only_agreed_themes_of_this_project_are_decided_on():
    house, other = listening_project(), listening_project()
    raw = themes.make_theme(by=house.tom, project=house.project, title="Raw", now=NOW)
    foreign = a_theme(other)
    for theme in (raw, foreign):
        with pytest.raises(Refusal) as refused:
            draft(house, theme)
        assert refused.value.field == "themes"
    with pytest.raises(Refusal):
        write_decision(by=house.tom, project=house.project, themes=[], **said(), now=LATER)


def test_a_group_fills_in_its_seats():
    house = listening_project()
    empty = {"decided_by": "", "how_many": None, "how_many_lived": None}
    decision = draft(house, a_theme(house), group=panel(house), **empty)
    assert (decision.how_many, decision.how_many_lived) == (3, 2)


def test_how_many_were_there_may_differ_from_the_seats():
    house = listening_project()
    decision = draft(house, a_theme(house), group=panel(house), how_many=2, how_many_lived=1)
    assert (decision.how_many, decision.how_many_lived) == (2, 1)


def test_a_group_of_another_project_is_refused():
    house, other = listening_project(), listening_project()
    with pytest.raises(Refusal) as refused:
        draft(house, a_theme(house), group=panel(other))
    assert refused.value.field == "group"


def test_decided_before_people_were_asked_is_marked():
    house = listening_project()
    decision = draft(house, a_theme(house), decided_on=date(2026, 3, 1))
    assert decision.before_listening
    assert decision.before_showing_back


def test_decided_before_the_themes_were_shown_back_is_marked():
    house = listening_project()
    decision = draft(house, a_theme(house), decided_on=date(2026, 3, 5))
    assert not decision.before_listening
    assert decision.before_showing_back


def test_a_draft_can_be_written_anew_and_thrown_away():
    house = listening_project()
    theme = a_theme(house)
    first = draft(house, theme)
    again = draft(house, theme, decision=first, title="Another title", options=[("A", 1), ("B", 0)])
    assert again.ref == first.ref
    assert again.number == 1
    assert sorted(option.text for option in again.options.all()) == ["A", "B"]
    drop_draft(by=house.cara, decision=again, now=LATER)
    assert not Decision.objects.exists()


def test_a_published_decision_is_never_edited_nor_dropped():
    house = listening_project()
    theme = a_theme(house)
    decision = published(house, theme)
    with pytest.raises(Refusal):
        draft(house, theme, decision=decision, title="Another title")
    with pytest.raises(Refusal):
        drop_draft(by=house.dev, decision=decision, now=LATER)
    assert Decision.objects.get().title == "A message every week while you wait"


def test_numbers_run_within_a_project():
    house, other = listening_project(), listening_project()
    theme = a_theme(house)
    assert [draft(house, theme).number, draft(house, theme).number] == [1, 2]
    assert draft(other, a_theme(other)).number == 1
