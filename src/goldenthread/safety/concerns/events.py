"""What the record says about concerns: that there was one, never about whose words."""

from goldenthread.thread.events import Event

CONCERN_RAISED = Event("concern.raised", "A reader told the safeguarding owner of a concern.")
CONCERN_LOOKED_AT = Event("concern.looked_at", "A safeguarding owner looked at a concern.")
CONCERN_NOTED = Event("concern.noted", "A safeguarding owner noted what was done.")
CONCERN_CLOSED = Event(
    "concern.closed", "A safeguarding owner closed a concern.", {"told_others": str}
)
