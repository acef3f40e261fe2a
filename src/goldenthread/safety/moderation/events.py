"""What the record says of reports, appeals and complaints: never who, never a word."""

from goldenthread.thread.events import Event

REPORTED = Event("report.received", "Someone reported something.", {"because": str})
REPORT_DECIDED = Event("report.decided", "A reader decided on a report.", {"outcome": str})
APPEALED = Event("appeal.received", "An author appealed against a removal.")
APPEAL_DECIDED = Event("appeal.decided", "Someone else decided on an appeal.", {"outcome": str})
COMPLAINED = Event("complaint.received", "Someone complained.", {"about": str})
COMPLAINT_ACKNOWLEDGED = Event("complaint.acknowledged", "A complaint was acknowledged.")
COMPLAINT_ANSWERED = Event("complaint.answered", "A complaint was answered.")
