"""Whether words may be quoted elsewhere, as their author is told and asked."""

from dataclasses import dataclass
from datetime import date

from goldenthread.listen.voices.models import Voice
from goldenthread.safety.consent.permissions import may_be_asked
from goldenthread.safety.consent.wordings import QUOTE, Version, today, version_of
from goldenthread.safety.reading.models import Words

STANDS = (Words.State.HELD, Words.State.RELEASED)


@dataclass(frozen=True)
class Quoting:
    """The statement that is in force since a day, or the one that is offered, or neither."""

    given: Version | None = None
    since: date | None = None
    offered: Version | None = None


def quoting_of(voice: Voice) -> Quoting:
    """Say it of a voice that was fetched `as_followed`. No query."""
    number = getattr(voice, "quote_version", None)
    if number is not None:
        return Quoting(
            given=version_of(QUOTE, number), since=getattr(voice, "quote_given_on", None)
        )
    stands = voice.words.state in STANDS and may_be_asked(voice.project)
    return Quoting(offered=today(QUOTE) if stands else None)
