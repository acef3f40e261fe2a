"""What the record says about concerns: that there was one, never about whose words."""

from goldenthread.thread.events import Event

CONCERN_RAISED = Event("concern.raised", "A reader told the safeguarding owner of a concern.")
CONCERN_READ = Event(
    "concern.privileged-read", "Someone who looks after concerns read one: every look is kept."
)
CONCERN_NOTED = Event("concern.noted", "A safeguarding owner noted what was done.")
STEP_MARKED = Event(
    "concern.step-marked", "One of the six LISTEN steps was marked.", {"step": str, "done": str}
)
OTHERS_TOLD = Event(
    "concern.others-told",
    "It was kept whether others were told of a concern, and why.",
    {"whom": str, "told": str},
)
CONCERN_EXPORTED = Event(
    "concern.exported", "A concern was taken out for another case system.", {"as": str}
)
HANDED_OVER = Event("concern.handed-over", "A concern went from one safeguarder to another.")
AWAY_SAID = Event("concern.away-said", "A safeguarder said on which days they are away.")
CONCERN_CLOSED = Event(
    "concern.closed",
    "A safeguarding owner closed a concern.",
    {"told_others": str, "outcome": str},
)
