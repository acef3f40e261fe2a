"""What may be told of answers: rounded counts, words instead of shares in groups, areas not dots.

Everything a map shows is made here, from exact counts, and nothing else leaves the freezing:

- nothing before ten people answered, and nothing of a statement before ten answered it;
- counts to the nearest 5, none under ten, and "nearly all" where fewer than five did otherwise;
- no map and no groups before thirty people; no group of fewer than ten;
- of a group in words alone (most agree, most disagree, mixed), and where it lies as an area;
- every word comes from rounded counts and stays as long as the figures beside it: until ten more
  have answered that statement. So is the order; a word that changed alone would tell who came.
"""

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from goldenthread.kit.figures import SMALLEST, STEP, in_fives
from goldenthread.listen.conversations.mapping import AGREE, DISAGREE, OpinionMap, Votes, draw_map

FOR_A_MAP: Final = 30  # people
MOST: Final = 2 / 3  # the share of rounded counts from which one may say "most"
UNSURE: Final = 1 / 3  # the share of passes from which people are told to be unsure
REACH: Final = 1.5  # how far the area of a group goes from its middle, in standard deviations
WIDTH, HEIGHT, EDGE = 100, 62, 6  # of the picture
BESIDE: Final = 14  # left free at its sides, for what is written under a group
NEARLY_ALL: Final = "nearly all"
OWN_WORDS: Final = 5  # statements in which a group is told

Ints = npt.NDArray[np.int64]
Told = dict[str, Any]


@dataclass(frozen=True)
class Counted:
    """What is frozen: what may be shown, the exact bases beneath, and the letter of each person."""

    shown: Told
    bases: dict[str, int]
    letters: dict[str, str] = field(repr=False)
    separation: dict[str, float]


def count(
    votes: Votes, *, number: int, last: Told, bases: Mapping[str, int], groups: Any
) -> Counted:
    """Count everything anew; what fewer than ten have answered since stays as it was.

    `last` and `bases` are of the drawing before, `groups` the group of each person then.
    """
    people = len(votes.participants)
    whole = _sums(votes, np.ones(people, dtype=bool))
    told, kept = _statements(votes.statements, whole, number, last, bases)
    drawn = None
    if people >= FOR_A_MAP:
        drawn = draw_map(votes, last=groups or None, least=SMALLEST)
    many = [] if drawn is None else [each for each in drawn.groups if each.size >= SMALLEST]
    has_map = drawn is not None and len(many) > 1
    shown: Told = {"people": in_fives(people), "map": has_map, "groups": []}
    letters: dict[str, str] = {}
    if drawn is not None and has_map:
        letters = {
            who: letter_of(at)
            for who, at in drawn.group_of.items()
            if at is not None and at in {each.number for each in many}
        }
        shown |= _map(votes, drawn, letters, told, last.get("statements", {}))
    for each in told.values():
        each["kind"] = _kind(each)
    shown["statements"] = told
    shown["order"] = sorted(told, key=lambda ref: _place(ref, told[ref]))
    for group in shown["groups"]:
        group["says"] = _own_words(group["letter"], told, shown["order"])
    separation = drawn.separation if drawn else {}
    return Counted(shown, kept | {"people": people}, letters, separation)


def letter_of(number: int) -> str:
    """Return A for the first group."""
    return string.ascii_uppercase[number]


Sums = dict[str, tuple[int, int, int]]  # by statement: agree, disagree, pass


def _sums(votes: Votes, inside: npt.NDArray[np.bool_]) -> Sums:
    matrix, many = votes.matrix, len(votes.statements)
    ours = inside[votes.who()]
    what, value = matrix.indices[ours], matrix.data[ours]
    agree, disagree, seen = (
        np.bincount(each, minlength=many).tolist()
        for each in (what[value == AGREE], what[value == DISAGREE], what)
    )
    return {
        ref: (agree[at], disagree[at], seen[at] - agree[at] - disagree[at])
        for at, ref in enumerate(votes.statements)
    }


def _statements(
    refs: Sequence[str], whole: Sums, number: int, last: Told, bases: Mapping[str, int]
) -> tuple[dict[str, Told], dict[str, int]]:
    """Tell of each statement that ten answered; and the base on which each figure rests."""
    before = last.get("statements", {})
    told: dict[str, Told] = {}
    kept: dict[str, int] = {}
    for ref in refs:
        base = sum(whole[ref])
        if base < SMALLEST:
            continue
        if ref in before and ref in bases and abs(base - bases[ref]) < SMALLEST:
            kept[ref] = bases[ref]
            told[ref] = {name: before[ref][name] for name in FIGURES}
        else:
            kept[ref] = base
            parts = [share(part, base) for part in whole[ref]]
            told[ref] = dict(zip(FIGURES, [in_fives(base), *parts, number], strict=True))
    return told, kept


FIGURES: Final = ("base", "agree", "disagree", "pass", "made")


def share(part: int, base: int) -> int | str | None:
    """Return what may be told of a part: rounded; none if few; in a word if it is nearly all."""
    if base - part < STEP:
        return NEARLY_ALL
    return in_fives(part)


def verdict(base: int | None, parts: Mapping[str, int | str | None]) -> str:
    """Say in one word what most of some people think, from rounded counts; nothing without a base.

    "Most" holds for every count that rounds to these: it is always more than half of them.
    """
    if base is None:
        return ""
    for word, part in parts.items():
        if part == NEARLY_ALL:
            return word
        if isinstance(part, int) and part >= MOST * base and part - AWAY > (base + AWAY) / 2:
            return word
    return "mixed"


PARTS: Final = ("agree", "disagree", "pass")
AWAY: Final = STEP // 2  # how far a count may lie from what it is rounded to
AGAINST: Final = {"agree": "disagree", "disagree": "agree"}


def of_group(sums: tuple[int, int, int]) -> str:
    """Say what a group thinks of a statement; its counts are rounded and shown to nobody."""
    rounded = {word: (part + AWAY) // STEP * STEP for word, part in zip(PARTS, sums, strict=True)}
    return verdict(in_fives(sum(sums)), rounded)


def _of_all(told: Told) -> str:
    return verdict(told["base"], {word: told[word] for word in PARTS})


def _kind(told: Told) -> str:
    """Say whether a statement is common ground, divides, or leaves people unsure."""
    said = set(told.get("groups", {}).values())
    if {"agree", "disagree"} <= said:
        return "divides"
    whole = _of_all(told)
    if whole in AGAINST and AGAINST[whole] not in said:
        return "common"
    if whole == "pass" or _number(told, "pass") >= UNSURE * told["base"]:
        return "unsure"
    return "mixed"


def _number(told: Told, part: str) -> int:
    """Return what is told of a part as a number: nothing where it is too small to tell."""
    return int(told["base"] if told[part] == NEARLY_ALL else told[part] or 0)


KINDS: Final = ("common", "divides", "mixed", "unsure")


def _place(ref: str, told: Told) -> tuple[int, float, float, str]:
    """Put statements in the order in which they are talked about: common ground first.

    Within it what more groups think, then what more people think.
    """
    said = list(told.get("groups", {}).values())
    together = said.count(_of_all(told)) / len(said) if said else 0.0
    clear = abs(_number(told, "agree") - _number(told, "disagree")) / told["base"]
    return KINDS.index(told["kind"]), -together, -clear, ref


def _own_words(letter: str, told: Mapping[str, Told], order: Sequence[str]) -> list[dict[str, str]]:
    """Return what sets a group apart: what most of it think, and other groups do not."""
    apart: list[tuple[int, str, str]] = []
    for ref in order:
        said = told[ref].get("groups", {})
        word = said.get(letter, "")
        others = [each for name, each in said.items() if name != letter and each]
        if word in AGAINST and any(each != word for each in others):
            apart.append((-others.count(AGAINST[word]), ref, word))
    apart.sort(key=lambda each: each[0])  # the order stays among equals
    return [{"statement": ref, "direction": word} for _many, ref, word in apart[:OWN_WORDS]]


def _map(
    votes: Votes,
    drawn: OpinionMap,
    letters: Mapping[str, str],
    told: dict[str, Told],
    before: Mapping[str, Told],
) -> Told:
    """Tell of the groups that are shown; their verdicts stand with the statements."""
    shown = {each.number: each for each in drawn.groups if each.size >= SMALLEST}
    of_each = np.array([letters.get(who, "") for who in votes.participants])
    for number in sorted(shown):
        letter = letter_of(number)
        sums = _sums(votes, of_each == letter)
        for ref, each in told.items():
            stays = before.get(ref, {})
            kept = stays.get("groups", {}) if stays.get("made") == each["made"] else {}
            if word := kept.get(letter) or of_group(sums[ref]):
                each.setdefault("groups", {})[letter] = word
    groups: list[Told] = [
        {"letter": letter_of(number), "size": in_fives(shown[number].size)}
        for number in sorted(shown)
    ]
    areas = _areas(votes, drawn, of_each, [str(each["letter"]) for each in groups])
    for one in groups:
        one.update(areas[one["letter"]])
    return {
        "groups": groups,
        "certainty": drawn.certainty.judgement,
        "unplaced": in_fives(len(votes.participants) - len(letters)),
    }


def _areas(
    votes: Votes, drawn: OpinionMap, of_each: npt.NDArray[Any], letters: Sequence[str]
) -> dict[str, dict[str, float]]:
    """Return the area of each group: its middle, and how far it spreads, on the picture's scale.

    These are means over ten people or more, rounded to whole units: nobody's own place is kept.
    """
    places = np.array([drawn.positions[who] for who in votes.participants])
    middles, spreads = [], []
    for letter in letters:
        mine = places[of_each == letter]
        middles.append(mine.mean(axis=0))
        spreads.append(np.maximum(mine.std(axis=0) * REACH, 1e-6))
    middle, spread = np.array(middles), np.array(spreads)
    low, high = (middle - spread).min(axis=0), (middle + spread).max(axis=0)
    room = np.array([WIDTH - 2 * BESIDE, HEIGHT - 2 * EDGE])
    scale = float((room / np.maximum(high - low, 1e-6)).min())
    shift = (np.array([WIDTH, HEIGHT]) - (high + low) * scale) / 2
    return {
        letter: {
            "x": round(float(middle[at, 0] * scale + shift[0])),
            "y": round(float(HEIGHT - (middle[at, 1] * scale + shift[1]))),
            "rx": max(round(float(spread[at, 0] * scale)), EDGE),
            "ry": max(round(float(spread[at, 1] * scale)), EDGE),
        }
        for at, letter in enumerate(letters)
    }
