from goldenthread.thread.events import Event

BRIEF_GIVEN = Event(
    "brief.given",
    "A decision was asked for, with a brief.",
    facts={"options": int, "themes": int, "decide_by": str, "seal": str},
)
BRIEF_TAKEN_BACK = Event("brief.taken-back", "A brief was taken back, to be written anew.")
_DECIDED = {"decision": str, "days_late": int}
BRIEF_DECIDED = Event(
    "brief.decided", "The decision-maker who was asked decided from a brief.", facts=_DECIDED
)
BRIEF_DECIDED_FOR = Event(
    "brief.decided-for",
    "A delegate decided from a brief, in the name of the decision-maker who was asked.",
    facts=_DECIDED,
)
DELEGATE_NAMED = Event(
    "delegate.named",
    "A decision-maker named a delegate, until a day.",
    facts={"until": str, "briefs": str},
)
DELEGATE_ENDED = Event("delegate.ended", "A delegate stands in no longer.")
