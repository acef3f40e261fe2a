"""Words that say nothing about what a text is about: English function words and filler."""

import re
from collections.abc import Iterable

WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|')*[^\W\d_]")

_FUNCTION = """
a about above after again against all almost along also although always am among an and another any
anyone anything are aren't around as at away back be because been before being below between both
but by came can can't cannot come could couldn't did didn't do does doesn't doing don't done down
during each either else enough even ever every everyone everything few for from further get gets
getting give given go goes going gone got had hadn't has hasn't have haven't having he he'd he'll
he's her here here's hers herself him himself his how how's however i i'd i'll i'm i've if in into
is isn't it it's its itself just let let's like made make makes making many may me might mine more
most much must mustn't my myself neither never no nobody none nor not nothing now of off often on
once one ones only or other others ought our ours ourselves out over own per put quite rather
really same say says she she'd she'll she's should shouldn't since so some someone something
somewhere still such take than that that's the their theirs them themselves then there there's
these they they'd they'll they're they've thing things this those though through thus till to too
toward towards under unless until up upon us very was wasn't way we we'd we'll we're we've well
were weren't what what's whatever when when's where where's whether which while who who's whom whose
why why's will with within without won't would wouldn't yes yet you you'd you'll you're you've
your yours yourself yourselves
"""
_FILLER = """
actually anyway basically bit definitely depends etc example feel felt generally guess honestly
idk kind know literally lot lots maybe mean means n/a na ok okay perhaps please possibly probably
simply sort stuff sure think thought thoughts totally unsure usually want wanted
"""
STOP_WORDS = frozenset((_FUNCTION + _FILLER).split())
STEM = 4  # letters that must be left when an ending is cut off


def words_in(text: str) -> list[str]:
    """Return the words of a text in lower case, with one kind of apostrophe."""
    return WORD.findall(text.lower().replace("’", "'"))


def root(word: str) -> str:
    """Cut off the endings of one word's forms, so that “hire”, “hired” and “hiring” are compared.

    Plurals by Harman's rules (1991), then -ing, -ed and a last e. What people see are the words
    as they were written.
    """
    if word.endswith("ies") and len(word) > STEM:
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > STEM:
        word = word.removesuffix("'s") if word.endswith("'s") else word[:-1]
    for ending in ("ing", "ed", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= STEM - 1:
            return word.removesuffix(ending)
    return word


def says_nothing(questions: Iterable[str]) -> frozenset[str]:
    """Return the words to leave out, and the roots of those in the questions that were asked."""
    return STOP_WORDS | {root(word) for asked in questions for word in words_in(asked)}
