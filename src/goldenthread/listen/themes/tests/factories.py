from datetime import date
from uuid import UUID

import factory

from goldenthread.listen.themes.models import Grouping, Theme
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.tests.factories import released_voice
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, ProjectFactory
from goldenthread.safety.reading.models import Words
from goldenthread.thread.models import How
from goldenthread.thread.services import tie


class ThemeFactory(factory.django.DjangoModelFactory[Theme]):
    class Meta:
        model = Theme

    project = factory.SubFactory(ProjectFactory)
    title = factory.Sequence(lambda n: f"Waiting with no word {n}")
    sentence = "People wait for weeks and hear nothing."
    made_on = date(2026, 4, 6)


def theme_with(project: Project, number: int, **given: object) -> Theme:
    """Make a theme with so many released voices in it, as the services would."""
    theme = ThemeFactory.create(project=project, **given)
    for at in range(number):
        voice = released_voice(project, f"Nobody told me how long, {at}.")
        Grouping.objects.create(theme=theme, voice=voice)
        tie(("voice", voice.pk), ("theme", theme.ref), how=How.GROUPED, project=project.ref)
    Theme.objects.filter(ref=theme.ref).update(voice_count=number)
    theme.refresh_from_db()
    return theme


def voices_of(theme: Theme) -> list[UUID]:
    """Return the voices in a theme, in order of their ref."""
    groupings = Grouping.objects.filter(theme=theme).order_by("voice")
    return list(groupings.values_list("voice", flat=True))


def many_voices(project: Project, number: int) -> list[UUID]:
    """Make many released voices in a few statements."""
    words = Words.objects.bulk_create(
        [
            Words(
                project=project,
                text=f"Waiting list {at}",
                shown=f"Waiting list {at}",
                state=Words.State.RELEASED,
                received_on=date(2026, 3, 9),
                released_on=date(2026, 3, 10),
                due_at=NOW,
                salt=b"s" * 32,
            )
            for at in range(number)
        ]
    )
    Voice.objects.bulk_create(
        [Voice(words=each, project=project, kind=Voice.Kind.ISSUE) for each in words]
    )
    return [each.ref for each in words]
