"""What happens in rooms, as the record tells it."""

from goldenthread.thread.events import Event

ROOM_PLANNED = Event("room.planned", "Organisers planned a room.")
ROOM_CHANGED = Event("room.changed", "Organisers changed what happens in a room.")
ROOM_DROPPED = Event("room.dropped", "Organisers dropped a room that had not begun.")
ROOM_OPENED = Event("room.opened", "A room began.")
PRESENT_COUNTED = Event("room.present-counted", "Somebody counted who was in a room.")
ROOM_CONFIRMED = Event(
    "room.confirmed",
    "Those in a room said which notes are right, and these went to the readers.",
    {"notes": int},
)
ROUND_BEGUN = Event("round.begun", "A class was asked a question to answer by hand.")
ROUND_COUNTED = Event("round.counted", "The hands of a class were counted.")
