"""What the record says of looking again: that voices were drawn, never which or how many."""

from goldenthread.thread.events import Event

DRAWN = Event(
    "looks.drawn",
    "Voices of a month were drawn for another reader to look at again.",
    {"month": str},
)
