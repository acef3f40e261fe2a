"""What is done again after a restore: closed accounts are erased again."""

from collections.abc import Sequence
from datetime import datetime

from goldenthread.people.accounts.events import ACCOUNT_CLOSED
from goldenthread.people.accounts.models import Person
from goldenthread.people.accounts.services import close_account
from goldenthread.thread.journal import Act
from goldenthread.thread.replaying import replays


@replays(ACCOUNT_CLOSED.name)
def closed(acts: Sequence[Act], *, now: datetime) -> int:
    """Close them again."""
    left = Person.objects.filter(ref__in=[act.about for act in acts], is_active=True)
    found = list(left)
    for person in found:
        close_account(by=person, now=now)
    return len(found)
