"""Freezing: nothing of few people, nobody's own place, and figures that give nobody away."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest

from goldenthread.kit.refusals import Refusal
from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.conversations import services, telling
from goldenthread.listen.conversations.models import Drawing, Participant, Stance, Statement
from goldenthread.listen.conversations.tasks import freeze_maps, refresh_counters
from goldenthread.listen.conversations.tests.factories import conversation_in, crowd, mark, said_in
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.safety.reading.models import Words
from goldenthread.safety.retention.services import sweep


def test_nothing_is_counted_before_ten_and_then_in_tens(here: Listening) -> None:
    asked = conversation_in(here.project, seeds=4)
    crowd(asked, 9)
    with pytest.raises(Refusal, match="ten more people"):
        services.freeze(conversation=asked, by=here.tom, now=NOW)
    crowd(asked, 1, start=1)
    first = services.freeze(conversation=asked, by=here.cara, now=NOW)
    assert first.shown["people"] == 10
    assert first.shown["map"] is False
    assert first.shown["groups"] == []
    crowd(asked, 9, start=2)
    freeze_maps(now=NOW)
    assert Drawing.objects.count() == 1
    crowd(asked, 1, start=3)
    freeze_maps(now=NOW)
    assert Drawing.objects.get(number=2).shown["people"] == 20
    with pytest.raises(Refusal, match="Only organisers"):
        services.freeze(conversation=asked, by=here.mina, now=NOW)


def test_under_thirty_there_is_agreement_and_no_map(here: Listening) -> None:
    asked = conversation_in(here.project, seeds=4)
    crowd(asked, 15, 14)
    assert services.freeze(conversation=asked, now=NOW).shown["map"] is False
    assert not Participant.objects.exclude(group="").exists()
    crowd(asked, 8, 8, start=1)
    shown = services.freeze(conversation=asked, now=NOW).shown
    assert shown["map"] is True
    common = str(asked.statements.order_by("place")[0].ref)
    assert shown["order"][0] == common
    assert shown["statements"][common]["kind"] == "common"
    assert {each["kind"] for each in shown["statements"].values()} == {"common", "divides"}


def test_groups_and_parts_under_ten_are_not_shown(here: Listening) -> None:
    asked = conversation_in(here.project, seeds=6)
    crowd(asked, 40, 6)  # six people against forty
    drawing = services.freeze(conversation=asked, now=NOW)
    for group in drawing.shown["groups"]:
        assert group["size"] >= 10
    told = drawing.shown["statements"].values()
    numbers = [each[name] for each in told for name in ("base", "agree", "disagree", "pass")]
    assert all(n is None or n == telling.NEARLY_ALL or (n >= 10 and n % 5 == 0) for n in numbers)
    letters = Participant.objects.exclude(group="").values_list("group", flat=True)
    assert all(list(letters).count(each) >= 10 for each in letters)


def test_a_frozen_map_holds_nobodys_own_place(here: Listening) -> None:
    asked = conversation_in(here.project, seeds=5)
    crowd(asked, 18, 14)
    drawing = services.freeze(conversation=asked, now=NOW)
    kept = json.dumps(drawing.shown) + json.dumps(drawing.bases)
    for person in Participant.objects.all():
        assert str(person.ref) not in kept
    assert set(drawing.shown) == {
        *("people", "map", "groups", "certainty", "unplaced", "statements", "order")
    }
    for group in drawing.shown["groups"]:
        assert set(group) == {"letter", "size", "says", "x", "y", "rx", "ry"}
        assert all(isinstance(group[name], int) for name in ("x", "y", "rx", "ry"))
    assert not re.search(r"\d\.\d", json.dumps(drawing.shown))


def test_a_figure_changes_when_ten_more_have_answered_it(here: Listening) -> None:
    asked = conversation_in(here.project, seeds=4)
    crowd(asked, 20, noise=0)
    late, *_rest = asked.statements.order_by("-place")
    first = services.freeze(conversation=asked, now=NOW)
    new = [Participant(conversation=asked, mark=mark(f"new-{n}")) for n in range(12)]
    Participant.objects.bulk_create(new)
    others = asked.statements.exclude(pk=late.pk)
    Stance.objects.bulk_create(
        Stance(participant=one, statement=each, value=-1) for one in new for each in others
    )
    Stance.objects.create(participant=new[0], statement=late, value=-1)
    second = services.freeze(conversation=asked, now=NOW)
    before, after = (each.shown["statements"][str(late.ref)] for each in (first, second))
    assert (after["base"], after["disagree"], after["made"]) == (
        before["base"],
        before["disagree"],
        1,
    )
    assert all(second.shown["statements"][str(each.ref)]["made"] == 2 for each in others)


def test_words_and_order_change_with_the_figures_alone(here: Listening) -> None:
    """Nine more answers to a statement, or one, must not flip what is said of it."""
    asked = conversation_in(here.project, seeds=6)
    crowd(asked, 20, 20, noise=0)
    late = asked.statements.order_by("place")[0]
    Stance.objects.filter(statement=late).update(value=1)
    first = services.freeze(conversation=asked, now=NOW).shown
    crowd(asked, 10, 10, start=1, noise=0)
    Stance.objects.filter(statement=late).update(value=-1)  # all who answered change their minds
    later = list(Stance.objects.filter(statement=late).order_by("participant_id"))[49:]
    Stance.objects.filter(pk__in=[each.pk for each in later]).delete()  # nine more than before
    second = services.freeze(conversation=asked, now=NOW).shown
    before, after = (each["statements"][str(late.ref)] for each in (first, second))
    assert after == before, "figures, words of groups and kind"
    assert after["kind"] == "common"
    Stance.objects.bulk_create(later)
    crowd(asked, 5, 5, start=2, noise=0)
    Stance.objects.filter(statement=late).update(value=-1)
    third = services.freeze(conversation=asked, now=NOW).shown["statements"][str(late.ref)]
    assert set(third["groups"].values()) == {"disagree"}, "the negative control: ten more came"


def test_what_is_said_follows_from_what_is_shown(here: Listening) -> None:
    """Two truths with the same rounded figures are told in the same words."""
    told = []
    for agree in (13, 16):  # of 21: under and over two thirds; both are told as about 15 of 20
        asked = conversation_in(here.project, seeds=1)
        crowd(asked, 21, start=agree, noise=0)
        some = list(Stance.objects.filter(participant__conversation=asked))[agree:]
        Stance.objects.filter(pk__in=[each.pk for each in some]).update(value=-1)
        [one] = services.freeze(conversation=asked, now=NOW).shown["statements"].values()
        told.append(one)
    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("sums", "says"),
    [
        ((7, 2, 0), ""),
        ((8, 2, 0), "agree"),
        ((7, 3, 0), "mixed"),
        ((0, 17, 0), "disagree"),
        ((8, 0, 9), "mixed"),  # rounded it would be two thirds; it is less than half
    ],
)
def test_of_a_group_most_is_said_from_rounded_counts(sums: Any, says: str) -> None:
    assert telling.of_group(sums) == says


def test_people_go_on_answering_while_it_is_counted(here: Listening) -> None:
    asked = conversation_in(here.project, seeds=3)
    crowd(asked, 10)
    with at_most(40) as captured:
        services.freeze(conversation=asked, now=NOW)
    locks = [each["sql"] for each in captured.captured_queries if " FOR " in each["sql"].upper()]
    [lock] = [sql for sql in locks if "conversations_conversation" in sql]
    assert 'FOR NO KEY UPDATE OF "conversations_conversation"' in lock, "keys can be shared"


def test_letters_stay_with_their_people(here: Listening) -> None:
    asked = conversation_in(here.project, seeds=6)
    crowd(asked, 20, 14, noise=0)
    services.freeze(conversation=asked, now=NOW)
    first = dict(Participant.objects.values_list("ref", "group"))
    crowd(asked, 0, 25, start=1, noise=0)  # the smaller group becomes the greater one
    services.freeze(conversation=asked, now=NOW)
    now = dict(Participant.objects.values_list("ref", "group"))
    assert {ref: now[ref] for ref in first} == first


def test_what_was_taken_back_is_counted_nowhere(here: Listening) -> None:
    asked = conversation_in(here.project, seeds=3)
    said, gone = said_in(asked, "Kept."), said_in(asked, "Gone.")
    crowd(asked, 12)
    Words.objects.filter(pk=gone.voice_id).update(state="withdrawn")
    shown = services.freeze(conversation=asked, now=NOW).shown
    assert str(said.ref) in shown["statements"]
    assert str(gone.ref) not in json.dumps(shown)


@pytest.mark.parametrize(
    ("part", "base", "told"),
    [(0, 30, None), (9, 30, None), (10, 30, 10), (23, 30, 25), (26, 30, "nearly all")],
)
def test_a_share_is_rounded_or_said_in_a_word(part: int, base: int, told: object) -> None:
    assert telling.share(part, base) == told


def test_new_statements_come_soon_and_none_never(here: Listening) -> None:
    asked = conversation_in(here.project, seeds=3)
    crowd(asked, 20)
    new = Statement.objects.create(conversation=asked, seed="New.", place=9)
    refresh_counters(now=NOW)
    weights = dict(asked.statements.values_list("pk", "weight"))
    assert weights[new.pk] == max(weights.values())
    assert min(weights.values()) > 0
    counted = asked.statements.order_by("place")[0]
    assert counted.agrees + counted.disagrees + counted.passes == 20


def test_answers_go_a_month_after_the_project_and_the_map_stays(here: Listening) -> None:
    asked = conversation_in(here.project, seeds=3)
    crowd(asked, 12)
    services.freeze(conversation=asked, now=NOW)
    closed_on = NOW.date() - timedelta(days=29)
    Project.objects.update(state="closed", closed_on=closed_on)
    sweep(now=NOW)
    assert Stance.objects.count() == 36
    sweep(now=NOW + timedelta(days=1))
    assert not Stance.objects.exists()
    assert not Participant.objects.exists()
    assert Drawing.objects.get().shown["people"] == 10
