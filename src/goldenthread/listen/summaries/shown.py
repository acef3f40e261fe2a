"""What the pages of the summary show."""

from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.kit.shapes import Crumb
from goldenthread.kit.text import check_reading
from goldenthread.listen.summaries import forms, queries
from goldenthread.listen.summaries.models import Sentence
from goldenthread.listen.themes import shown as themes
from goldenthread.listen.themes.queries import themes_of, told_themes
from goldenthread.projects.models import Project

FEWER = gettext_lazy("It rests on fewer voices now: some were taken back.")
NOTHING = gettext_lazy(
    "Every voice it rested on was taken back. Nobody else sees it now. "
    "When the last of them is destroyed, it goes too, unless you lay it on others."
)


def crumbs(project: Project, *, summary: bool = False, work: bool = False) -> list[Crumb]:
    """Return the way here."""
    way = themes.crumbs(project, topics=True)
    if summary:
        name = _("What people said, in short")
        way.append(Crumb(name, reverse("summaries:summary", args=[project.address])))
    if work:
        way.append(Crumb(_("Write the summary"), reverse("summaries:work", args=[project.address])))
    return way


def lines(found: list[queries.Standing]) -> list[dict[str, Any]]:
    """Return a line for each sentence, for those who write them."""
    return [
        {
            "sentence": each.sentence,
            "first": at == 0,
            "stands": each.stands,
            "remark": ("" if not each.gone else FEWER) if each.stands else NOTHING,
        }
        for at, each in enumerate(found)
    ]


def form_for(project: Project, sentence: Sentence | None, data: Any, initial: Any) -> forms.Write:
    """Return the form of a sentence, new or as it stands."""
    if initial is None and sentence is not None:
        voices, chosen = queries.rests_on(sentence)
        initial = {"text": sentence.text, "version": sentence.version}
        initial |= {"voices": voices, "themes": chosen}
    return forms.Write(told_themes(project), themes_of(project), data=data, initial=initial or {})


def writing(project: Project, form: forms.Write, sentence: Sentence | None) -> dict[str, Any]:
    """Gather the page on which a sentence is written."""
    ticked = form.ticked()
    within = str(form["within"].value() or "")
    found = queries.to_choose_from(
        project,
        ticked=ticked,
        words=str(form["q"].value() or ""),
        theme=UUID(within) if _is_theme(form, within) else None,
    )
    text = str(form["text"].value() or "")
    return {
        "project": project,
        "crumbs": crumbs(project, summary=True, work=True),
        "sentence": sentence,
        "form": form,
        "picks": themes.picks(found, project, ticked=ticked),
        "reading": check_reading(text) if text else None,
    }


def _is_theme(form: forms.Write, ref: str) -> bool:
    field = form.fields["within"]
    return bool(ref) and ref in {str(value) for value, _text in getattr(field, "choices", ())}


def beneath(found: queries.Standing, project: Project) -> dict[str, Any]:
    """Gather the page of one sentence: the words it rests on."""
    sentence = found.sentence
    voices = queries.voices_beneath(sentence).order_by("-words__released_on", "pk")
    return {
        "project": project,
        "crumbs": crumbs(project, summary=True),
        "sentence": sentence,
        "fewer": found.gone > 0,
        "picks": themes.picks(voices, project),
        "themes": queries.themes_beneath(sentence),
    }
