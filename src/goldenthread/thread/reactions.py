"""What must follow an act of staff is declared here, and queued in the act's own transaction."""

from collections import defaultdict
from collections.abc import Callable
from uuid import UUID

from django_tasks import task

from goldenthread.kit import clock
from goldenthread.thread.events import Event
from goldenthread.thread.services import after_record

Work = Callable[..., object]
_reactions: dict[str, list[Work]] = defaultdict(list)


def on(event: Event) -> Callable[[Work], Work]:
    """Declare a reaction: called by the worker with `ref=` and `now=`; may be called twice."""

    def declared(work: Work) -> Work:
        _reactions[event.name].append(work)
        return work

    return declared


@task()
def react(event: str, ref: str) -> None:
    """Do everything that was declared to follow `event`."""
    for work in _reactions[event]:
        work(ref=UUID(ref), now=clock.now())


@after_record
def enqueue(event: str, ref: UUID) -> None:
    """Queue the reactions to an act, if there are any."""
    if _reactions[event]:
        react.enqueue(event, str(ref))
