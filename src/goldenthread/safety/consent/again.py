"""What is done again after a restore: what authors took back stays taken back."""

from collections.abc import Sequence
from datetime import datetime

from goldenthread.kit import clock
from goldenthread.safety.consent import events
from goldenthread.safety.consent.models import Consent
from goldenthread.safety.consent.wordings import QUOTE
from goldenthread.thread.journal import Act
from goldenthread.thread.replaying import replays, undoes
from goldenthread.thread.services import hold

undoes(events.QUOTE_GIVEN_AGAIN.name, of=events.QUOTE_WITHDRAWN.name)


@replays(events.QUOTE_WITHDRAWN.name)
def withdrawn(acts: Sequence[Act], *, now: datetime) -> int:
    """Take consents back again: each of that round, and any before it."""
    done = 0
    for act in acts:
        given = Consent.objects.filter(words=act.about, purpose=QUOTE, withdrawn_on=None)
        given = given.filter(round__lte=act.facts["round"])
        if given.update(withdrawn_on=min(act.on, clock.today(now))):
            facts, project = act.facts, act.project
            hold(events.QUOTE_WITHDRAWN, about=act.about, project=project, facts=facts, now=now)
            done += 1
    return done
