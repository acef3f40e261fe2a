"""Whether a claimed change says anything: "done" is a deed, not a change."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from goldenthread.kit.text import words_of

FEWEST_WORDS: Final = 5  # below this nobody can tell what is different
FEWEST_TELLING: Final = 3  # words that are more than a way of saying "done"
SAYS_DONE: Final = frozenset(
    words_of(
        "a all an and action actions again already are as at be been being by everything for fully "
        "had has have in is it its now of on our people place put that the them these they this "
        "to us very was we were with recommendation recommendations issue issues concern concerns "
        "done complete completed finished actioned implemented delivered achieved resolved "
        "addressed improved improving changed changing better ongoing sorted fixed progress "
        "successfully well things thing situation much more made making taken"
    )
)
NO_CHANGE: Final = _(
    "Say what is different now for someone who comes to you. “Done” is not a change."
)
NO_EVIDENCE: Final = _("Say how anyone can tell: what was counted, seen or said, and by whom.")


def says_nothing(text: str) -> bool:
    """Whether a text is too short to tell anything, or only a way of saying "done"."""
    words = [word.lower() for word in words_of(text)]
    telling = [word for word in words if word not in SAYS_DONE]
    return len(words) < FEWEST_WORDS or len(telling) < FEWEST_TELLING
