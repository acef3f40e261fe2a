"""What a Polis server computed, and what it grouped, against what is computed here."""

import json
from typing import Any

import pytest

from goldenthread.listen.conversations.mapping import OpinionMap, Votes, draw_map, files
from goldenthread.listen.conversations.mapping.grouping import rand_index
from goldenthread.listen.conversations.mapping.tests.data import REPRODUCIBLE, shared

NEAR = 1e-6


@pytest.fixture(scope="module")
def recorded() -> dict[str, Any]:
    return json.loads(shared("polis_recorded", "below-100-ptpts", "math-pca2.json").read_text())


@pytest.fixture(scope="module")
def votes() -> Votes:
    rows = json.loads(shared("polis_recorded", "below-100-ptpts", "votes.json").read_text())
    return Votes.of([(str(r["pid"]), str(r["tid"]), r["vote"], float(r["modified"])) for r in rows])


@pytest.fixture(scope="module")
def groups(recorded: dict[str, Any]) -> dict[str, int]:
    base = dict(zip(*(recorded["base-clusters"][name] for name in ("id", "members")), strict=True))
    return {
        str(person): group["id"]
        for group in recorded["group-clusters"]
        for cluster in group["members"]
        for person in base[cluster]
    }


@pytest.fixture(scope="module")
def drawn(votes: Votes, recorded: dict[str, Any], groups: dict[str, int]) -> OpinionMap:
    return draw_map(votes.without([str(tid) for tid in recorded["mod-out"]]), given=groups)


def test_every_representative_statement_is_as_recorded(
    drawn: OpinionMap, recorded: dict[str, Any]
) -> None:
    assert {str(group.number) for group in drawn.groups} == set(recorded["repness"])
    for group in drawn.groups:
        assert group.size == recorded["group-votes"][str(group.number)]["n-members"]
        then = recorded["repness"][str(group.number)]
        assert len(group.representative) == len(then)
        for ours, theirs in zip(group.representative, then, strict=True):
            chosen = ours.n_agree if ours.direction == "agree" else ours.n_disagree
            assert (ours.statement, ours.direction, chosen, ours.n_seen, ours.best_agree) == (
                str(theirs["tid"]),
                theirs["repful-for"],
                theirs["n-success"],
                theirs["n-trials"],
                theirs.get("best-agree", False),
            )
            assert (ours.p, ours.p_test, ours.repness, ours.repness_test) == pytest.approx(
                tuple(theirs[name] for name in ("p-success", "p-test", "repness", "repness-test")),
                abs=NEAR,
            )


def test_group_informed_consensus_is_as_recorded(
    votes: Votes, recorded: dict[str, Any], groups: dict[str, int]
) -> None:
    # Polis computes this one of statements that were turned down too.
    drawn = draw_map(votes, given=groups)
    assert drawn.consensus == pytest.approx(recorded["group-aware-consensus"], abs=NEAR)


def test_what_all_agree_on_is_as_recorded(drawn: OpinionMap, recorded: dict[str, Any]) -> None:
    for direction in ("agree", "disagree"):
        ours = [each for each in drawn.common if each.direction == direction][:5]
        theirs = recorded["consensus"][direction]
        assert [(each.statement, each.n_seen) for each in ours] == [
            (str(each["tid"]), each["n-trials"]) for each in theirs
        ]
        for one, other in zip(ours, theirs, strict=True):
            chosen = one.n_agree if direction == "agree" else one.n_disagree
            assert chosen == other["n-success"]
            assert (one.p, one.p_test) == pytest.approx(
                (other["p-success"], other["p-test"]), abs=NEAR
            )


def test_the_directions_are_those_of_polis(
    votes: Votes, recorded: dict[str, Any], drawn: OpinionMap
) -> None:
    # Polis iterates a hundred times from its last map, so its second direction is near, not equal.
    for place, near in ((0, 0.999), (1, 0.9)):
        theirs = dict(zip(map(str, recorded["tids"]), recorded["pca"]["comps"][place], strict=True))
        along = sum(drawn.axes[name][place] * theirs[name] for name in drawn.axes)
        assert abs(along) > near


@pytest.mark.parametrize("name", REPRODUCIBLE)
def test_recorded_groups_are_found_again(name: str) -> None:
    reading = files.read(shared("polis", name))
    drawn = draw_map(reading.votes, groups=2, zeroed=len(reading.turned_down))
    both = [
        (reading.recorded[person], number)
        for person, number in drawn.group_of.items()
        if number is not None and reading.recorded.get(person) is not None
    ]
    assert len(both) > 300
    assert rand_index(*zip(*both, strict=True)) >= 0.93
