"""What the pages of the codebook and its rounds show."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit.shapes import Crumb
from goldenthread.listen.coding import comparing, forms, queries
from goldenthread.listen.coding.models import Coding, Round
from goldenthread.listen.themes import shown as themes
from goldenthread.listen.themes.models import Theme
from goldenthread.projects.models import Project
from goldenthread.safety.reading.models import Words


def crumbs(project: Project, *, round_: Round | None = None, beneath: bool = True) -> list[Crumb]:
    """Return the way here."""
    way = themes.crumbs(project, topics=True)
    if beneath:
        way.append(Crumb(_("Codebook"), reverse("coding:book", args=[project.address])))
    if round_ is not None:
        href = reverse("coding:round", args=[project.address, round_.ref])
        way.append(Crumb(_("Coding round"), href))
    return way


def book(found: list[Theme]) -> list[dict[str, Any]]:
    """Put beside each theme what the codebook says of it."""
    return [{"theme": theme, "code": _code(theme), "example": _example(theme)} for theme in found]


def _code(theme: Theme) -> Any:
    return getattr(theme, "code", None)


def _example(theme: Theme) -> str:
    code = _code(theme)
    words = code.example.words if code and code.example else None
    released = words is not None and words.state == Words.State.RELEASED
    return (words.shown or "") if words is not None and released else ""


def one_round(round_: Round) -> dict[str, Any]:
    """Gather the page of a round. While coders are at work it holds nothing of their choices."""
    context: dict[str, Any] = {"round": round_, "crumbs": crumbs(round_.project)}
    if round_.state == Round.State.CODING:
        return context | {"progress": queries.progress(round_)}
    codings, titles = queries.codings_of(round_), queries.titles(round_)
    rows = [_differing(each, titles) for each in queries.differing_in(codings)]
    return context | {
        "alpha": "" if round_.alpha is None else f"{round_.alpha:.2f}",
        "between": _between(round_),
        "says": comparing.in_words(round_.alpha, round_.low, round_.high),
        "headers": [_("Theme"), _("Chosen"), _("Alpha"), _("Between")],
        "rows": [
            _row(titles[ref], each)
            for each in comparing.kept(round_.by_theme)
            if (ref := UUID(each.theme)) in titles
        ],
        "differing": rows,
        "left": sum(not row["agreed_on"] for row in rows),
        "voices": len({each.unit_id for each in codings}),
        "coders": sorted({each.coder.person.name for each in codings}),
        "settle": forms.Settle(initial={"apply": True}),
    }


def _between(round_: Round) -> str:
    if round_.low is None or round_.high is None:
        return ""
    return _("%(low)s and %(high)s") % {"low": f"{round_.low:.2f}", "high": f"{round_.high:.2f}"}


def _row(title: str, found: comparing.OfTheme) -> list[str]:
    if found.alpha is None or found.low is None or found.high is None:
        return [title, str(found.chosen), _("cannot be said"), "–"]
    between = _("%(low)s to %(high)s") % {"low": f"{found.low:.2f}", "high": f"{found.high:.2f}"}
    return [title, str(found.chosen), f"{found.alpha:.2f}", between]


def _differing(codings: list[Coding], titles: dict[UUID, str]) -> dict[str, Any]:
    unit = codings[0].unit
    return {
        "ref": unit.ref,
        "words": unit.voice.words.shown,
        "note_shown": unit.voice.words.note_shown,
        "choices": choices(codings, titles),
        "agreed_on": unit.agreed_on,
        "agreed": named(unit.agreed, titles),
        "note": unit.note,
    }


def choices(codings: list[Coding], titles: dict[UUID, str]) -> list[tuple[str, str]]:
    """Return who chose what."""
    return [(each.coder.person.name, named(each.themes, titles)) for each in codings]


def named(refs: list[UUID], titles: dict[UUID, str]) -> str:
    """Return themes by name, or that none was chosen."""
    return ", ".join(titles[ref] for ref in titles if ref in refs) or _("none of them")


def rounds(project: Project) -> list[dict[str, Any]]:
    """Return a line for each round."""
    return [
        {
            "href": reverse("coding:round", args=[project.address, each.ref]),
            "started_on": each.started_on,
            "state": each.get_state_display(),
            "alpha": "" if each.alpha is None else f"{each.alpha:.2f}",
        }
        for each in queries.rounds_of(project)
    ]


def left_to_do(found: queries.Next) -> str:
    """Say how far a coder is."""
    if found.unit is None:
        return ""
    return _("%(at)s of %(of)s") % {"at": found.at, "of": found.of}
