from goldenthread.thread.events import Event

ACTION_PLANNED = Event("action.planned", "An action was planned, with an owner and a day.")
ACTION_MOVED = Event("action.moved", "Someone noted how an action goes.")
ACTION_DONE = Event("action.done", "An action was done.")
ACTION_STOPPED = Event("action.stopped", "An action was stopped, with the reason.")
CHANGE_CLAIMED = Event(
    "change.claimed", "The organisation said what is different now.", {"seal": str}
)
