"""A map told: as an object for other programs, and in words for people at a terminal."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any, Final

from goldenthread.listen.conversations.mapping.drawing import Group, OpinionMap
from goldenthread.listen.conversations.mapping.files import Reading

SHOWN: Final = 5  # statements of a kind
LONGEST: Final = 90  # letters of a statement
SURE: Final = {
    "clear": "How many groups there are is clear.",
    "fair": "How many groups there are is fairly sure.",
    "open": "How many groups there are is open: another number would do nearly as well.",
    "given": "How many groups there are was given, not found.",
    "none": "There are no groups to tell apart.",
}
SIGN: Final = {
    "asked": "as was asked",
    "assumed": "as exports have it; nothing in the file proves it",
}


def as_object(drawn: OpinionMap, reading: Reading) -> dict[str, Any]:
    """Return what `goldenthread map --json` prints, except the seconds."""
    return {
        "participants": drawn.group_of,
        "groups": [_group(each) for each in drawn.groups],
        "consensus": drawn.consensus,
        "common": [asdict(each) for each in drawn.common],
        "divides": [asdict(each) for each in drawn.divides],
        "positions": drawn.positions,
        "silhouette": {str(k): score for k, score in drawn.silhouettes.items()},
        "certainty": asdict(drawn.certainty),
        "turned_down": list(reading.turned_down),
        "agree_is": reading.sign,
        "agree_from": reading.sign_from,
    }


def doubts(
    drawn: OpinionMap, reading: Reading, *, asked: int | None, given: Mapping[str, Any] | None
) -> Iterator[str]:
    """Yield what was asked for and could not be had: groups, or people of a file of groups."""
    if asked is not None and len(drawn.groups) < asked:
        yield f"{asked} groups were asked for; {len(drawn.groups)} can be told apart."
    if gone := len(set(given or ()) - set(reading.votes.participants)):
        yield f"{gone:,} people in the file of groups have no votes here."


def in_words(drawn: OpinionMap, reading: Reading) -> Iterator[str]:
    """Yield the lines that `goldenthread map` prints."""
    votes = reading.votes
    yield (
        f"{len(votes.participants):,} people, {len(votes.statements):,} statements, "
        f"{votes.matrix.nnz:,} votes; {len(reading.turned_down):,} statements turned down."
    )
    how = SIGN.get(reading.sign_from, f"as the counts in {reading.sign_from} show")
    yield f"Agree is written as {reading.sign}, {how}."
    yield SURE[drawn.certainty.judgement]
    if drawn.silhouettes:
        scores = ", ".join(f"{k}: {score:.3f}" for k, score in drawn.silhouettes.items())
        yield f"Silhouette by number of groups: {scores}."
    texts = {each.id: each.text for each in reading.statements}
    for group in drawn.groups:
        yield from _lines(group, texts)
    yield from _common(drawn, texts)


def _group(group: Group) -> dict[str, Any]:
    told = [asdict(each) for each in group.representative]
    return {"number": group.number, "size": group.size, "representative": told}


def _lines(group: Group, texts: dict[str, str]) -> Iterator[str]:
    yield f"\nGroup {group.number}, {group.size:,} people:"
    for each in group.representative:
        chosen = each.n_agree if each.direction == "agree" else each.n_disagree
        said = f"{chosen:,} of {each.n_seen:,} {each.direction}"
        yield f"  {said}: {_named(each.statement, texts)}"


def _common(drawn: OpinionMap, texts: dict[str, str]) -> Iterator[str]:
    if drawn.consensus:
        yield "\nAgreed across groups (1 is all of every group):"
        best = sorted(drawn.consensus.items(), key=lambda pair: -pair[1])[:SHOWN]
        for statement, value in best:
            yield f"  {value:.2f}: {_named(statement, texts)}"
    if drawn.divides:
        yield "\nDividing groups (how much more one group agrees than another):"
        for each in drawn.divides[:SHOWN]:
            pair = f"group {each.more} over group {each.less}"
            yield f"  {each.difference:.2f}, {pair}: {_named(each.statement, texts)}"


def _named(statement: str, texts: dict[str, str]) -> str:
    text = " ".join(texts.get(statement, "").split())
    short = text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"
    return f"{statement}. {short}" if short else f"statement {statement}"
