"""What the record says about ways to reach people: that somebody looked at them."""

from goldenthread.thread.events import Event

CONTACTS_READ = Event(
    "contacts.privileged-read",
    "Support staff looked at whom to phone or to write to: every look is kept.",
)
