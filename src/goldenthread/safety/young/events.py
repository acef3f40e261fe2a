"""What the record says of schools and of the page for parents."""

from goldenthread.thread.events import Event

GUARDIANS_TOLD = Event("young.guardians-told", "The page for parents and carers was written.")
POST_FILLED = Event(
    "young.post-filled",
    "It was said who leads the school, or stands above its head.",
    {"post": str},
)
TERM_ADDED = Event("young.term-added", "Term dates were added.")
TERM_REMOVED = Event("young.term-removed", "Term dates were taken out.")
