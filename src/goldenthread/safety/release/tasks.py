from datetime import datetime

from goldenthread.kit.schedule import daily
from goldenthread.safety.release import services


@daily(at="04:10")
def freeze_figures(*, now: datetime) -> None:
    """Freeze the figures of each project of which ten more people may be counted."""
    services.freeze_all_due(now=now)
