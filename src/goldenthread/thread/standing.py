"""How the record stands: in a sentence for everybody, and in one about a single thing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from goldenthread.kit.text import say_count, say_day
from goldenthread.thread.models import Check, Entry, SignedHead, Witness

State = Literal["waiting", "whole", "wrong"]


@dataclass(frozen=True)
class Standing:
    """Whether a thing is as it was when it entered the record, and how many keepers agree."""

    state: State
    since: date | None = None
    keepers: int = 0

    @property
    def sentence(self) -> str:
        """What its author reads; `wrong` is said by the page, which knows whom it was told to."""
        if self.state == "waiting" or self.since is None:
            return _("Waiting for tonight's check.")
        unchanged = _("Unchanged since %(day)s.") % {"day": say_day(self.since)}
        return f"{unchanged} {agreeing(self.keepers)}"


def agreeing(keepers: int) -> str:
    """Say how many outside keepers agree."""
    if keepers == 0:
        return _("No outside keeper has looked at it yet.")
    if keepers == 1:
        return _("One outside keeper agrees.")
    return _("%(count)s outside keepers agree.") % {"count": say_count(keepers).capitalize()}


def last_check() -> Check | None:
    """Return what the newest nightly check found."""
    return Check.objects.order_by("-on").first()


def standings(refs: Collection[UUID], *, kind: str) -> dict[UUID, Standing]:
    """Return how things stand that entered the record by an entry of one kind. Two queries."""
    check = last_check()
    after = SignedHead.objects.filter(size__gt=OuterRef("seq")).order_by("size")
    agreed = Witness.objects.filter(until=None, agreed_size__gt=OuterRef("seq"))
    counted = agreed.order_by().values("until").annotate(n=Count("*")).values("n")
    entered = Entry.objects.filter(about__in=refs, kind=kind).annotate(
        since=Subquery(after.values("on")[:1]), keepers=Coalesce(Subquery(counted), 0)
    )
    rows = {entry.about: entry for entry in entered}
    return {ref: _standing(ref, rows.get(ref), check) for ref in refs}


def _standing(ref: UUID, entry: "Entry | None", check: Check | None) -> Standing:
    faults = check.faults if check else []
    if any(about in {"", str(ref)} for _code, _sentence, about in faults):
        return Standing("wrong")
    since: date | None = getattr(entry, "since", None)
    if entry is None or check is None or entry.seq >= check.size or since is None:
        return Standing("waiting")
    return Standing("whole", since, getattr(entry, "keepers", 0))
