"""Scheduled work of this room."""

from datetime import datetime
from uuid import UUID

from goldenthread.kit.schedule import daily
from goldenthread.listen.voices import services
from goldenthread.safety.reading.events import AUTHOR_ASKED
from goldenthread.thread.reactions import on


@daily(at="03:40")
def drop_old_drafts(*, now: datetime) -> None:
    """Forget drafts that were left for thirty days."""
    services.drop_old_drafts(now=now)


@on(AUTHOR_ASKED)
def tell_of_question(*, ref: UUID, now: datetime) -> None:
    """Write to a member whose voice a reader has a question about; others find it by receipt."""
    services.tell_of_question(words=ref, now=now)
