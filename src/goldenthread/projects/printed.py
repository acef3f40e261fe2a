"""What stands on the forms and slips of a project or of one of its strands."""

from dataclasses import replace
from pathlib import Path
from typing import Final, Literal

from django.conf import settings
from django.utils.translation import gettext as _

import goldenthread.kit
from goldenthread.kit.text import say_day
from goldenthread.projects.models import Project
from goldenthread.projects.poster import Box, PaperForm, Poster, Slip, Slips
from goldenthread.projects.poster_of import needed_to_speak, poster_of
from goldenthread.projects.queries.finding import shown
from goldenthread.projects.queries.terms import current_terms

Shape = Literal["large-print", "easy-read"]
SHAPES: Final[tuple[Shape, ...]] = ("large-print", "easy-read")
SYMBOLS: Final = Path(goldenthread.kit.__file__).parent / "static" / "kit" / "symbols"
TO_A_PAGE: Final = 8
RECEIPT_PAGE: Final = "/receipt/"


def receipts_at() -> str:
    """Return where receipts open, as people type it."""
    return shown(settings.SITE_URL + RECEIPT_PAGE)


def form_of(project: Project, *, shape: Shape, strand_short: str = "") -> PaperForm | None:
    """Gather the words of a form to fill in by hand; None for a strand this project has not."""
    poster = poster_of(project, strand_short=strand_short)
    if poster is None:
        return None
    says = _says(project)
    return PaperForm(
        shape=shape,
        organisation=poster.organisation,
        accent=poster.accent,
        title=_("%(project)s: a form to fill in") % {"project": poster.title},
        question=poster.question,
        for_whom=poster.for_whom,
        says=says,
        boxes=(
            Box(_("What happened, or what is it like?")),
            Box(_("What would have helped?"), "hand"),
        ),
        help_title=_("Need help now? Nobody reads this form live. These people answer."),
        help_lines=poster.help_lines[-3:],
        slip_title=_("Your slip"),
        slip_lines=(
            _("Do you want to come back to it? Leave this slip on."),
            _("Whoever types in your form copies your receipt here and gives it back."),
        ),
        receipt_at=receipts_at(),
        url=poster.url,
        shown_url=poster.shown_url,
        pictures={name: _symbol(name) for name in {"write", "hand", *(each for each, _s in says)}},
        language=poster.language,
        made_on=poster.made_on,
    )


def _says(project: Project) -> tuple[tuple[str, tuple[str, ...]], ...]:
    terms = current_terms(project)
    said: list[tuple[str, tuple[str, ...]]] = [
        ("no-name", (_("Do not write your name."), _("Leave out other names too."))),
        ("read", (_("A trained person reads it first."), _("They take out what points to you."))),
        ("people", (_("Then people decide together."), _("They say why."))),
    ]
    if terms is not None:
        day = _held(say_day(terms.hear_by))
        said.append(("day", (_("You hear from us by %(day)s.") % {"day": day},)))
    return tuple(said)


def _held(text: str) -> str:
    """A text that stays on one line."""
    return text.replace(" ", "\u00a0")


def _symbol(name: str) -> str:
    return (SYMBOLS / f"{name}.svg").read_text(encoding="utf-8")


def slips_of(project: Project, *, strand_short: str = "") -> Slips | None:
    """Gather a page of slips that lead to the box; None for a strand this project has not."""
    poster = poster_of(project, strand_short=strand_short)
    if poster is None:
        return None
    slip = Slip(
        heading=poster.title,
        lines=(
            *((poster.for_whom,) if poster.for_whom else ()),
            poster.question,
            needed_to_speak(project),
            poster.until,
        ),
        url=poster.url,
        shown_url=poster.shown_url,
    )
    title = _("%(project)s: slips to cut out") % {"project": poster.title}
    return sheet_of(poster, title=title, slips=(slip,) * TO_A_PAGE)


def sheet_of(poster: Poster, *, title: str, slips: tuple[Slip, ...]) -> Slips:
    """Put slips on sheets that look like the project's poster, with who answers now."""
    lines = [_held(f"{each.name}: {each.number}") for each in poster.help_lines[-2:]]
    fitting = tuple(replace(each, lines=tuple(filter(None, each.lines))) for each in slips)
    return Slips(
        organisation=poster.organisation,
        accent=poster.accent,
        title=title,
        slips=fitting,
        help=". ".join(lines) + ".",
        language=poster.language,
        made_on=poster.made_on,
    )
