from goldenthread.thread.events import Event

MEETING_PLANNED = Event("meeting.planned", "Organisers began to plan a meeting.")
MEETING_CHANGED = Event("meeting.changed", "Organisers changed a meeting that was announced.")
MEETING_ANNOUNCED = Event("meeting.announced", "Organisers announced a meeting.")
MEETING_CANCELLED = Event("meeting.cancelled", "Organisers cancelled a meeting.")
NOTES_WRITTEN = Event("meeting.notes-written", "Organisers published the notes of a meeting.")
PROMISES_CHECKED = Event("meeting.promises-checked", "A contributor checked the promises.")
TALLY_FROZEN = Event("meeting.tally-frozen", "Totals of the promise checks were frozen.")
