"""Who has not been told: the list from which facilitators telephone, write or meet."""

from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from goldenthread.debrief.replies.models import Told
from goldenthread.kit.shapes import FilterGroup, FilterOption
from goldenthread.listen.voices.models import Voice
from goldenthread.projects.models import Project
from goldenthread.safety.reading.models import Words


def _has(*states: Told.State) -> Exists:
    rows = Told.objects.filter(voice=OuterRef("pk"))
    return Exists(rows.filter(state__in=states) if states else rows)


TOLD: Final = _has(*Told.COUNTS)
WAITING: Final = _has(Told.State.WAITING)
BOARD: Final = _has(Told.State.BOARD)
ANY: Final = _has()

SHOWN: Final[dict[str, Q]] = {
    "nothing": Q(~ANY),
    "waiting": Q(WAITING) & Q(~TOLD),
    "board": Q(BOARD) & Q(~TOLD) & Q(~WAITING),
    "could-not": Q(ANY) & Q(~TOLD) & Q(~WAITING) & Q(~BOARD),
}


def filter_links(which: str) -> list[FilterGroup]:
    """Return the ways to narrow the list, as links."""
    labels = {
        "nothing": _("Nothing told yet"),
        "waiting": _("An answer waits for them"),
        "board": _("Only on the board"),
        "could-not": _("Could not be told"),
    }
    options = [
        FilterOption(text, f"?show={name}", current=name == which) for name, text in labels.items()
    ]
    return [FilterGroup(_("Show"), options)]


def voices_to_tell(project: Project, which: str) -> QuerySet[Voice]:
    """Return the voices that stand so: nothing told, waiting, only on the board, could not."""
    return standing(project).filter(SHOWN[which]).select_related("words", "strand")


def standing(project: Project) -> QuerySet[Voice]:
    """Return the voices that were not taken back."""
    return Voice.objects.filter(project=project).exclude(words__state=Words.State.WITHDRAWN)


def untold_in(project: Project) -> QuerySet[Voice]:
    """Return the voices without any of the states. No project closes while there are some."""
    return standing(project).filter(SHOWN["nothing"])


def untold(project: Project) -> int:
    """Count them."""
    return untold_in(project).count()
