"""Whom a reply reaches and how: worked out from the voices beneath it, a slice at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.debrief.replies.models import Reply
from goldenthread.kit.figures import SMALLEST
from goldenthread.listen.voices.models import Voice
from goldenthread.safety.reading.models import Words
from goldenthread.thread.queries import FIRST, voices_beneath

SLICE: Final = 20_000  # voices looked at in one query
EMAIL, ACCOUNT, RECEIPT = "email", "account", "receipt"
BOARD, WITHDRAWN = "board", "withdrawn"
WAYS: Final = (EMAIL, ACCOUNT, RECEIPT, BOARD, WITHDRAWN)
WAY: Final = Case(
    When(words__state=Words.State.WITHDRAWN, then=Value(WITHDRAWN)),
    When(
        Q(author__is_active=True, author__wants_mail=True) & ~Q(author__email=""),
        then=Value(EMAIL),
    ),
    When(author__is_active=True, then=Value(ACCOUNT)),
    When(receipt__closed=False, then=Value(RECEIPT)),
    default=Value(BOARD),
)


@dataclass(frozen=True)
class Reach:
    """How many voices a reply reaches, by the way it reaches them: work for staff, so exact."""

    email: int = 0
    account: int = 0
    receipt: int = 0
    board: int = 0
    withdrawn: int = 0
    kind: str = ""  # of what it is about

    @property
    def tells_ways(self) -> bool:
        """Whether enough are reached: of fewer than ten the ways would tell who they are."""
        return self.kind != Reply.About.VOICE and self.total >= SMALLEST

    @property
    def total(self) -> int:
        return self.email + self.account + self.receipt + self.board

    @property
    def sentence(self) -> str:
        """Say it in one sentence before anything is sent."""
        if self.kind == Reply.About.VOICE:
            return _("This goes to the person who said it.")
        if not self.total:
            return _("This goes to no voice yet.")
        number = f"{self.total:,}"
        if not self.tells_ways:
            few = ngettext("This goes to %(n)s voice.", "This goes to %(n)s voices.", self.total)
            return few % {"n": number}
        return _("This goes to %(n)s voices: %(ways)s.") % {"n": number, "ways": self._ways}

    @property
    def _ways(self) -> str:
        parts = [
            (self.email, _("%(n)s by e-mail")),
            (
                self.account,
                ngettext("%(n)s waits in My voices", "%(n)s wait in My voices", self.account),
            ),
            (
                self.receipt,
                ngettext(
                    "%(n)s waits behind a receipt", "%(n)s wait behind a receipt", self.receipt
                ),
            ),
            (self.board, _("%(n)s only on the board")),
        ]
        return ", ".join(words % {"n": f"{number:,}"} for number, words in parts if number)


def with_ways(refs: list[UUID]) -> QuerySet[Voice]:
    """Return these voices, each with its `way`."""
    return Voice.objects.filter(pk__in=refs).annotate(way=WAY)


def beneath(kind: str, about: UUID, *, after: UUID = FIRST, limit: int) -> list[UUID]:
    """Return up to `limit` voices that a reply reaches, in order: of a voice, itself alone."""
    if kind == Reply.About.VOICE:
        return [about] if about > after else []
    return voices_beneath(about, after=after, limit=limit)


def reach_of(about: UUID, kind: str = "") -> Reach:
    """Count the voices beneath a thing, by the way a reply reaches them."""
    sums = dict.fromkeys(WAYS, 0)
    for refs in _slices(about, kind):
        counts = with_ways(refs).aggregate(**{way: Count("pk", filter=Q(way=way)) for way in sums})
        sums = {way: sums[way] + counts[way] for way in sums}
    return Reach(**sums, kind=kind)


def _slices(about: UUID, kind: str) -> Iterator[list[UUID]]:
    after = FIRST
    while refs := beneath(kind, about, after=after, limit=SLICE):
        yield refs
        if len(refs) < SLICE:
            return
        after = refs[-1]
