from goldenthread.thread.events import Event

ABOUT_PEOPLE_ASKED = Event(
    "equality.asked",
    "The project will ask people about themselves, apart from their words.",
    facts={"crossings": int},
)
ABOUT_PEOPLE_NOT_ASKED = Event(
    "equality.not_asked", "The project will not ask people about themselves."
)
