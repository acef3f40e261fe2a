"""What the record keeps about organisations: which act, on what, in which role. Never who."""

from goldenthread.thread.events import Event

FOUNDED = Event("organisation.founded", "An organisation began here.", {"kind": str})
SETTINGS_CHANGED = Event(
    "organisation.settings-changed",
    "An administrator changed the organisation's settings.",
    {"what": str},
)
HELP_LINE_CHECKED = Event("help-line.checked", "An administrator checked a help line.")
HELP_LINES_CHANGED = Event("help-line.changed", "An administrator changed the help lines.")
ROLE_GIVEN = Event("role.given", "An administrator gave someone a role.", {"role": str})
ROLE_ENDED = Event("role.ended", "An administrator ended a role.", {"role": str})
SUSPENDED = Event("membership.suspended", "An administrator suspended a membership.")
RESTORED = Event("membership.restored", "An administrator restored a membership.")
INVITED = Event("invitation.made", "An administrator made an invitation link.")
REVOKED = Event("invitation.revoked", "An administrator revoked an invitation link.")
LIST_SAVED = Event("membership.list", "An administrator added a list of people.", {"people": int})
JOINED = Event("membership.joined", "Someone joined.", {"by": str})
ADDED = Event("membership.added", "An administrator added people without e-mail.", {"people": int})
CARD_MADE = Event("keycard.made", "An administrator made someone a sign-in card.")
CARD_REPLACED = Event("keycard.replaced", "An administrator replaced someone's sign-in card.")
CARD_ENDED = Event("keycard.ended", "An administrator ended someone's sign-in card.")
