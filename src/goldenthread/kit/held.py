"""What we hold about people, by table: whose a row is, how long it stays, and why.

Every model with a personal, hidden or words column declares `held = Held(...)` beside its privacy
classes. This one table of facts drives a person's own export, retention and the privacy notice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.kit.privacy import Sensitivity

ABOUT_PEOPLE = {Sensitivity.PERSONAL, Sensitivity.WORDS, Sensitivity.HIDDEN}
MONTH, YEAR = 30, 365


@dataclass(frozen=True)
class Clock:
    """When rows are due: so many days after a day in them, or after their project closed."""

    days: int
    says: Any  # a whole sentence with %(time)s
    after: str = ""  # column with a day or a moment
    project: str = ""  # column (or path) with the project, or its key: counts from its closing
    childrens: str = (
        ""  # column with a project for under-18s: its own day, months after the debrief
    )
    only: Mapping[str, object] = field(default_factory=dict)
    empties: bool = False  # the columns are emptied as classed, and the row stays

    @property
    def sentence(self) -> str:
        """Say when rows are due."""
        return str(self.says) % {"time": in_words(self.days)}


@dataclass(frozen=True)
class Held:
    """One table, in plain words."""

    what: Any  # "A letter we sent you"
    why: Any  # why it is kept, and that long
    until: Any = ""  # said instead of, or before, the clocks
    clocks: tuple[Clock, ...] = ()
    person: str = ""  # columns that name the person whose row it is
    receipt: str = ""  # column that names the receipt behind which it stands
    within: str = ""  # column of a row whose owner it shares
    brings: str = ""  # column of a lower row that belongs to the same
    nobody: bool = False  # it names nobody, not even to us
    but: str = ""  # columns that are the readers' own work: never handed out

    @property
    def belongs(self) -> bool:
        """Whether it says whose a row is."""
        return bool(self.person or self.receipt or self.within or self.nobody)

    @property
    def sentences(self) -> list[str]:
        """Say how long rows stay."""
        said = [str(self.until)] if self.until else []
        return said + [clock.sentence for clock in self.clocks]


def after(column: str, days: int, says: Any, *, empties: bool = False, **only: object) -> Clock:
    """Rows are due so many days after the day in the column."""
    return Clock(days, says, after=column, empties=empties, only=only)


def closed(project: str, days: int, says: Any, *, empties: bool = False, **only: object) -> Clock:
    """Rows are due so many days after their project closed."""
    return Clock(days, says, project=project, empties=empties, only=only)


def in_words(days: int) -> str:
    """Say a length of time as people do."""
    if days and days % YEAR == 0:
        years = days // YEAR
        return ngettext("%(n)s year", "%(n)s years", years) % {"n": years}
    if days and days % MONTH == 0 and days > MONTH:
        return _("%(n)s months") % {"n": days // MONTH}
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


def holdings() -> Iterator[tuple[Any, Held]]:
    """Yield every model that holds something about people, with what it says of itself."""
    for model in apps.get_models():
        if isinstance(said := getattr(model, "held", None), Held):
            yield model, said


def unsaid() -> list[str]:
    """Name every model with columns about people that does not say whose they are, or how long."""
    faults = []
    for model in apps.get_models():
        classes = {each.sensitivity for each in getattr(model, "privacy", {}).values()}
        said = getattr(model, "held", None)
        if classes & ABOUT_PEOPLE and not isinstance(said, Held):
            faults.append(f"{model._meta.label} does not say what it holds")
        if isinstance(said, Held):
            faults += [f"{model._meta.label} {fault}" for fault in _faults(model, said)]
    return sorted(faults)


def _faults(model: Any, said: Held) -> Iterator[str]:
    if not said.belongs:
        yield "does not say whose its rows are"
    if not said.sentences:
        yield "does not say how long its rows stay"
    names = {each.name for each in model._meta.get_fields()}
    columns = f"{said.person} {said.receipt} {said.within} {said.brings} {said.but}".split()
    columns += [
        path.partition("__")[0]
        for each in said.clocks
        for path in (each.after, each.project, each.childrens)
    ]
    yield from (
        f"names {name}, which is no column" for name in columns if name and name not in names
    )
