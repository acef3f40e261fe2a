from datetime import datetime
from uuid import UUID

from goldenthread.kit.schedule import daily
from goldenthread.safety.release import services
from goldenthread.safety.release.events import FIGURES_FROZEN
from goldenthread.thread.reactions import on
from goldenthread.thread.services import publish_head


@daily(at="04:10")
def freeze_figures(*, now: datetime) -> None:
    """Freeze the figures of each project of which ten more people may be counted."""
    services.freeze_all_due(now=now)


@on(FIGURES_FROZEN)
def seal_figures(*, ref: UUID, now: datetime) -> None:
    """Sign a head with each release: what was published is kept outside from then on."""
    del ref
    publish_head(now=now)
