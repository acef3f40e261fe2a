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
    """Take back again what is in force, whichever round: a yes that was lost is asked for anew."""
    days = {act.about: min(act.on, clock.today(now)) for act in acts}
    rows = Consent.objects.filter(words__in=days, purpose=QUOTE, withdrawn_on=None)
    found = list(rows.select_related("words").defer("words__search"))
    for given in found:
        given.withdrawn_on = days[given.words_id]
        given.save(update_fields=["withdrawn_on"])
        about, project, facts = given.words_id, given.words.project_id, {"round": given.round}
        hold(events.QUOTE_WITHDRAWN, about=about, project=project, facts=facts, now=now)
    return len(found)
