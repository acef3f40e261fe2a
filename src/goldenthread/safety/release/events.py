from goldenthread.thread.events import Event

FIGURES_FROZEN = Event("release.frozen", "A set of figures was frozen.", facts={"number": int})
RULE_CHOSEN = Event(
    "release.rule_chosen",
    "It was chosen by which rule small numbers are hidden.",
    facts={"profile": str},
)
