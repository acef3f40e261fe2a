"""Whether a text is to be read first: yes or no, nothing else, kept nowhere by this package."""

from collections.abc import Iterable

from goldenthread.safety.reading.hints.lists import Phrase, PhraseList, Rules, all_lists


def hint(text: str, language: str = "") -> bool:
    """Return whether a reader should look at this first, by the lists of phrases.

    Without a language every list is tried: people write in the one that they have. There is no
    score and no model; `why` says which line it was, for the people who keep the lists.
    """
    return any(_lines(text, language))


def hint_in(parts: Iterable[str]) -> bool:
    """Return whether one of the parts is to be read first."""
    return any(map(hint, parts))


def why(text: str, language: str = "") -> list[str]:
    """Return the lines of the lists that fit, for checking the lists. Never shown, never kept."""
    return list(dict.fromkeys(phrase.say for phrase in _lines(text, language)))


def _lines(text: str, language: str) -> Iterable[Phrase]:
    for each in all_lists():
        if language in ("", each.language):
            yield from _fitting(text, each)


def _fitting(text: str, listed: PhraseList) -> Iterable[Phrase]:
    for sentence in listed.spelling.sentences(text):
        for part in listed.rules.turns.split(sentence):
            said = listed.rules.sayings.sub(" , ", f" {part.strip()} ")
            words = set(said.split())
            said = f" {' '.join(said.split())} "
            for phrase in listed.phrases:
                if _is_meant(phrase, said, words, listed.rules):
                    yield phrase


def _is_meant(phrase: Phrase, said: str, words: set[str], rules: Rules) -> bool:
    if not all(words & some for some in phrase.needs):
        return False
    places = (found.span() for found in phrase.found.finditer(said))
    return any(_means_it(phrase, at, said, rules) for at in places)


def _means_it(phrase: Phrase, at: tuple[int, int], said: str, rules: Rules) -> bool:
    start, end = at
    if not phrase.own_negation and _denied(said[:start], said[start:], rules):
        return False
    return phrase.present or not _past(said, start, end, rules)


def _denied(before: str, after: str, rules: Rules) -> bool:
    """Walk back over fillers to a word that turns the phrase into its opposite."""
    following = after.split(maxsplit=1)[0]
    for word in reversed(before.split()):
        if word in rules.negators or (word == rules.no and following in rules.nouns):
            return True
        if word not in rules.fillers:
            return False
        following = word
    return False


def _past(said: str, start: int, end: int, rules: Rules) -> bool:
    """Is it told of another time? A word of the present in the same clause says no."""
    if rules.past_after.match(said, end):
        return True
    left = max((found.end() for found in rules.joins.finditer(said, 0, start)), default=0)
    after = rules.joins.search(said, end - 1)
    clause = f" {said[left : after.start() if after else len(said)].strip()} "
    long_ago = rules.long_ago.search(said) is not None
    if rules.now.search(clause) and not rules.long_ago.search(clause):
        return False
    return long_ago or rules.past.search(said, 0, start) is not None
