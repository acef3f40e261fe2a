"""What happens to quick questions, as the record tells it."""

from goldenthread.thread.events import Event

QUESTION_ASKED = Event("question.asked", "A quick question was asked.")
QUESTION_ENDED = Event("question.ended", "A quick question ended; an answer is owed.")
QUESTION_ANSWERED = Event("question.answered", "A quick question was answered.")
QUESTION_LEFT = Event(
    "question.left", "A quick question was closed without an answer; the reason is public."
)
