"""Words that stand for points on a scale, from the least to the most."""

from collections.abc import Collection
from typing import Final

# Each step lists the ways in which it is said.
SCALES: Final[tuple[tuple[tuple[str, ...], ...], ...]] = (
    (
        ("strongly disagree", "totally disagree", "completely disagree", "definitely disagree"),
        (
            "disagree",
            "tend to disagree",
            "somewhat disagree",
            "mostly disagree",
            "slightly disagree",
        ),
        (
            "neither agree nor disagree",
            "neutral",
            "neither agree or disagree",
            "not sure",
            "neither",
        ),
        ("agree", "tend to agree", "somewhat agree", "mostly agree", "slightly agree"),
        ("strongly agree", "totally agree", "completely agree", "definitely agree"),
    ),
    (
        ("very dissatisfied", "extremely dissatisfied"),
        ("dissatisfied", "fairly dissatisfied", "somewhat dissatisfied"),
        ("neither satisfied nor dissatisfied", "neutral"),
        ("satisfied", "fairly satisfied", "somewhat satisfied"),
        ("very satisfied", "extremely satisfied"),
    ),
    (
        ("never", "none of the time"),
        ("rarely", "seldom", "hardly ever"),
        ("sometimes", "some of the time", "occasionally"),
        ("often", "most of the time", "usually"),
        ("always", "all of the time"),
    ),
    (
        ("very poor", "terrible"),
        ("poor", "bad"),
        ("fair", "average", "okay", "ok", "neither good nor poor"),
        ("good",),
        ("very good", "excellent"),
    ),
    (
        ("not at all",),
        ("a little", "slightly", "to a small extent"),
        ("somewhat", "moderately", "to some extent", "a moderate amount"),
        ("a lot", "very", "to a large extent", "quite a lot"),
        ("extremely", "completely", "a great deal", "to a very large extent"),
    ),
    (
        ("very unlikely", "extremely unlikely"),
        ("unlikely", "fairly unlikely"),
        ("neither likely nor unlikely", "neutral"),
        ("likely", "fairly likely"),
        ("very likely", "extremely likely"),
    ),
)
FEWEST: Final = 3  # different words of a scale that must have been used


def scale_of(values: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Return the words in order from least to most, if all belong to one scale; else nothing.

    Of a step that nobody chose, its usual name stands there, so that no point is lost.
    """
    said = {value.casefold().strip(): value for value in values}
    for steps in SCALES:
        known = {word for step in steps for word in step}
        if len(said) < FEWEST or not set(said) <= known:
            continue
        chosen = [[word for word in step if word in said] for step in steps]
        if any(len(each) > 1 for each in chosen):
            continue
        named = [each[0] if each else step[0] for each, step in zip(chosen, steps, strict=True)]
        return tuple((said.get(word, word.capitalize()),) * 2 for word in named)
    return ()
