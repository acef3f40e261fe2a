"""Putting voices in and taking them out, so that groupings, ties and counters always agree."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.kit.refusals import Refusal
from goldenthread.listen.themes import permissions
from goldenthread.listen.themes.models import Grouping, Theme
from goldenthread.listen.voices.models import Voice
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.safety.reading.models import Words
from goldenthread.thread.models import How
from goldenthread.thread.services import tie_all, untie

DECIDED = gettext_lazy(
    "This theme has been decided on. Everyone in it must hear the answer, so it stays whole."
)


def allow(by: Person, project: Project, *, now: datetime) -> None:
    """Go on only for those who may group voices here.

    :raises Refusal: they may not, or the project is closed
    """
    if not permissions.may_group(by, project, now=now):
        raise Refusal(_("Only organisers and co-leads of an open project group what was said."))


def locked(by: Person, themes: Iterable[Theme], *, now: datetime) -> list[Theme]:
    """Hold these themes still, always in the same order; all of one project, none merged away.

    :raises Refusal: the person may not, or a theme has gone into another
    """
    refs = [theme.ref for theme in themes]
    found = list(
        Theme.objects.select_for_update(no_key=True, of=("self",))
        .filter(ref__in=refs)
        .select_related("project")
        .order_by("ref")
    )
    if len({theme.project_id for theme in found}) != 1:
        raise Refusal(_("These themes belong to different projects."))
    allow(by, found[0].project, now=now)
    if any(theme.state == Theme.State.MERGED for theme in found):
        raise Refusal(_("This theme was merged into another. Go on there."))
    return found


def refuse_decided(theme: Theme) -> None:
    """Keep whole what was decided on.

    :raises Refusal: it was decided on
    """
    if theme.place != Theme.Place.HEARD:
        raise Refusal(DECIDED)


def released_in(project: Project, voices: Iterable[UUID]) -> list[UUID]:
    """Return those of the voices that belong to the project and were released."""
    refs = set(voices)
    if not refs:
        return []
    found = Voice.objects.filter(
        words__in=refs, project=project, words__state=Words.State.RELEASED
    ).values_list("words", flat=True)
    return list(found)


def inside(theme: Theme, voices: Iterable[UUID]) -> list[UUID]:
    """Return those of the voices that are in the theme.

    :raises Refusal: none is
    """
    chosen = Grouping.objects.filter(theme=theme, voice__in=set(voices))
    if found := list(chosen.values_list("voice", flat=True)):
        return found
    raise Refusal(_("Tick at least one voice first."), field="voices")


def put(theme: Theme, voices: list[UUID], *, came_by: Theme | None = None) -> int:
    """Group and tie; returns how many were not in the theme before."""
    there = set(
        Grouping.objects.filter(theme=theme, voice__in=voices).values_list("voice", flat=True)
    )
    new = [voice for voice in voices if voice not in there]
    Grouping.objects.bulk_create(
        [Grouping(theme=theme, voice_id=voice, came_by=came_by) for voice in new],
        batch_size=2000,
    )
    tie_all(
        ((("voice", voice), ("theme", theme.ref)) for voice in new),
        how=How.GROUPED,
        project=theme.project_id,
    )
    recount(theme)
    return len(new)


def take_out(theme: Theme, voices: list[UUID], *, now: datetime) -> None:
    """Undo groupings and ties, also those of themes merged into this one: they carry too."""
    themes = [theme.ref, *merged_beneath(theme)]
    for ref in themes:
        untie(voices, ref, now=now)
    Grouping.objects.filter(theme__in=themes, voice__in=voices).delete()
    recount(theme)


def carry_over(old: Theme, into: Theme) -> None:
    """Copy the groupings of a merged theme; its voices keep their own ties to it."""
    there = Grouping.objects.filter(theme=into).values("voice")
    missing = Grouping.objects.filter(theme=old).exclude(voice__in=there)
    Grouping.objects.bulk_create(
        [
            Grouping(theme=into, voice_id=voice, came_by=old)
            for voice in missing.values_list("voice", flat=True)
        ],
        batch_size=2000,
    )


def merged_beneath(theme: Theme) -> list[UUID]:
    """Return every theme that was merged into this one, however many merges ago."""
    found: list[UUID] = []
    level = [theme.ref]
    while level:
        level = list(
            Theme.objects.filter(merged_into__in=level)
            .order_by("ref")
            .values_list("ref", flat=True)
        )
        found += level
    return found


def recount(theme: Theme) -> None:
    """Set the counter to what the theme holds: released voices, each once."""
    held = Grouping.objects.filter(theme=theme, voice__words__state=Words.State.RELEASED)
    theme.voice_count = held.count()
    theme.save(update_fields=["voice_count"])
