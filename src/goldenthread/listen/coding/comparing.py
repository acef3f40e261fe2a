"""How far coders agree, in figures and in words."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from goldenthread.listen.coding.models import Coding
from goldenthread.listen.themes.grouping.agreement import Agreement, Rating, agreement

GOOD, FAIR = 0.8, 0.667  # Krippendorff 2004: rely on it; tentative conclusions only
WIDE = 0.3  # an interval as wide as this says that the sample was small


@dataclass(frozen=True)
class OfTheme:
    """How far coders agree on one theme: given or not."""

    theme: str  # its reference
    chosen: int  # how often, by anyone
    alpha: float | None
    low: float | None
    high: float | None


def together(codings: Iterable[Coding]) -> Agreement:
    """Return how far coders agree on just the same themes for a voice, or on none."""
    return agreement(
        Rating(str(each.coder_id), str(each.unit_id), "+".join(sorted(map(str, each.themes))))
        for each in codings
    )


def theme_by_theme(codings: list[Coding], themes: Iterable[UUID]) -> list[dict[str, Any]]:
    """Work out how far coders agree on each theme by itself, to be kept with the round."""
    return [asdict(_on(ref, codings)) for ref in themes]


def _on(theme: UUID, codings: list[Coding]) -> OfTheme:
    found = agreement(
        Rating(str(each.coder_id), str(each.unit_id), str(theme in each.themes)) for each in codings
    )
    chosen = sum(theme in each.themes for each in codings)
    return OfTheme(str(theme), chosen, found.alpha, found.low, found.high)


def kept(rows: Iterable[Mapping[str, Any]]) -> list[OfTheme]:
    """Read what was kept."""
    return [OfTheme(**row) for row in rows]


def in_words(alpha: float | None, low: float | None, high: float | None) -> list[str]:
    """Say what an alpha means."""
    if alpha is None or low is None or high is None:
        return [_("All choices were the same, or too few. Nothing can be said about agreement.")]
    said = [_meaning(alpha)]
    if high - low > WIDE:
        said.append(_("The sample was small, so the true figure may lie well above or below."))
    return said


def _meaning(alpha: float) -> str:
    if alpha >= GOOD:
        return _("You read the codebook the same way. You can rely on it.")
    if alpha >= FAIR:
        return _("You mostly read the codebook the same way. Draw careful conclusions only.")
    return _(
        "You read the codebook in different ways. Talk through where you differ, "
        "make the definitions sharper, and do another round."
    )
