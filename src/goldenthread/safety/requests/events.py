"""What the record says about requests: kinds and outcomes, never who or what."""

from goldenthread.thread.events import Event

ASKED = Event("request.asked", "Someone asked about their own data.", {"kind": str})
ACKNOWLEDGED = Event("request.acknowledged", "A request about data was acknowledged.")
PAUSED = Event(
    "request.paused", "The clock of a request stands still until someone answers.", {"for": str}
)
RESUMED = Event("request.resumed", "The clock of a request runs again.")
EXTENDED = Event("request.extended", "A request about data takes two months more.")
CARRIED_OUT = Event(
    "request.carried_out", "What someone asked to be erased was erased.", {"words": int}
)
LEFT = Event(
    "membership.erased", "Someone was erased from an organisation, because they asked for it."
)
HELD_BACK = Event(
    "request.held_back", "What someone asked to be held back is held back.", {"words": int}
)
USED_AGAIN = Event(
    "request.used_again", "What someone asked to be held back can be used again.", {"words": int}
)
ANSWERED = Event(
    "request.answered", "A request about data was answered.", {"kind": str, "outcome": str}
)
SETTINGS_CHANGED = Event(
    "data_protection.changed", "An organisation changed what it says as data controller."
)
