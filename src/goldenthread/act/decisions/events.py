from goldenthread.thread.events import Event

DECISION_PUBLISHED = Event(
    "decision.published",
    "A decision was published, with its reasons.",
    facts={"outcome": str, "themes": int, "seal": str},
)
