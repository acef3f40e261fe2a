"""What happens to conversations, as the record tells it."""

from goldenthread.thread.events import Event

CONVERSATION_OPENED = Event(
    "conversation.opened", "Organisers opened a conversation.", {"statements": int}
)
CONVERSATION_CLOSED = Event("conversation.closed", "A conversation was closed.")
STATEMENT_SEEDED = Event("statement.seeded", "Organisers wrote a statement of their own.")
STATEMENT_DROPPED = Event(
    "statement.dropped", "Organisers took one of their own statements out of a conversation."
)
ADDING_CHANGED = Event(
    "conversation.adding-changed",
    "Organisers said whether people may add statements.",
    {"adding": int},
)
MAP_FROZEN = Event("conversation.map-frozen", "The answers were counted anew.", {"number": int})
GROUP_NAMED = Event("conversation.group-named", "Organisers gave a group on a map a name.")
CONVERSATION_IMPORTED = Event(
    "conversation.imported", "A conversation was brought in from a file.", {"statements": int}
)
STATEMENTS_EXPORTED = Event(
    "conversation.statements-exported", "A facilitator took out the rounded results as a file."
)
ANSWERS_EXPORTED = Event(
    "conversation.answers-exported", "A facilitator took out single answers as a file."
)
