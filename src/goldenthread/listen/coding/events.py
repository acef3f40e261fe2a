from goldenthread.thread.events import Event

CODE_WRITTEN = Event("coding.code-written", "Organisers wrote what belongs to the theme.")
ROUND_STARTED = Event(
    "coding.round-started",
    "Coders began to sort a sample of voices, each alone.",
    {"voices": int, "coders": int},
)
ROUND_FINISHED = Event(
    "coding.round-finished",
    "All coders were done, and what they chose was compared. Krippendorff's alpha is held here.",
    {"alpha": str},
)
ROUND_SETTLED = Event(
    "coding.round-settled",
    "The coders talked through where they differed, and agreed.",
    {"talked": int},
)
ROUND_STOPPED = Event("coding.round-stopped", "A round of sorting was stopped and thrown away.")
