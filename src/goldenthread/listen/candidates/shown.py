"""What the pages of candidates show."""

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit.forms import Form
from goldenthread.kit.paging import keyset
from goldenthread.kit.shapes import Crumb
from goldenthread.listen.candidates import forms, queries
from goldenthread.listen.candidates.models import Candidate, Run
from goldenthread.listen.themes import shown as themes
from goldenthread.projects.models import Project

AT_ONCE = 20
HOLDS, LOOSE = 0.75, 0.5  # Hennig 2007: stable from .75, dissolving under .5
BY_FIT = ("place", "ref")


def crumbs(project: Project, *, beneath: bool = False) -> list[Crumb]:
    """Return the way here."""
    way = themes.crumbs(project, topics=True)
    way.append(Crumb(_("Group what was said"), reverse("themes:workspace", args=[project.address])))
    if beneath:
        way.append(Crumb(_("Candidate themes"), reverse("candidates:list", args=[project.address])))
    return way


def holds(candidate: Candidate) -> str:
    """Say how stable a candidate is."""
    if candidate.stability is None:
        return _("Changed by people.")
    if candidate.stability >= HOLDS:
        return _("Holds well: it came again when a fifth of the voices was left out.")
    if candidate.stability >= LOOSE:
        return _("Holds in part: some of it changed when a fifth of the voices was left out.")
    return _("Loose: it fell apart when a fifth of the voices was left out. Read it with care.")


def all_of(run: Run, project: Project) -> dict[str, Any]:
    """Gather the page of all candidates."""
    found = queries.candidates_of(run)
    beneath = queries.first_voices(found)
    cards = [
        {
            "candidate": each,
            "called": each.title,
            "words": ", ".join(each.words),
            "holds": holds(each),
            "voices": themes.picks((one.voice for one in beneath.get(each.ref, ())), project),
        }
        for each in found
    ]
    return {
        "run": run,
        "open": [card for card in cards if _is(card, Candidate.State.OPEN)],
        "aside": [card for card in cards if _is(card, Candidate.State.ASIDE)],
        "accepted": [card for card in cards if _is(card, Candidate.State.ACCEPTED)],
        "in_none": queries.in_none(run).count(),
    }


def _is(card: dict[str, Any], state: Candidate.State) -> bool:
    return bool(card["candidate"].state == state)


def one(candidate: Candidate, query: QueryDict, **given: Form) -> dict[str, Any]:
    """Gather the page of one candidate; `given` is a form that has to be put right."""
    project = candidate.run.project
    page = keyset(queries.inside(candidate), order=BY_FIT, query=query, size=AT_ONCE)
    wrong = next(iter(given.values()), None)
    others = queries.others(candidate)
    ticked = wrong.ticked() if isinstance(wrong, forms.TakeOut) else []
    return {
        "accept": forms.Accept(initial={"title": candidate.title}),
        "name": forms.Name(initial={"title": candidate.title}),
        "merge": forms.Merge(others),
        "split": forms.Split(),
        "form": wrong,
        **given,
        "project": project,
        "crumbs": crumbs(project, beneath=True),
        "candidate": candidate,
        "words": ", ".join(candidate.words),
        "holds": holds(candidate),
        "page": page,
        "picks": picks(page.rows, project, ticked=ticked),
    }


def picks(rows: Iterable[Any], project: Project, *, ticked: Any = ()) -> list[dict[str, Any]]:
    """Make rows of voices to tick."""
    return themes.picks((placed.voice for placed in rows), project, ticked=ticked)
