"""What stands where words stood: who took them away, when, in which roles, and why."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.kit.text import say_month
from goldenthread.organisations.models import Organisation
from goldenthread.projects.models import ProjectRole
from goldenthread.safety.reading import reasons
from goldenthread.safety.reading.events import WORDS_REMOVED
from goldenthread.safety.reading.models import Words
from goldenthread.thread.published import Facts, last_entries

Name, State = ProjectRole.Name, Words.State
ASKED: Final[Mapping[str, object]] = {
    Name.CO_LEAD: gettext_lazy("A co-lead"),
    Name.FACILITATOR: gettext_lazy("A facilitator"),
    Name.READER: gettext_lazy("A reader"),
}


def stub_of(words: Words) -> str:
    """Say what stands in the place of these words; nothing while they are there."""
    return stubs_of([words]).get(words.ref, "")


def stubs_of(many: Iterable[Words]) -> dict[UUID, str]:
    """Say it of many, by what the record holds: two queries if any were removed, else none."""
    words = list(many)
    removed = [each.ref for each in words if each.state == State.REMOVED]
    said = last_entries(removed, WORDS_REMOVED.name) if removed else {}
    refs = {str(facts.get(name, "")) for _on, facts in said.values() for name in _ORGANISATIONS}
    names = _names(refs - {""})
    told = {each.ref: _taken_back(each) for each in words if each.state == State.WITHDRAWN}
    told |= {each.ref: _hidden(each) for each in words if each.state == State.HELD and each.hidden}
    for each in words:
        if each.state == State.REMOVED:
            why = reasons.said(each.unpublished_because)
            told[each.ref] = f"{_removed(said.get(each.ref), names)} {why}"
    return told


_ORGANISATIONS: Final = ("organisation", "agreed_for")


def _names(refs: set[str]) -> Mapping[str, str]:
    if not refs:
        return {}
    rows = Organisation.objects.filter(pk__in=refs).values_list("pk", "name")
    return {str(ref): name for ref, name in rows}


def _taken_back(words: Words) -> str:
    if words.lock:
        return _("The person who said this took it back.")
    return _("This was taken back from an account. No receipt proves who did it.")


def _hidden(words: Words) -> str:
    """It names nobody."""
    if words.restricted:
        return _("The person who said this asked us to hold it back for now.")
    return _("A reader is looking at this again.")


def _removed(entry: tuple[str, Facts] | None, names: Mapping[str, str]) -> str:
    if entry is None:
        return _("The organisation took this away.")
    on, facts = entry
    month = say_month(date.fromisoformat(on))
    by, other = (names.get(str(facts.get(each, "")), "") for each in _ORGANISATIONS)
    if not by:  # an entry from before this was kept
        return _("The organisation took this away in %(month)s.") % {"month": month}
    told = _("%(organisation)s took this away in %(month)s.")
    return f"{told % {'organisation': by, 'month': month}} {_hands(facts, by, other)}".strip()


def _hands(facts: Facts, by: str, other: str) -> str:
    """Say in which roles; where two organisations had a hand in it, for which."""
    asked = ASKED.get(str(facts.get("asked_as", "")))
    if asked is None or not facts.get("agreed_as"):
        return ""
    if other in {"", by}:
        return _("%(role)s asked for it, and a co-lead agreed.") % {"role": asked}
    told = _("%(role)s asked for it, and a co-lead of %(organisation)s agreed.")
    return told % {"role": asked, "organisation": other}
