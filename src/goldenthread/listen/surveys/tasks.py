"""Scheduled work of this room."""

from datetime import datetime
from uuid import UUID

from goldenthread.kit.schedule import daily
from goldenthread.listen.surveys import services
from goldenthread.listen.surveys.events import RESULTS_FROZEN
from goldenthread.thread.reactions import on
from goldenthread.thread.services import publish_head


@daily(at="03:42")
def drop_old_unfinished(*, now: datetime) -> None:
    """Forget what nobody sent and nobody came back for."""
    services.drop_old(now=now)


@daily(at="03:48")
def close_and_mix(*, now: datetime) -> None:
    """Close surveys whose last day is over, and open answers where twenty wait, mixed."""
    services.close_due(now=now)
    services.mix_all(now=now)


@daily(at="04:14")
def freeze_results(*, now: datetime) -> None:
    """Freeze the results of closed waves that have answers enough."""
    services.freeze_all_due(now=now)


@on(RESULTS_FROZEN)
def seal_results(*, ref: UUID, now: datetime) -> None:
    """Sign a head with each release: what was published is kept outside from then on."""
    del ref
    publish_head(now=now)
