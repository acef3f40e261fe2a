"""What the record says about concerns: that there was one, never about whose words."""

from goldenthread.thread.events import Event

CONCERN_RAISED = Event(
    "concern.raised", "A reader told the safeguarding owner of a concern.", confidential=True
)
CONCERN_ADDED_TO = Event(
    "concern.added-to", "A reader added to a concern that was open.", confidential=True
)
CONCERN_NAMES = Event(
    "concern.names-staff",
    "A reader said that a concern names someone who works there: others look after it.",
    confidential=True,
)
CONCERN_READ = Event(
    "concern.privileged-read",
    "Someone who looks after concerns read one: every look is kept.",
    confidential=True,
)
CONCERN_NOTED = Event(
    "concern.noted", "A safeguarding owner noted what was done.", confidential=True
)
STEP_MARKED = Event(
    "concern.step-marked",
    "One of the six LISTEN steps was marked.",
    {"step": str, "done": str},
    confidential=True,
)
OTHERS_TOLD = Event(
    "concern.others-told",
    "It was kept whether others were told of a concern, and why.",
    {"whom": str, "told": str},
    confidential=True,
)
HANDED_OVER = Event(
    "concern.handed-over",
    "A concern went from one safeguarder to another.",
    confidential=True,
)
AWAY_SAID = Event(
    "concern.away-said",
    "A safeguarder said on which days they are away.",
    confidential=True,
)
CONCERN_EXPORTED = Event(
    "concern.exported",
    "A concern was taken out for another case system.",
    {"as": str},
    confidential=True,
)
CONCERN_CLOSED = Event(
    "concern.closed",
    "A safeguarding owner closed a concern.",
    {"told_others": str, "outcome": str},
    confidential=True,
)
