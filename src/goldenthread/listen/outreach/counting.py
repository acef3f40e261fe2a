"""How many voices came by each strand: counted for a release alone."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count

from goldenthread.listen.voices.models import Voice
from goldenthread.projects.models import Project, Strand
from goldenthread.safety.reading.models import Words
from goldenthread.safety.release import registry

NO_STRAND = "strand:none"


@registry.figures
def voices_by_strand(project: Project) -> dict[str, int]:
    """Count the voices of each strand, and those that came by none. Nothing without strands."""
    strands = Strand.objects.filter(project=project).values_list("ref", flat=True)
    counts = {f"strand:{ref}": 0 for ref in strands}
    if not counts:
        return {}
    voices = Voice.objects.filter(project=project).exclude(words__state__in=Words.GONE)
    rows = voices.order_by().values("strand").annotate(n=Count("pk"))
    found = {_name(row["strand"]): row["n"] for row in rows}
    return {**counts, NO_STRAND: 0, **found}


def _name(strand: UUID | None) -> str:
    return NO_STRAND if strand is None else f"strand:{strand}"


@registry.adds_up
def strands_make_up_all(names: Iterable[str]) -> dict[str, list[str]]:
    """Every voice came by one strand or by none, so that together they are all voices."""
    parts = [name for name in names if name.startswith("strand:")]
    return {"voices": parts} if parts else {}
