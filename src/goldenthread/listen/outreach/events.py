from goldenthread.thread.events import Event

POPULATION_ENTERED = Event(
    "population.entered",
    "An administrator entered how many people of each group there are.",
    facts={"questions": int},
)
OUTREACH_PLANNED = Event(
    "outreach.planned", "Organisers planned how they reach people who have not been heard."
)
OUTREACH_CHANGED = Event(
    "outreach.changed", "Organisers changed a plan to reach people.", facts={"state": str}
)
OUTREACH_ENDED = Event(
    "outreach.ended",
    "A plan to reach people ended, with a sentence on what came of it.",
    facts={"state": str},
)
