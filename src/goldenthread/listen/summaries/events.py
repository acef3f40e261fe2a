from goldenthread.thread.events import Event

SENTENCE_SHOWN = Event(
    "summary.sentence-shown", "Organisers showed a sentence of the summary.", {"seal": str}
)
SENTENCE_REWORDED = Event(
    "summary.sentence-reworded",
    "Organisers put a sentence of the summary in other words.",
    {"seal": str},
)
SENTENCE_GONE = Event(
    "summary.sentence-gone",
    "Every voice that a sentence of the summary rested on was destroyed. It went with them.",
)
SENTENCE_TAKEN_DOWN = Event(
    "summary.sentence-taken-down", "Organisers took a sentence out of the summary."
)
