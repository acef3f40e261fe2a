"""What the record says of projects."""

from goldenthread.thread.events import Event

STARTED = Event("project.started", "A project was begun.")
DESCRIBED = Event("project.described", "The project's title, summary or reading time was changed.")
AGES_SET = Event(
    "project.ages-set",
    "It was said for which ages the project is, and how people may be known.",
    {"ages": str, "known_as": str},
)
OPENED = Event(
    "project.opened",
    "The project opened, its terms sealed.",
    {"version": int, "seal": str},
)
TERMS_CHANGED = Event(
    "project.terms-changed",
    "New terms were sealed.",
    {"version": int, "seal": str},
)
AGREED_TO_CLOSE = Event(
    "project.agreed-to-close", "A partner agreed to close the project.", {"organisation": str}
)
TOOK_BACK_CLOSE = Event(
    "project.took-back-close", "A partner no longer agrees to close.", {"organisation": str}
)
CLOSED = Event("project.closed", "The project closed. All its partners had agreed.")
BOX_CLOSED = Event("project.box-closed", "The box to write in was closed.", {"because": str})
BOX_REOPENED = Event("project.box-reopened", "The box to write in was opened again.")
ROLE_GIVEN = Event("project.role-given", "Somebody was given a role in the project.", {"role": str})
ROLE_ENDED = Event("project.role-ended", "A role in the project was given an end.", {"role": str})
READER_OFFERED = Event(
    "project.reader-offered", "Another organisation offered a reader.", {"organisation": str}
)
READER_ACCEPTED = Event(
    "project.reader-accepted", "An offered reader was accepted for a while.", {"organisation": str}
)
LOAN_ENDED = Event(
    "project.loan-ended", "A reader is not lent, or not any more.", {"organisation": str}
)
ROTA_CHANGED = Event("project.rota-changed", "The rota of the readers changed.", {"stretches": int})
STAGES_SET = Event(
    "project.stages-set",
    "The dates of the stages were set.",
    {"listen": str, "empower": str, "act": str, "debrief": str},
)
PARTNER_ASKED = Event(
    "project.partner-asked", "Another organisation was asked to share it.", {"organisation": str}
)
PARTNER_JOINED = Event(
    "project.partner-joined", "Another organisation now shares the project.", {"organisation": str}
)
PARTNER_DECLINED = Event(
    "project.partner-declined", "An organisation does not share the project.", {"organisation": str}
)
CONTROLLER_NAMED = Event(
    "project.controller-named", "It was said who answers for the data.", {"organisation": str}
)
STRAND_ADDED = Event("project.strand-added", "A strand was added to the project.")
STRAND_REMOVED = Event("project.strand-removed", "A strand was taken out of the project.")
