"""What happens to surveys, as the record tells it: never who answered, nor how."""

from goldenthread.thread.events import Event

SURVEY_OPENED = Event(
    "survey.opened", "A survey was opened.", {"wave": int, "questions": int, "open_to": str}
)
SURVEY_CLOSED = Event("survey.closed", "A survey was closed.", {"wave": int})
CODES_MADE = Event(
    "survey.codes-made", "Codes were made by which people answer a survey.", {"count": int}
)
SURVEY_BROUGHT_IN = Event(
    "survey.brought-in", "A facilitator brought in a survey from a file.", {"questions": int}
)
RESULTS_FROZEN = Event(
    "survey.results-frozen", "The results of a survey were frozen.", {"wave": int, "number": int}
)
