"""What happens to surveys, as the record tells it: never who answered, nor how."""

from goldenthread.thread.events import Event

SURVEY_OPENED = Event(
    "survey.opened", "A survey was opened.", {"wave": int, "questions": int, "open_to": str}
)
SURVEY_CLOSED = Event("survey.closed", "A survey was closed.", {"wave": int})
CODES_MADE = Event(
    "survey.codes-made", "Codes were made by which people answer a survey.", {"count": int}
)
