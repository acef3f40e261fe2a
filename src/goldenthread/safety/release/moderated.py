"""What became of what people said, in figures: their own counts frozen, the deeds exact."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.kit.text import say_count
from goldenthread.projects.models import Project
from goldenthread.safety.moderation import counting
from goldenthread.safety.moderation.models import Appeal
from goldenthread.safety.reading.reasons import NOT_PUBLISHED
from goldenthread.safety.release import registry
from goldenthread.safety.release.queries import Figures

registry.figures(counting.of_people)
registry.adds_up(counting.adding_up)


@registry.tells
def voices_told(_project: Project, figures: Figures) -> registry.Section:
    """Say how many spoke, and what became of their words, in a release."""
    said = [*_voices(figures), *_asked(figures), _unpublished(figures), *_disagreed(figures)]
    return registry.Section(_("What people said"), [each for each in said if each])


def in_short(project: Project, figures: Figures) -> list[str]:
    """Say in three sentences how many stand, how many were taken back, how many were removed.

    Nothing before anything is counted: there is nothing to remove from yet.
    """
    number = counting.how_many_removed(project)
    return [*_voices(figures), *([removed(number)] if number or figures.shown else [])]


def in_full(project: Project, figures: Figures) -> dict[str, Any]:
    """Gather the page that tells all of it. People's numbers come from the release alone."""
    deeds = counting.removed_by(project)
    return {
        "voices": _voices(figures) + _asked(figures),
        "unpublished": _unpublished(figures),
        "reasons": _reasons(figures),
        "removed": removed(sum(each.number for each in deeds)),
        "deeds": [[each.organisation, each.role, each.reason, each.number] for each in deeds],
        "appeals": _appeals(counting.appeals_decided(project)),
        "disagreed": _disagreed(figures),
    }


def removed(number: int) -> str:
    """Say how many voices the organisation removed. Its deeds are told exactly."""
    if not number:
        return _("The organisation has removed none of what people said.")
    said = ngettext(
        "The organisation has removed %(number)s of the things people said.",
        "The organisation has removed %(number)s of the things people said.",
        number,
    )
    return said % {"number": say_count(number)}


def _about(figures: Figures, name: str, few: str, many: str) -> list[str]:
    """Say a frozen number of people; nothing where it was never counted."""
    if name not in figures.shown:
        return []
    number = figures.number(name)
    return [few if number is None else many % {"number": f"{number:,}"}]


def _voices(figures: Figures) -> list[str]:
    stand = (
        _("Fewer than ten voices came in and are still here."),
        _("About %(number)s voices came in and are still here."),
    )
    back = (
        _("Fewer than ten were taken back by those who said them."),
        _("About %(number)s were taken back by those who said them."),
    )
    return _about(figures, "voices", *stand) + _about(figures, counting.WITHDRAWN, *back)


def _asked(figures: Figures) -> list[str]:
    """What went because its author asked, and what had been kept for as long as it may be."""
    asked = (
        _("Fewer than ten went because those who said them asked the organisation."),
        _("About %(number)s went because those who said them asked the organisation."),
    )
    over = _("About %(number)s went because the time for keeping them was over.")
    old = figures.number(counting.OVER) is not None
    return _about(figures, counting.ASKED, *asked) + (
        _about(figures, counting.OVER, "", over) if old else []
    )


def _unpublished(figures: Figures) -> str:
    none = _("Fewer than ten were not shown after a reader had read them.")
    some = _("About %(number)s were not shown after a reader had read them.")
    return "".join(_about(figures, counting.UNPUBLISHED, none, some))


def _reasons(figures: Figures) -> list[list[str]]:
    """By reason, once all are enough to be told. Not told is what is small, or protects those."""
    if figures.number(counting.UNPUBLISHED) is None:
        return []
    numbers = {why: figures.number(counting.part(key)) for key, why in NOT_PUBLISHED.items()}
    return [
        [str(why), _("not told") if number is None else _("about %(number)s") % {"number": number}]
        for why, number in numbers.items()
    ]


def _appeals(decided: dict[str, int]) -> str:
    down = decided.get(Appeal.Outcome.UPHELD, 0)
    again = decided.get(Appeal.Outcome.OVERTURNED, 0)
    if not down + again:
        return _("No appeal has been decided yet.")
    both = {"down": say_count(down).capitalize(), "again": say_count(again)}
    return _("Appeals decided: %(down)s stayed down, %(again)s shown again.") % both


def _disagreed(figures: Figures) -> list[str]:
    objected = (
        _("Fewer than ten authors did not agree with a reader. Another reader looked."),
        _("About %(number)s authors did not agree with a reader. Another reader looked."),
    )
    reported = (
        _("Fewer than ten things were reported."),
        _("About %(number)s things were reported."),
    )
    return _about(figures, counting.OBJECTED, *objected) + _about(
        figures, counting.REPORTED, *reported
    )
