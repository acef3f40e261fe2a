"""What the pages about releases show, in words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit.shapes import Crumb
from goldenthread.kit.text import say_day
from goldenthread.projects.models import Project
from goldenthread.safety.equality.questions import CROSSED, RATHER_NOT, questions_of
from goldenthread.safety.release import registry
from goldenthread.safety.release.control.profiles import PROFILES
from goldenthread.safety.release.models import EarlyLook, Release
from goldenthread.safety.release.queries import figures_of


def crumbs(project: Project, last: str) -> list[Crumb]:
    """Return where a page stands."""
    home = reverse("pages:organisation", args=[project.organisation.address])
    here = reverse("pages:project", args=[project.address])
    return [Crumb(project.organisation.name, home), Crumb(project.title, here), Crumb(last)]


def lines(
    releases: Iterable[Release], looks: Mapping[UUID, Sequence[EarlyLook]]
) -> list[dict[str, Any]]:
    """Say of each release when it was, by which rule, what was hidden and why, who saw it first."""
    return [
        {
            "title": _("Release %(number)s") % {"number": each.number},
            "on": say_day(each.frozen_on),
            "rule": _(PROFILES[each.profile].sentence),
            "sentences": [*_first(each), *_audit(each.hidden)],
            "looks": [(_saw(look), look.comment) for look in looks.get(each.ref, ())],
        }
        for each in releases
    ]


def _first(release: Release) -> Iterable[str]:
    if release.public_on is not None:
        words = {"day": say_day(release.public_on)}
        yield _("Those who decide see it first. Everyone sees it on %(day)s.") % words


def _saw(look: EarlyLook) -> str:
    name = look.person.name if look.person else _("Someone who has left")
    words = {"name": name, "day": say_day(look.seen_on)}
    if look.delegate:
        return _("%(name)s, a delegate, saw it on %(day)s.") % words
    return _("%(name)s, decision-maker, saw it on %(day)s.") % words


def early(project: Project, release: Release) -> dict[str, Any]:
    """Gather the page on which figures are seen before everyone sees them."""
    figures = figures_of(release)
    return {
        "project": project,
        "release": release,
        "sections": registry.sections_of(project, figures),
        "tables": tables(project, release),
        "crumbs": crumbs(project, _("Figures, before everyone")),
    }


def _audit(found: dict[str, Any]) -> Iterable[str]:
    if not found:
        yield _("It was frozen before the audit was kept.")
        return
    yield _("%(few)s of %(all)s figures have fewer than ten people in them: hidden.") % {
        "few": found["by_rule"],
        "all": found["figures"],
    }
    if found["beyond"]:
        yield _("%(more)s more are hidden: with them the others could be worked out.") % {
            "more": len(found["beyond"])
        }
    if found["narrowest"] is not None:
        yield _(
            "Even someone who keeps every release knows of a hidden number only that it is one of "
            "%(choices)s or more."
        ) % {"choices": found["narrowest"] + 1}
    if found["cells"]:
        yield _(
            "Who you heard from: %(few)s of %(all)s numbers are hidden by the rule, %(more)s more "
            "to protect them."
        ) % {
            "few": found["cells_by_rule"],
            "all": found["cells"],
            "more": found["cells_beyond"],
        }


def tables(project: Project, release: Release | None) -> list[dict[str, Any]]:
    """Return who was heard, table by table, in words."""
    asked = {each.key: each for each in questions_of(project)}
    made = []
    for each in release.about if release else []:
        pair = [asked[key] for key in each["question"].split(CROSSED) if key in asked]
        if not pair or each["answered"] is None:
            continue
        names = [{**dict(one.answers), RATHER_NOT[0]: _("Would rather not say")} for one in pair]
        made.append(
            {
                "caption": " ".join(one.asks for one in pair),
                "headers": _headers(names),
                "rows": [_row(names, cell, each.get("most")) for cell in each["cells"]],
                "answered": each["answered"],
            }
        )
    return made


def _headers(names: list[dict[str, str]]) -> list[str]:
    answers = [_("Answer")] if len(names) == 1 else [_("First"), _("Second")]
    return [*answers, _("People, rounded to 5")]


def _row(names: list[dict[str, str]], cell: list[Any], most: list[str] | None) -> list[str]:
    row, column, shown = cell
    said = [column] if len(names) == 1 else [row, column]
    if most:  # nearly all answered alike: a number would tell on each
        number = _("most") if [row, column] == most else _("few")
    else:
        number = _("not shown") if shown is None else f"{shown:,}"
    return [*(each.get(key, key) for each, key in zip(names, said, strict=True)), number]


def unasked(tables_shown: list[dict[str, Any]], project: Project) -> list[str]:
    """Return the questions of which nothing can be shown yet."""
    shown = {each["caption"] for each in tables_shown}
    return [each.asks for each in questions_of(project) if each.asks not in shown]
