"""How many said that a theme is what they meant: counted for a release alone, never live."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F

from goldenthread.kit.figures import SMALLEST
from goldenthread.listen.themes.models import Correction, Theme
from goldenthread.projects.models import Project
from goldenthread.safety.reading.models import Words
from goldenthread.safety.release import registry
from goldenthread.safety.release.queries import Figures

OF_THEMES, ALL = "meant:", ":all"


@registry.figures
def answers_by_theme(project: Project) -> dict[str, int]:
    """Count what was answered since each theme was shown back, where ten have answered."""
    answers = Correction.objects.filter(
        theme__project=project,
        on__gte=F("theme__shown_back_on"),
        voice__words__state=Words.State.RELEASED,
    ).exclude(theme__state=Theme.State.MERGED)
    rows = answers.order_by().values_list("theme", "theme__shown_back_on", "answer")
    found: dict[str, Counter[str]] = {}
    for ref, shown_on, answer, number in rows.annotate(n=Count("ref")):
        found.setdefault(_stem(ref, shown_on), Counter())[answer] = number
    return {
        name: number
        for stem, counted in found.items()
        if counted.total() >= SMALLEST
        for name, number in [
            (f"{stem}{ALL}", counted.total()),
            *((f"{stem}:{answer}", counted[answer]) for answer in Correction.Answer.values),
        ]
    }


@registry.adds_up
def answers_make_up_all(names: Iterable[str]) -> dict[str, list[str]]:
    """Everyone who answered gave one of the answers."""
    stems = [
        name.removesuffix(ALL)
        for name in names
        if name.startswith(OF_THEMES) and name.endswith(ALL)
    ]
    return {
        f"{stem}{ALL}": [f"{stem}:{answer}" for answer in Correction.Answer.values]
        for stem in stems
    }


def _stem(theme: UUID, shown_on: date) -> str:
    """Begin the names of a theme's figures: shown back anew, it is another question."""
    return f"{OF_THEMES}{theme}:{shown_on.isoformat()}"


@dataclass(frozen=True)
class Answers:
    """What a release tells of the answers to a theme; no number where it would tell on people."""

    number: int | None = None
    counts: tuple[tuple[str, str], ...] = ()
    on: date | None = None


def answers_to(theme: Theme, figures: Figures) -> Answers:
    """Return what the figures tell of the answers since the theme was shown back."""
    if theme.shown_back_on is None:
        return Answers()
    stem = _stem(theme.ref, theme.shown_back_on)
    number = figures.number(f"{stem}{ALL}")
    parts = {answer: f"{stem}:{answer.value}" for answer in Correction.Answer}
    if number is None:
        return Answers()
    if figures.veiled.intersection(parts.values()):
        return Answers(number, on=figures.frozen_on)
    counts = tuple((str(each.label), figures.about(name)) for each, name in parts.items())
    return Answers(number, counts, figures.frozen_on)
