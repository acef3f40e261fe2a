"""What happens to stories, as the record tells it."""

from goldenthread.thread.events import Event

STORIES_OPENED = Event("stories.opened", "Stories were switched on, or their questions changed.")
STORIES_CLOSED = Event("stories.closed", "Stories were switched off; those told stay.")
