"""What the pages of themes show, put together from queries."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.forms import Form
from goldenthread.kit.paging import keyset
from goldenthread.kit.shapes import Crumb, FilterGroup, FilterOption
from goldenthread.kit.text import check_reading, say_counted
from goldenthread.listen.themes import forms, queries
from goldenthread.listen.themes.counting import answers_to
from goldenthread.listen.themes.models import Correction, Theme
from goldenthread.listen.themes.suggestions import Suggestion
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.searching import BY_DAY
from goldenthread.projects.models import Project
from goldenthread.safety.release import registry
from goldenthread.safety.release.queries import NONE, Figures, latest

IN_A_THEME = 50  # voices of a theme on one page
SHORTENED = 70  # words of a voice in a list
ANY = uuid4()  # stands for every reference while an address is looked up
SOON = timedelta(days=7)  # people need a week to see what is shown back


def crumbs(project: Project, *, topics: bool = False, work_on: Theme | None = None) -> list[Crumb]:
    """Return the way here."""
    way = [Crumb(project.title, reverse("pages:project", args=[project.address]))]
    if topics:
        way.append(Crumb(_("Topics"), reverse("themes:list", args=[project.address])))
    if work_on is not None:
        way.append(
            Crumb(_("Group what was said"), reverse("themes:workspace", args=[project.address]))
        )
    return way


def how_many(theme: Theme, figures: Figures) -> str:
    """Say on how many voices a theme rests, as far as the latest release says so."""
    name = queries.figure_of(theme)
    return figures.about(name, _("voices")) if name in figures.shown else ""


@registry.tells
def topics_told(project: Project, figures: Figures) -> registry.Section:
    """Say on how many voices each topic rests, in a release. One query."""
    told = [(theme.title, how_many(theme, figures)) for theme in queries.told_themes(project)]
    return registry.Section(_("Topics"), [f"{title}: {said}" for title, said in told if said])


def with_figures(themes: Iterable[Theme], figures: Figures) -> list[dict[str, Any]]:
    """Put beside each theme where it stands and what its release says."""
    return [
        {
            "theme": theme,
            "stands_at": queries.stands_at(theme),
            "voices": how_many(theme, figures),
        }
        for theme in themes
    ]


def picks(
    voices: Iterable[Voice],
    project: Project,
    *,
    ticked: Collection[str] = (),
    shared: Mapping[UUID, Collection[str]] | None = None,
) -> list[dict[str, Any]]:
    """Make plain rows of voices to tick: a template draws these many times faster than objects."""
    href, kinds = _addresses("voices:voice", project), dict(Voice.Kind.choices)
    rows = []
    for voice in voices:
        ref, words, common = str(voice.pk), voice.words, (shared or {}).get(voice.pk)
        row = {
            "ref": ref,
            "note": words.note_shown,
            "words": words.shown or "" if words.note_shown else _shortened(words.shown or ""),
            "kind": kinds[voice.kind],
            "shared": ", ".join(common) if common else "",
            "href": href(ref),
            "ticked": ref in ticked,
        }
        rows.append(row)
    return rows


def suggested(suggestions: Iterable[Suggestion], project: Project) -> list[dict[str, Any]]:
    """Make rows of voices that may belong to a theme, with the words they share with it."""
    found = {one.voice: one.shared for one in suggestions}
    return picks(found, project, shared={voice.pk: words for voice, words in found.items()})


def _shortened(text: str) -> str:
    words = text.split()
    return text if len(words) <= SHORTENED else " ".join(words[:SHORTENED]) + " …"


def _addresses(name: str, project: Project) -> Callable[[object], str]:
    """Return how to make the addresses of a whole list, with one look-up for all."""
    before, after = reverse(name, args=[project.address, ANY]).split(str(ANY))
    return lambda ref: f"{before}{ref}{after}"


def theme_lines(themes: Iterable[Theme], project: Project) -> list[dict[str, str]]:
    """Return a line for each theme: where it leads, how much is in it, where it stands."""
    href = _addresses("themes:work", project)
    return [
        {
            "title": theme.title,
            "href": href(theme.ref),
            "voices": say_counted(theme.voice_count, "voice", "voices"),
            "stands_at": _for_organisers(theme),
        }
        for theme in themes
    ]


def _for_organisers(theme: Theme) -> str:
    heard = theme.place == Theme.Place.HEARD
    return theme.get_state_display() if heard else theme.get_place_display()


def of_kind(voices: QuerySet[Voice], query: QueryDict) -> QuerySet[Voice]:
    """Narrow voices to the kind that was asked for."""
    kind = query.get("kind", "")
    return voices.filter(kind=kind) if kind in Voice.Kind.values else voices


def kind_filters(query: QueryDict) -> list[FilterGroup]:
    """Return links for each kind of voice; the search stays."""
    current = query.get("kind", "")
    options = [(_("Every kind"), ""), *((kind.label, kind.value) for kind in Voice.Kind)]
    return [
        FilterGroup(
            "Kind",
            [
                FilterOption(str(text), _href(query, kind), current == kind)
                for text, kind in options
            ],
        )
    ]


def _href(query: QueryDict, kind: str) -> str:
    changed = query.copy()
    changed.pop("from", None)
    changed["kind"] = kind
    return f"?{changed.urlencode()}"


def work_on(
    theme: Theme, query: QueryDict, *, dealing: UUID | None = None, **given: Any
) -> dict[str, Any]:
    """Gather the working page of one theme; `given` is a form that has to be put right."""
    answered = queries.corrections_of(theme) if theme.shown_back_on else []
    figures = latest(theme.project) if theme.shown_back_on else NONE
    written = {"title": theme.title, "sentence": theme.sentence, "version": theme.version}
    wrong = next((form for form in given.values() if isinstance(form, Form)), None)
    ticked = wrong.ticked() if isinstance(wrong, forms.TakeOut) else []
    page = keyset(queries.voices_in(theme), order=BY_DAY, query=query, size=IN_A_THEME)
    return {
        "reword": forms.Reword(initial=written),
        "take_out": forms.TakeOut(),
        **given,
        "form": wrong,
        "project": theme.project,
        "theme": theme,
        "crumbs": crumbs(theme.project, work_on=theme),
        "stands_at": queries.stands_at(theme),
        "undecided": theme.place == Theme.Place.HEARD,
        "reading": check_reading(theme.sentence) if theme.sentence else None,
        "page": page,
        "picks": picks(page.rows, theme.project, ticked=ticked),
        "answers": answers_to(theme, figures),
        "corrections": [
            {"correction": each, "form": _deal_with(each, dealing, given)}
            for each in queries.readable(answered)
        ],
        "too_soon": _too_soon(theme),
    }


def _deal_with(each: Correction, dealing: UUID | None, given: Mapping[str, Any]) -> forms.DealWith:
    if each.ref == dealing and isinstance(given["deal_with"], forms.DealWith):
        return given["deal_with"]
    return forms.DealWith(
        auto_id=f"id_{each.ref.hex}_%s", initial={"what": each.dealt_with, "seen": each.edition}
    )


def agreed_anew(theme: Theme) -> str:
    """Say what follows when other voices are in a theme than it was agreed on; else nothing."""
    if theme.state != Theme.State.AGREED or theme.place != Theme.Place.HEARD:
        return ""
    return _("Other voices are in it now. Give people time to answer, then agree on it again.")


def _too_soon(theme: Theme) -> bool:
    shown_on = theme.shown_back_on
    return shown_on is not None and clock.today() < shown_on + SOON
