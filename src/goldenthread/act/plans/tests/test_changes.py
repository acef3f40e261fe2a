from datetime import date

import pytest

from goldenthread.act.decisions.tests.factories import LATER, agreed_theme, published
from goldenthread.act.plans.models import Change
from goldenthread.act.plans.services import finish_action, stop_action
from goldenthread.act.plans.tests.factories import claimed, planned
from goldenthread.act.plans.wording import says_nothing
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.voices.tests.factories import released_voice
from goldenthread.projects.tests.factories import listening_project
from goldenthread.thread.models import Entry
from goldenthread.thread.queries import story_of, voices_beneath

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return listening_project()


@pytest.fixture
def voice(house):
    return released_voice(house.project)


@pytest.fixture
def action(house, voice):
    return planned(house, published(house, agreed_theme(house, [voice.ref])))


def test_a_change_stands_on_the_thread_of_every_voice(house, voice, action):
    change = claimed(house, action)
    assert voices_beneath(change.ref) == [voice.ref]
    assert Theme.objects.get().place == Theme.Place.CHANGED
    assert Entry.objects.filter(kind="change.claimed", about=change.ref).exists()
    kinds = [step.kind for step in story_of(voice.ref, visible_to=house.mina).after]
    assert kinds[-3:] == ["decision", "action", "change"]


@pytest.mark.parametrize(
    "empty",
    [
        "",
        "Done.",
        "It is done",
        "This has been implemented",
        "All actions have been completed",
        "This has now been fully implemented and",
        "We have now successfully addressed it",
        "Better now",
    ],
)
def test_a_claim_that_says_nothing_is_refused(house, action, empty):
    assert says_nothing(empty)
    with pytest.raises(Refusal) as refused:
        claimed(house, action, what_is_different=empty)
    assert refused.value.field == "what_is_different"
    assert not Change.objects.exists()


@pytest.mark.parametrize(
    "real",
    [
        "Everyone hears each Monday where they stand.",
        "The door is open until eight on Tuesdays.",
        "It is done by text now, so nobody has to ring.",
    ],
)
def test_a_claim_that_says_something_is_taken(house, action, real):
    assert claimed(house, action, what_is_different=real).what_is_different == real


def test_evidence_is_required_and_the_day_cannot_lie_ahead(house, action):
    for other, field in (
        ({"evidence": " "}, "evidence"),
        ({"evidence": "We know."}, "evidence"),
        ({"since_on": date(2026, 5, 6)}, "since_on"),
    ):
        with pytest.raises(Refusal) as refused:
            claimed(house, action, **other)
        assert refused.value.field == field
    assert not Change.objects.exists()


def test_a_done_action_can_have_changes_and_a_stopped_one_cannot(house, action):
    finish_action(by=house.tom, action=action, now=LATER)
    action.refresh_from_db()
    claimed(house, action)
    stopped = planned(house, action.decision)
    stop_action(by=house.tom, action=stopped, because="Not possible.", now=LATER)
    stopped.refresh_from_db()
    with pytest.raises(Refusal):
        claimed(house, stopped)


@pytest.mark.parametrize("who", ["rosa", "priya", "ada", "mina", "nell", "stranger"])
def test_others_cannot_claim_a_change(house, action, who):
    with pytest.raises(Refusal):
        claimed(house, action, by=getattr(house, who))
    assert not Change.objects.exists()


@pytest.mark.parametrize("who", ["tom", "cara", "dev"])
def test_those_who_run_the_project_can(house, action, who):
    assert claimed(house, action, by=getattr(house, who)).claimed_on == date(2026, 5, 5)
