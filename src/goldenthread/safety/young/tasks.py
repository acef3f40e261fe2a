from datetime import datetime
from uuid import UUID

from goldenthread.projects.events import OPENED, STARTED
from goldenthread.safety.young import services
from goldenthread.thread.reactions import on


@on(STARTED)
def close_in_holidays(*, ref: UUID, now: datetime) -> None:
    """Let the rota of a school's new project know its holidays."""
    services.close_in_holidays(project=ref, now=now)


@on(OPENED)
def close_in_holidays_again(*, ref: UUID, now: datetime) -> None:
    """Terms may have been added meanwhile by an installation that knew none before."""
    services.close_in_holidays(project=ref, now=now)
