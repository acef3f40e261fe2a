"""Writing the ties that carry a voice to what changed. Called in the transaction of the act."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from goldenthread.kit import clock
from goldenthread.thread.models import How, Tie

Thing = tuple[str, UUID]


def tie(source: Thing, target: Thing, *, how: How, project: UUID) -> None:
    """Say that `source` led to `target`; said twice, it stands once."""
    tie_all([(source, target)], how=how, project=project)


def tie_all(pairs: Iterable[tuple[Thing, Thing]], *, how: How, project: UUID) -> None:
    """Say it for many at once, in one statement."""
    Tie.objects.bulk_create(
        [
            Tie(
                source_kind=source[0],
                source=source[1],
                target_kind=target[0],
                target=target[1],
                how=how,
                project=project,
            )
            for source, target in pairs
        ],
        ignore_conflicts=True,
        batch_size=2000,
    )


def untie(sources: Iterable[UUID], target: UUID, *, now: datetime) -> int:
    """End the living ties from `sources` to `target`; they stay on record as ended."""
    living = Tie.objects.filter(source__in=list(sources), target=target, ended_on=None)
    return living.update(ended_on=clock.today(now))
