"""Short lists that people choose from, in plain words: feelings, what a story talks about."""

from collections.abc import Iterable
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

GOOD: Final = gettext_lazy("What was good?")
BETTER: Final = gettext_lazy("What could be better?")
FEELINGS: Final[dict[str, Any]] = {
    "heard": gettext_lazy("Heard"),
    "safe": gettext_lazy("Safe"),
    "hopeful": gettext_lazy("Hopeful"),
    "grateful": gettext_lazy("Grateful"),
    "worried": gettext_lazy("Worried"),
    "ignored": gettext_lazy("Ignored"),
    "angry": gettext_lazy("Angry"),
    "sad": gettext_lazy("Sad"),
    "confused": gettext_lazy("Confused"),
    "ashamed": gettext_lazy("Ashamed"),
    "alone": gettext_lazy("Alone"),
    "tired": gettext_lazy("Tired out"),
}
NOTES: Final[dict[str, Any]] = {
    "self-harm": gettext_lazy("Self-harm"),
    "suicide": gettext_lazy("Suicide"),
    "abuse": gettext_lazy("Abuse"),
    "eating": gettext_lazy("Eating"),
    "death": gettext_lazy("The death of someone"),
    "force": gettext_lazy("Force, or being held down"),
}
# As they stand before the words everywhere, in a line of at most 80 letters.
BRIEF: Final[dict[str, Any]] = {
    "self-harm": gettext_lazy("self-harm"),
    "suicide": gettext_lazy("suicide"),
    "abuse": gettext_lazy("abuse"),
    "eating": gettext_lazy("eating"),
    "death": gettext_lazy("a death"),
    "force": gettext_lazy("force"),
}


def feelings_of(keys: Iterable[str]) -> tuple[str, ...]:
    """Return feelings in words, in the order of the list."""
    chosen = set(keys)
    return tuple(str(text) for key, text in FEELINGS.items() if key in chosen)


def notes_of(keys: Iterable[str]) -> tuple[str, ...]:
    """Return what a story talks about in words, in the order of the list."""
    chosen = set(keys)
    return tuple(str(text) for key, text in NOTES.items() if key in chosen)


def note_before(keys: Iterable[str]) -> str:
    """Return the line that stands before the words; nothing where nothing was chosen."""
    chosen = set(keys)
    found = [str(text) for key, text in BRIEF.items() if key in chosen]
    return _("it talks about %(things)s") % {"things": ", ".join(found)} if found else ""
