from goldenthread.thread.events import Event

CANDIDATES_ASKED = Event(
    "theme.candidates-asked", "Organisers let the machine show which voices share words."
)
