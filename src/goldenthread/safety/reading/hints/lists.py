"""The phrase lists: one data file a language, with its rules, its version, and why each is there.

A line is written as people would say it: `want to (die|be dead)`. `(a|b)` is one of these, `[a|b]`
one of these or nothing, `...` up to three words, `word*` a beginning, `#` a figure, `^` and `$`
the ends of a sentence.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from goldenthread.safety.reading.hints.spelling import Spelling, fold

FOLDER: Final = Path(__file__).parent / "phrases"
ITEMS: Final = re.compile(r"\([^)]*\)|\[[^\]]*\]|\S+")
WELL_FORMED: Final = re.compile(r"(?:[^()\[\]]|\([^()\[\]]+\)|\[[^()\[\]]+\])+")
GAP: Final = r"(?:\S+ ){0,3}?"
NOTHING: Final = re.compile(r"(?!)")


@dataclass(frozen=True)
class Phrase:
    """One line of a list, and why it is there."""

    say: str
    why: str
    since: int  # version of the list in which it came in
    present: bool  # said of now by its own words: the rule of the past passes it by
    own_negation: bool  # its “not” is part of it
    found: re.Pattern[str]
    needs: tuple[frozenset[str], ...]  # of each of these one word must be there: asked first


@dataclass(frozen=True)
class Rules:
    """What turns a phrase round or puts it aside, in one language."""

    negators: frozenset[str]
    no: str  # a negator only before one of `nouns`
    nouns: frozenset[str]
    fillers: frozenset[str]
    turns: re.Pattern[str]
    joins: re.Pattern[str]
    past: re.Pattern[str]
    past_after: re.Pattern[str]
    long_ago: re.Pattern[str]
    now: re.Pattern[str]
    sayings: re.Pattern[str]


@dataclass(frozen=True)
class PhraseList:
    """The list of one language."""

    language: str
    name: str
    version: int
    since: date
    checked_by: str
    phrases: tuple[Phrase, ...]
    rules: Rules
    spelling: Spelling
    sayings: tuple[str, ...]  # as they are written, to be shown
    told: dict[str, tuple[str, ...]]  # the words of each rule, to be shown


def compiled(line: str) -> str:
    """Return the pattern of a line.

    :raises ValueError: a bracket is not closed, or stands in another
    """
    if not WELL_FORMED.fullmatch(line):
        raise ValueError(f"A bracket is open, or stands in another: {line}")
    return r"(?<= )" + "".join(_item(item) for item in ITEMS.findall(fold(line)))


def _item(item: str) -> str:
    if item == "...":
        return GAP
    if item == "^":
        return r"(?<=\A )"
    if item[0] in "([":
        choices = "|".join(_words(each) for each in item[1:-1].split("|"))
        return f"(?:{choices}){'?' if item[0] == '[' else ''}"
    return _words(item)


def _words(words: str) -> str:
    if words == "$":
        return r"\Z"
    return "".join(_word(word) + " " for word in words.split())


def _word(word: str) -> str:
    return re.escape(word).replace(r"\#", r"\d").replace(r"\*", r"\S*")


def needed(line: str) -> tuple[frozenset[str], ...]:
    """Return for each part of a line that must be there the words of which one begins it."""
    parts = [item for item in ITEMS.findall(fold(line)) if item[0] not in "[^."]
    firsts = [frozenset(each.split()[0] for each in part.strip("()").split("|")) for part in parts]
    return tuple(words for words in firsts if not set("".join(words)) & set("#*$"))


def one_of(lines: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of any of these lines."""
    patterns = [compiled(line) for line in lines]
    return re.compile("|".join(patterns)) if patterns else NOTHING


@cache
def all_lists() -> tuple[PhraseList, ...]:
    """Every language's list, read once, in the order of their names."""
    return tuple(sorted(map(read, FOLDER.glob("*.toml")), key=lambda each: each.name))


def read(path: Path) -> PhraseList:
    """Read one list.

    :raises KeyError: something is missing in the file
    :raises ValueError: a line cannot be read
    """
    given = tomllib.loads(path.read_text(encoding="utf-8"))
    rules = given["rules"]
    nearly = rules["nearly"]
    return PhraseList(
        language=given["language"],
        name=given["name"],
        version=given["version"],
        since=given["since"],
        checked_by=given["checked_by"],
        phrases=tuple(_phrase(each) for each in given["phrase"]),
        rules=_rules(rules),
        spelling=Spelling(rules["spelling"], nearly["words"], nearly["hidden"]),
        sayings=tuple(rules["sayings"]),
        told={name: tuple(rules.get(name, ())) for name in ("negators", "past", "long_ago", "now")},
    )


def _phrase(given: dict[str, Any]) -> Phrase:
    return Phrase(
        say=given["say"],
        why=given["why"],
        since=given.get("since", 1),
        present={"now": True, "any": False}[given["when"]],
        own_negation=given.get("own_negation", False),
        found=re.compile(compiled(given["say"])),
        needs=needed(given["say"]),
    )


def _rules(given: dict[str, Any]) -> Rules:
    def words(name: str) -> frozenset[str]:
        return frozenset(map(fold, given[name]))

    return Rules(
        negators=words("negators"),
        no=fold(given["no"]),
        nouns=words("nouns"),
        fillers=words("fillers"),
        turns=one_of(given["turns"]),
        joins=one_of([*given["joins"], ","]),
        past=one_of(given["past"]),
        past_after=one_of(given.get("past_after", ())),
        long_ago=one_of(given["long_ago"]),
        now=one_of(given["now"]),
        sayings=one_of(given["sayings"]),
    )
