"""What happens to voices, as the record tells it."""

from goldenthread.thread.events import Event

VOICE_TAKEN_DOWN = Event("voice.taken-down", "A facilitator typed in a voice taken on paper.")
VOICES_IMPORTED = Event(
    "voices.imported", "A facilitator brought in voices from a file.", {"count": int}
)
AUTHOR_SEEN = Event("voice.author-seen", "Support staff looked at who said something.")
REACH_ENDED = Event(
    "voice.reach-ended",
    "An author took back that the support team knows who they are.",
    confidential=True,
)
CLASS_STARTED = Event("class.started", "A class was given a code under which it speaks.")
CLASS_ENDED = Event("class.ended", "The code of a class was closed.")
