from goldenthread.thread.events import Event

FIGURES_FROZEN = Event("release.frozen", "A set of figures was frozen.", facts={"number": int})
RULE_CHOSEN = Event(
    "release.rule_chosen",
    "It was chosen by which rule small numbers are hidden.",
    facts={"profile": str},
)
EARLY_SIGHT_CHOSEN = Event(
    "release.early-sight",
    "It was chosen how many days before everyone those who decide see figures.",
    facts={"days": int},
)
SHOWN_EARLY = Event(
    "release.shown-early",
    "Figures were shown to those who decide, some days before everyone.",
    facts={"number": int, "people": int, "public_on": str, "seal": str},
)
SEEN_EARLY = Event(
    "release.seen-early",
    "Someone who decides saw figures before everyone.",
    facts={"number": int, "as": str},
)
EARLY_COMMENT = Event(
    "release.early-comment",
    "Someone who decides commented on figures before everyone saw them.",
    facts={"number": int, "as": str},
)
