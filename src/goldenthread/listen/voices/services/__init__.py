"""Everything that writes in this room."""

from goldenthread.listen.voices.services.bringing import SLICE, hold_rows, import_voices
from goldenthread.listen.voices.services.classes import end_class, speak_in_turn, start_class
from goldenthread.listen.voices.services.consenting import be_unknown, let_quote, stop_quoting
from goldenthread.listen.voices.services.doors import close_door, open_door
from goldenthread.listen.voices.services.drafts import drop_draft, drop_old_drafts, save_draft
from goldenthread.listen.voices.services.minding import (
    Author,
    say_true_for_me,
    see_author,
    take_back,
    tell_of_question,
    undo_take_back,
)
from goldenthread.listen.voices.services.repeating import refuse_other_name
from goldenthread.listen.voices.services.speaking import (
    LABELS,
    Said,
    Spoken,
    SpokenTogether,
    speak,
    speak_together,
    take_down,
)

__all__ = [
    "LABELS",
    "SLICE",
    "Author",
    "Said",
    "Spoken",
    "SpokenTogether",
    "be_unknown",
    "close_door",
    "drop_draft",
    "drop_old_drafts",
    "end_class",
    "hold_rows",
    "import_voices",
    "let_quote",
    "open_door",
    "refuse_other_name",
    "save_draft",
    "say_true_for_me",
    "see_author",
    "speak",
    "speak_in_turn",
    "speak_together",
    "start_class",
    "stop_quoting",
    "take_back",
    "take_down",
    "tell_of_question",
    "undo_take_back",
]
