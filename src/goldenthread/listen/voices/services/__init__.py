"""Everything that writes in this room."""

from goldenthread.listen.voices.services.bringing import SLICE, import_voices
from goldenthread.listen.voices.services.classes import end_class, speak_in_turn, start_class
from goldenthread.listen.voices.services.consenting import be_unknown, let_quote, stop_quoting
from goldenthread.listen.voices.services.drafts import drop_draft, drop_old_drafts, save_draft
from goldenthread.listen.voices.services.minding import (
    Author,
    say_true_for_me,
    see_author,
    take_back,
    tell_of_question,
    undo_take_back,
)
from goldenthread.listen.voices.services.speaking import LABELS, Said, Spoken, speak, take_down

__all__ = [
    "LABELS",
    "SLICE",
    "Author",
    "Said",
    "Spoken",
    "be_unknown",
    "drop_draft",
    "drop_old_drafts",
    "end_class",
    "import_voices",
    "let_quote",
    "save_draft",
    "say_true_for_me",
    "see_author",
    "speak",
    "speak_in_turn",
    "start_class",
    "stop_quoting",
    "take_back",
    "take_down",
    "tell_of_question",
    "undo_take_back",
]
