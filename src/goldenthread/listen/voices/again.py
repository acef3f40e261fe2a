"""What is done again after a restore: who took back being known is known to nobody again."""

from collections.abc import Sequence
from datetime import datetime

from goldenthread.listen.voices.events import REACH_ENDED
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.services.consenting import unlink
from goldenthread.safety.consent import services as consent
from goldenthread.safety.consent.wordings import REACH
from goldenthread.thread.journal import Act
from goldenthread.thread.replaying import replays
from goldenthread.thread.services import hold


@replays(REACH_ENDED.name)
def ended(acts: Sequence[Act], *, now: datetime) -> int:
    """Forget again who they were. A receipt given out at that moment came with the lost days."""
    known = {act.about: act for act in acts}
    rows = Voice.objects.filter(pk__in=known, known_as=Voice.KnownAs.SUPPORT)
    found = list(rows.select_related("words", "author"))
    for voice in found:
        consent.withdraw(words=voice.words, purpose=REACH, now=now)
        unlink(voice)
        hold(REACH_ENDED, about=voice.pk, project=voice.project_id, now=now)
    return len(found)
