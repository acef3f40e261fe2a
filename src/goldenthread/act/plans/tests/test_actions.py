from datetime import UTC, date, datetime

import pytest

from goldenthread.act.decisions.tests.factories import LATER, agreed_theme, draft, published
from goldenthread.act.plans.models import Action
from goldenthread.act.plans.queries import actions_due, people_to_own
from goldenthread.act.plans.services import finish_action, note_progress, stop_action
from goldenthread.act.plans.tests.factories import planned
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.voices.tests.factories import released_voice
from goldenthread.organisations.models import Membership
from goldenthread.projects.tests.factories import listening_project
from goldenthread.thread.models import Entry
from goldenthread.thread.queries import voices_beneath

pytestmark = pytest.mark.django_db
JUNE = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def house():
    return listening_project()


@pytest.fixture
def voice(house):
    return released_voice(house.project)


@pytest.fixture
def decision(house, voice):
    return published(house, agreed_theme(house, [voice.ref]))


def test_an_action_carries_the_voices_along(house, voice, decision):
    action = planned(house, decision)
    assert voices_beneath(action.ref) == [voice.ref]
    assert Theme.objects.get().place == Theme.Place.ACTED
    assert Entry.objects.filter(kind="action.planned", about=action.ref).exists()


@pytest.mark.parametrize(
    ("missing", "field"),
    [
        ({"owner_name": " "}, "owner_name"),
        ({"co_owner_name": ""}, "co_owner_name"),
        ({"due_on": date(2026, 5, 4)}, "due_on"),
    ],
)
def test_what_is_missing_is_refused_beside_its_field(house, decision, missing, field):
    with pytest.raises(Refusal) as refused:
        planned(house, decision, **missing)
    assert refused.value.field == field
    assert not Action.objects.exists()


def test_nothing_follows_from_a_draft(house, voice):
    with pytest.raises(Refusal):
        planned(house, draft(house, agreed_theme(house, [voice.ref])))


def test_a_note_sets_it_under_way_and_done_ends_it(house, decision):
    action = planned(house, decision)
    note_progress(by=house.cara, action=action, text="The text is written.", now=LATER)
    action.refresh_from_db()
    assert action.state == Action.State.UNDER_WAY
    finish_action(by=house.tom, action=action, now=JUNE)
    action.refresh_from_db()
    assert (action.state, action.done_on) == (Action.State.DONE, date(2026, 6, 1))
    for act, more in (
        (note_progress, {"text": "More."}),
        (finish_action, {}),
        (stop_action, {"because": "Late."}),
    ):
        with pytest.raises(Refusal):
            act(by=house.tom, action=action, now=JUNE, **more)


def test_stopping_needs_a_reason(house, decision):
    action = planned(house, decision)
    with pytest.raises(Refusal) as refused:
        stop_action(by=house.tom, action=action, because=" ", now=LATER)
    assert refused.value.field == "because"
    stop_action(by=house.tom, action=action, because="The phone system is gone.", now=LATER)
    action.refresh_from_db()
    assert action.stopped_because == "The phone system is gone."


def test_an_empty_note_is_refused(house, decision):
    with pytest.raises(Refusal) as refused:
        note_progress(by=house.tom, action=planned(house, decision), text="  ", now=LATER)
    assert refused.value.field == "text"


@pytest.mark.parametrize(
    ("who", "plans", "notes"),
    [
        ("tom", True, True),
        ("cara", True, True),
        ("dev", True, True),
        ("mina", False, True),  # she co-owns it
        ("rosa", False, False),
        ("priya", False, False),
        ("ada", False, False),
        ("nell", False, False),
        ("stranger", False, False),
    ],
)
def test_who_may_plan_and_note(house, decision, who, plans, notes):
    action = planned(house, decision, co_owner=house.mina)
    person = getattr(house, who)
    for may, act in (
        (plans, lambda: planned(house, decision, by=person)),
        (notes, lambda: note_progress(by=person, action=action, text="It goes.", now=LATER)),
    ):
        if may:
            act()
        else:
            with pytest.raises(Refusal):
                act()


def test_an_owner_who_is_suspended_acts_no_more(house, decision):
    action = planned(house, decision, owner=house.cara, co_owner=house.mina)
    assert {house.cara, house.tom} <= set(people_to_own(house.project, now=LATER))
    Membership.objects.update(suspended_on=LATER.date())
    for owner in (house.cara, house.mina):
        for act, more in (
            (note_progress, {"text": "It goes."}),
            (finish_action, {}),
            (stop_action, {"because": "Late."}),
        ):
            with pytest.raises(Refusal):
                act(by=owner, action=action, now=LATER, **more)
        assert list(actions_due(owner, [house.project], now=JUNE)) == []
    assert list(people_to_own(house.project, now=LATER)) == []


def test_needs_you_names_what_is_late_and_what_is_due(house, decision):
    planned(house, decision, what="Late", due_on=date(2026, 5, 20))
    planned(house, decision, what="Soon", due_on=date(2026, 6, 10))
    planned(house, decision, what="Far", due_on=date(2026, 7, 30))
    done = planned(house, decision, what="Done", due_on=date(2026, 5, 20))
    finish_action(by=house.tom, action=done, now=LATER)
    found = list(actions_due(house.tom, [house.project], now=JUNE))
    assert [(work.tone, work.text) for work in found] == [
        ("overdue", "Overdue since 20 May 2026: Late"),
        ("due", "By 10 June 2026: Soon"),
    ]


def test_needs_you_reaches_the_owners_and_nobody_else(house, decision):
    planned(house, decision, due_on=date(2026, 6, 2), owner=house.mina)
    assert len(list(actions_due(house.mina, [], now=JUNE))) == 1
    for name in ("rosa", "priya", "ada", "nell"):
        assert not list(actions_due(getattr(house, name), [house.project], now=JUNE)), name
