from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery
from django.db.models import (
    Case,
    Count,
    Exists,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from goldenthread.kit import clock
from goldenthread.kit.text import say_counted, say_day
from goldenthread.listen.themes.models import Correction, Grouping, Theme, Wording
from goldenthread.listen.themes.permissions import ORGANISERS, grouping_roles
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.queries import BoardFilter, board_filters, mine
from goldenthread.listen.voices.searching import newest_holding
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.projects.roles import held_by
from goldenthread.projects.speaker import Speaker
from goldenthread.projects.work import Does, Work, lists
from goldenthread.safety.reading.models import Words
from goldenthread.safety.release.registry import figures
from goldenthread.thread.registry import Described, describes

State, Place = Theme.State, Theme.Place
# A voice of a merged theme is in the theme that it was merged into as well: see lineage.carry_over.
GROUPED = Grouping.objects.filter(voice=OuterRef("pk"))
SHOWN = ("kind", "words__shown", "words__note_shown", "words__released_on")
MANY = 1000
FOUND = 200  # voices with the words that are sought: as they are grouped, older ones follow
OFFERED = 40  # themes to narrow the board by


def themes_of(project: Project) -> QuerySet[Theme]:
    """Return the themes of a project that were not merged away, furthest along first."""
    return (
        Theme.objects.filter(project=project)
        .exclude(state=State.MERGED)
        .order_by(_last_first("place", Place.values), _last_first("state", State.values), "title")
    )


def told_themes(project: Project) -> QuerySet[Theme]:
    """Return the themes that everyone may read of: once shown back to those who spoke."""
    return themes_of(project).exclude(state=State.WORKING, place=Place.HEARD)


def themes_for(speaker: Speaker, project: Project) -> QuerySet[Theme]:
    """Return what is being grouped too, to those who group it. One query."""
    if not isinstance(speaker, Person):
        return told_themes(project)
    groups = grouping_roles(project, now=clock.now()).filter(person=speaker)
    being_grouped = Q(state=State.WORKING, place=Place.HEARD)
    return themes_of(project).filter(~being_grouped | Exists(groups))


def _last_first(name: str, values: list[str]) -> Case:
    return Case(*(When(**{name: value}, then=Value(-at)) for at, value in enumerate(values)))


def open_themes(project: Project) -> QuerySet[Theme]:
    """Return the themes that are ready to be decided on, or were already."""
    return themes_of(project).filter(state=State.AGREED)


def theme_in(project: Project, ref: UUID) -> Theme:
    """Return a theme of the project, also one that was merged; else 404."""
    found = Theme.objects.filter(project=project, ref=ref).first()
    if found is None:
        raise Http404
    found.project = project
    return found


def theme_for(speaker: Speaker, project: Project, ref: UUID) -> tuple[Theme, bool]:
    """Return a theme, and whether a voice of the speaker is in it; else 404. One query."""
    own = _released(mine(speaker)).filter(groupings__theme=OuterRef("pk"))
    themes = Theme.objects.select_related("merged_into").annotate(spoke=Exists(own.order_by()))
    found = themes.filter(project=project, ref=ref).first()
    if found is None:
        raise Http404
    found.project = project
    return found, found.spoke


def earlier_wordings(theme: Theme) -> list[Wording]:
    """Return what a theme was called before, the last one first. None before it was shown back."""
    if theme.shown_back_on is None:
        return []
    return list(Wording.objects.filter(theme=theme).order_by("-place"))


def can_be_merged_into(theme: Theme) -> QuerySet[Theme]:
    """Return the themes that may still go into this one."""
    return themes_of(theme.project).filter(place=Place.HEARD).exclude(ref=theme.ref)


def released(project: Project) -> QuerySet[Voice]:
    """Return the released voices of a project, with their words as everyone reads them."""
    voices = _released(Voice.objects.filter(words__project=project))
    return voices.select_related("words").only(*SHOWN)


def _released(voices: QuerySet[Voice]) -> QuerySet[Voice]:
    return voices.filter(words__state=Words.State.RELEASED, words__purpose=Words.Purpose.VOICE)


def ungrouped(project: Project) -> QuerySet[Voice]:
    """Return the released voices of a project that are in no theme."""
    return released(project).filter(~Exists(GROUPED))


def voices_in(theme: Theme) -> QuerySet[Voice]:
    """Return the released voices of a theme, with their words."""
    return released(theme.project).filter(groupings__theme=theme)


def holding(voices: QuerySet[Voice], project: Project, words: str) -> QuerySet[Voice]:
    """Narrow voices to the newest in whose words all of these are found."""
    if not words.strip():
        return voices
    sought = SearchQuery(words, config="english", search_type="websearch")
    return newest_holding(voices, project, sought, most=FOUND + 1)


def how_many_left(voices: QuerySet[Voice], words: str) -> str:
    """Say how many voices are in no theme, of those that were sought or of all."""
    most = FOUND if words else MANY
    number = voices.order_by().values("pk")[: most + 1].count()
    return _say_many(number, "voice in no theme", "voices in no theme", most)


def _say_many(number: int, one: str, many: str, most: int = MANY) -> str:
    if number > most:
        return f"{most:,}+ {ngettext(one, many, number)}"
    return say_counted(number, one, many)


def corrections_of(theme: Theme) -> list[Correction]:
    """Return what everyone answered, with the words beside it, in no order that tells who."""
    answers = Correction.objects.filter(theme=theme).select_related("words")
    return list(answers.order_by("dealt_with", "ref"))


def readable(corrections: Iterable[Correction]) -> list[Correction]:
    """Leave those whose words a reader has released."""
    return [each for each in corrections if _is_released(each)]


def _is_released(correction: Correction) -> bool:
    return correction.words is not None and correction.words.state == Words.State.RELEASED


def correction_in(theme: Theme, ref: UUID) -> Correction:
    """Return one released correction of the theme; else 404."""
    found = Correction.objects.select_related("words").filter(theme=theme, ref=ref).first()
    if found is None or not _is_released(found):
        raise Http404
    return found


def my_voices_in(speaker: Speaker, theme: Theme) -> list[Voice]:
    """Return the speaker's own voices in a theme."""
    own = _released(mine(speaker)).filter(groupings__theme=theme)
    return list(own.order_by("pk")[:20])


def my_correction(theme: Theme, voices: list[Voice]) -> Correction | None:
    """Return what the author of these voices said of the theme."""
    return Correction.objects.filter(theme=theme, voice__in=voices).select_related("words").first()


def waiting_for(speaker: Speaker) -> QuerySet[Theme]:
    """Return the themes that are shown back to the speaker and not answered yet."""
    own = _released(mine(speaker)).order_by().values("pk")
    answered = Correction.objects.filter(theme=OuterRef("pk"), voice__in=own)
    inside = Grouping.objects.filter(theme=OuterRef("pk"), voice__in=own)
    return (
        Theme.objects.filter(Exists(inside), ~Exists(answered), state=State.SHOWN_BACK)
        .select_related("project")
        .order_by("shown_back_on", "title")
    )


def stands_at(theme: Theme) -> str:
    """Say where a theme stands on the thread, in words for everyone."""
    if theme.state == State.MERGED:
        return _("Joined another topic")
    if theme.place != Place.HEARD:
        return str(_(theme.get_place_display()))
    return {
        State.WORKING: _("Being sorted"),
        State.SHOWN_BACK: _("Being checked by those who spoke"),
        State.AGREED: _("Ready to be decided on"),
    }[State(theme.state)]


@describes("theme")
def describe_themes(refs: Iterable[UUID], *, visible_to: Speaker) -> dict[UUID, Described]:
    """Tell the thread about themes: their title, and where they stand."""
    del visible_to  # whoever sees a project sees its themes
    found = Theme.objects.filter(ref__in=list(refs)).select_related("project")
    return {
        theme.ref: Described(
            title=theme.title,
            href=reverse("themes:theme", args=[theme.project.address, theme.ref]),
            note=stands_at(theme),
            on=say_day(theme.shown_back_on) if theme.shown_back_on else "",
        )
        for theme in found
    }


def figure_of(theme: Theme) -> str:
    """Return the name of the theme's figure in a release."""
    return f"theme:{theme.ref}"


@figures
def voices_in_themes(project: Project) -> dict[str, int]:
    """Count the released voices of each theme, for a release."""
    counted = (
        Grouping.objects.filter(theme__project=project, voice__words__state=Words.State.RELEASED)
        .exclude(theme__state=State.MERGED)
        .values_list("theme")
        .annotate(n=Count("ref"))
        .order_by()
    )
    return {f"theme:{ref}": number for ref, number in counted}


def _in_theme(voices: QuerySet[Voice], project: Project, value: str) -> QuerySet[Voice]:
    try:
        ref = UUID(value)
    except ValueError:
        return voices.none()
    return voices.filter(
        Exists(Grouping.objects.filter(voice=OuterRef("pk"), theme=ref, theme__project=project))
    )


def _at_place(voices: QuerySet[Voice], project: Project, value: str) -> QuerySet[Voice]:
    there = Grouping.objects.filter(
        voice=OuterRef("pk"), theme__place=value, theme__project=project
    ).exclude(theme__state=State.MERGED)
    return voices.filter(Exists(there))


board_filters += [
    BoardFilter(
        "theme",
        gettext_lazy("Topic"),  # type: ignore[arg-type]  # said when it is shown
        lambda project, speaker: [
            (title, str(ref))
            for title, ref in themes_for(speaker, project).values_list("title", "ref")[:OFFERED]
        ],
        _in_theme,
    ),
    BoardFilter(
        "place",
        gettext_lazy("What came of it"),  # type: ignore[arg-type]  # as above
        lambda _project, _speaker: [(_(str(place.label)), place.value) for place in Place],
        _at_place,
    ),
]


def _organised(person: Person, projects: list[Project], now: datetime) -> dict[UUID, Project]:
    return {
        role.project_id: role.project
        for role in held_by(person, now=now)
        if role.name in ORGANISERS and role.project in projects
    }


@lists(Does.GROUP)  # asked at once: whether some are left costs as much as how many
def to_group(person: Person, projects: list[Project], *, now: datetime) -> Iterable[Work]:
    """Voices that are in no theme yet. One query, for those who organise."""
    organised = _organised(person, projects, now)
    if not organised:
        return
    voices = _released(Voice.objects.filter(~Exists(GROUPED), words__project=OuterRef("pk")))
    left = Func(
        ArraySubquery(voices.values("pk")[: MANY + 1]),
        function="cardinality",
        output_field=IntegerField(),
    )
    counted = Project.objects.filter(pk__in=organised).order_by("title", "pk")
    for ref, number in counted.annotate(left=left).filter(left__gt=0).values_list("pk", "left"):
        said = {"title": organised[ref].title, "voices": _say_many(number, "voice", "voices")}
        yield Work(
            _("%(title)s: %(voices)s in no theme yet") % said,
            reverse("themes:workspace", args=[organised[ref].address]),
            n=number,
        )


def _corrections(
    person: Person, projects: list[Project], *, now: datetime
) -> Iterable[QuerySet[Correction]]:
    yield Correction.objects.filter(
        theme__project__in=_organised(person, projects, now),
        words__state=Words.State.RELEASED,
        dealt_with="",
    ).exclude(theme__state=State.MERGED)


@lists(Does.GROUP, when=_corrections)
def to_look_at(person: Person, projects: list[Project], *, now: datetime) -> Iterable[Work]:
    """What people said to themes that were shown back."""
    organised = _organised(person, projects, now)
    (rows,) = _corrections(person, projects, now=now)
    waiting = (
        rows.values_list("theme", "theme__title", "theme__project")
        .annotate(n=Count("ref"))
        .order_by("theme__title")
    )
    for ref, title, project, number in waiting:
        said = {"title": title, "n": say_counted(number, "correction", "corrections")}
        yield Work(
            _("%(title)s: %(n)s to look at") % said,
            reverse("themes:work", args=[organised[project].address, ref]),
            n=number,
        )


def _shown_back(
    person: Person, projects: list[Project], *, now: datetime
) -> Iterable[QuerySet[Theme]]:
    del projects, now
    yield waiting_for(person)


@lists(Does.ANSWER, when=_shown_back)
def to_answer(person: Person, projects: list[Project], *, now: datetime) -> Iterable[Work]:
    """Themes that hold what the person said, shown back to them."""
    del projects, now
    for theme in waiting_for(person)[:20]:
        yield Work(
            _("Is this what you meant? “%(title)s”") % {"title": theme.title},
            reverse("themes:correct", args=[theme.project.address, theme.ref]),
        )
