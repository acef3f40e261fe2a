"""What the record says about reading: references, purposes and reasons, never words."""

from goldenthread.thread.events import Event

WORDS_RECEIVED = Event(
    "words.received",
    "Someone sent words. They were held for a reader.",
    {"commit": str, "lock": str},  # the lock opens by the author's receipt alone; or none
)
WORDS_RELEASED = Event(
    "words.released",
    "A reader released what someone sent.",
    {"purpose": str, "seal": str},  # the seal of what is shown
)
WORDS_MASKED = Event(
    "words.masked", "A reader masked details before releasing words.", {"masks": int}
)
AUTHOR_ASKED = Event("words.author_asked", "A reader asked the author something.")
AUTHOR_ANSWERED = Event("words.author_answered", "An author answered a reader.")
SECOND_READER_ASKED = Event("words.second_reader_asked", "A reader asked for a second reader.")
WORDS_UNPUBLISHED = Event(
    "words.unpublished", "A reader decided not to publish words.", {"because": str}
)
AUTHOR_OBJECTED = Event(
    "words.author_objected", "An author did not agree. Another reader looks at it."
)
WORDS_KEPT = Event("words.kept", "A second reader left it as it was.", {"seal": str})
WORDS_WITHDRAWN = Event(
    "words.withdrawn_by_author",
    "An author took their words back. Their receipt proves it.",
    {"proof": str},  # opens the lock
)
WORDS_WITHDRAWN_UNPROVEN = Event(
    "words.withdrawn_without_receipt",
    "Words were taken back from an account. No receipt proves by whom.",
)
WITHDRAWAL_UNDONE = Event(
    "words.withdrawal_undone", "An author brought their words back within seven days."
)
WORDS_DESTROYED = Event(
    "words.destroyed", "Words were destroyed: taken back, asked to be erased, or over their time."
)
REMOVAL_ASKED = Event(
    "words.removal_asked", "The organisation asked to remove words.", {"because": str}
)
REMOVAL_REFUSED = Event("words.removal_refused", "A co-lead did not agree to remove words.")
WORDS_REMOVED = Event(
    "words.removed_by_organisation",
    "The organisation removed words.",
    dict.fromkeys(("because", "organisation", "asked_as", "agreed_for", "agreed_as"), str),
)
WORDS_HIDDEN = Event("words.hidden", "A reader hid words until they are read again.")
WORDS_PUT_BACK = Event("words.put_back", "Words that were removed are shown again after an appeal.")
WORDS_HELD_BACK = Event("words.held_back", "Words are held back: their author asked for that.")
WORDS_USED_AGAIN = Event("words.used_again", "Words that were held back can be used again.")
