from typing import Any
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from django.http import Http404

from goldenthread.listen.themes.models import Grouping, Theme
from goldenthread.listen.voices.models import Voice
from goldenthread.projects.models import Project
from goldenthread.safety.reading.models import Words

IN_A_LIVING_THEME = Exists(
    Grouping.objects.filter(voice=OuterRef("pk")).exclude(theme__state=Theme.State.MERGED)
)


def themes_of(project: Project) -> QuerySet[Theme]:
    """Return the themes of a project that were not merged away, furthest along first."""
    return (
        Theme.objects.filter(project=project)
        .exclude(state=Theme.State.MERGED)
        .order_by(_rank("place", Theme.Place), _rank("state", Theme.State), "title", "ref")
    )


def _rank(name: str, choices: Any) -> Any:
    whens = [When(**{name: value}, then=Value(-at)) for at, value in enumerate(choices.values)]
    return Case(*whens, default=Value(0))


def open_themes(project: Project) -> QuerySet[Theme]:
    """Return the themes that are ready to be decided on, or were decided on already."""
    return themes_of(project).filter(state=Theme.State.AGREED)


def theme_in(project: Project, ref: UUID) -> Theme:
    """Return a theme of the project, also one that was merged; else 404."""
    themes = Theme.objects.select_related("merged_into").filter(project=project)
    if found := themes.filter(ref=ref).first():
        return found
    raise Http404


def ungrouped(project: Project) -> QuerySet[Voice]:
    """Return the released voices of a project that are in no theme."""
    return released(project).filter(~IN_A_LIVING_THEME)


def released(project: Project) -> QuerySet[Voice]:
    """Return the released voices of a project, with their words."""
    return Voice.objects.filter(
        project=project, words__state=Words.State.RELEASED, words__purpose=Words.Purpose.VOICE
    ).select_related("words")


def voices_in(theme: Theme) -> QuerySet[Voice]:
    """Return the released voices of a theme, with their words."""
    return released(theme.project).filter(groupings__theme=theme)


def holding(voices: QuerySet[Voice], project: Project, words: str) -> QuerySet[Voice]:
    """Narrow voices to those in whose words all of these are found."""
    sought = RawSQL(
        "websearch_to_tsquery('english', %s) && to_tsquery('simple', %s)",
        (words, f"p{project.ref.hex}"),
    )
    return voices.filter(words__search=sought) if words.strip() else voices
