"""How the record stands: in a sentence for everybody, and in one about a single thing."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal
from uuid import UUID

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject
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
            return _("Tonight a seal of it goes into the record. After that, any change shows.")
        unchanged = _("Unchanged since %(day)s.") % {"day": say_day(self.since)}
        return f"{unchanged} {agreeing(self.keepers)}"


def agreeing(keepers: int) -> str:
    """Say how many outside keepers agree."""
    if keepers == 0:
        return _("No outside keeper has looked at it yet.")
    if keepers == 1:
        return _("One outside keeper agrees.")
    return _("%(count)s outside keepers agree.") % {"count": say_count(keepers).capitalize()}


def newest_check() -> QuerySet[Check]:
    """Return the newest nightly check, as a query."""
    return Check.objects.filter(on__in=Check.objects.order_by("-on").values("on")[:1])


def last_check() -> Check | None:
    """Return what the newest nightly check found."""
    return newest_check().first()


def standing_columns(ref: str, *, kind: str) -> dict[str, Any]:
    """Return columns for the query of what entered the record by an entry of one kind.

    So a page asks nothing more to say how things stand: `standing_of` reads them again.
    """
    after = SignedHead.objects.filter(size__gt=OuterRef("seq")).order_by("size")
    agreed = Witness.objects.filter(until=None, agreed_size__gt=OuterRef("seq"))
    counted = agreed.order_by().values("until").annotate(n=Count("*")).values("n")
    entered = Entry.objects.filter(about=OuterRef(ref), kind=kind).annotate(
        since=Subquery(after.values("on")[:1]), keepers=Coalesce(Subquery(counted), 0)
    )
    seen = JSONObject(seq="seq", since="since", keepers="keepers")
    found = JSONObject(size="size", faults="faults")
    return {
        "entered": Subquery(entered.order_by("seq").values(seen=seen)[:1]),
        "checked": Subquery(Check.objects.order_by("-on").values(found=found)[:1]),
    }


def standing_of(ref: UUID, row: Any) -> Standing:
    """Read how a thing stands from a row with the columns of `standing_columns`."""
    entered, checked = row.entered, row.checked or {"size": 0, "faults": []}
    if any(about in {"", str(ref)} for _code, _sentence, about in checked["faults"]):
        return Standing("wrong")
    if not entered or entered["since"] is None or entered["seq"] >= checked["size"]:
        return Standing("waiting")
    return Standing("whole", date.fromisoformat(entered["since"]), entered["keepers"])
