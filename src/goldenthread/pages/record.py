"""How the words of a voice stand in the record, in a sentence for their author."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from goldenthread.listen.voices.models import Voice
from goldenthread.projects.models import Terms
from goldenthread.safety.consent.queries import with_quote
from goldenthread.safety.reading.events import WORDS_RECEIVED
from goldenthread.thread import published
from goldenthread.thread.published import Said
from goldenthread.thread.standing import Standing, standing_columns, standing_of


@dataclass(frozen=True)
class InRecord:
    """One sentence, and whether something is wrong."""

    standing: Standing
    told_to: str

    @property
    def is_wrong(self) -> bool:
        """Whether something does not match."""
        return self.standing.state == "wrong"

    @property
    def sentence(self) -> str:
        """Say it in one of three ways."""
        if self.is_wrong:
            return _(
                "Something does not match. This has been reported to the administrators of"
                " %(organisation)s."
            ) % {"organisation": self.told_to}
        return self.standing.sentence


def with_standing(voices: QuerySet[Voice]) -> QuerySet[Voice]:
    """Ask with the voices themselves how they stand in the record: no query more."""
    return voices.annotate(**standing_columns("words_id", kind=WORDS_RECEIVED.name))


def as_followed(voices: QuerySet[Voice]) -> QuerySet[Voice]:
    """Ask with them also what their authors agreed to, and by when they hear: no query more."""
    terms = Terms.objects.filter(project=OuterRef("project"), sealed_on__isnull=False)
    hear_by = Subquery(terms.order_by("-version").values("hear_by")[:1])
    found: QuerySet[Voice] = with_quote(with_standing(voices)).annotate(hear_by=hear_by)
    return found


def is_late(voice: Any, today: date) -> bool:
    """Whether the day by which its author was to hear is over; of a voice asked `as_followed`."""
    return voice.hear_by is not None and voice.hear_by < today


def in_record(voice: Voice) -> InRecord:
    """Return how a voice stands that was fetched `with_standing`."""
    return InRecord(standing_of(voice.ref, voice), voice.project.organisation.name)


@dataclass(frozen=True)
class Kept:
    """All that the record says of one voice."""

    stands: InRecord
    commitment: str
    place: int | None
    size: int | None
    entries: Sequence[Said]


def kept_of(voice: Voice) -> Kept:
    """Gather what the record says of one voice."""
    ref = voice.ref
    entry, head = published.entry_about(ref, WORDS_RECEIVED.name), published.newest()
    sealed = entry is not None and head is not None and entry.seq < head.size
    return Kept(
        stands=in_record(voice),
        commitment=str(published.facts_about(ref, WORDS_RECEIVED.name).get("commit", "")),
        place=entry.seq if entry and sealed else None,
        size=head.size if head and sealed else None,
        entries=published.said_about(ref),
    )


def proof_for(voice: Voice) -> str | None:
    """Return the proof of a voice's entry under the newest head; none before it is sealed."""
    entry, head = published.entry_about(voice.ref, WORDS_RECEIVED.name), published.newest()
    if entry is None or head is None or entry.seq >= head.size:
        return None
    return published.proof_of(entry, head)
