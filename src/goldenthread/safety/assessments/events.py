"""What the record says about assessments: which, in which version, its seal. Never words."""

from goldenthread.thread.events import Event

ASSESSMENT_BEGUN = Event(
    "assessment.begun", "An assessment was begun.", {"kind": str, "version": int}
)
ASSESSMENT_SIGNED = Event(
    "assessment.signed",
    "A second person signed an assessment.",
    {"kind": str, "version": int, "seal": str},
)
