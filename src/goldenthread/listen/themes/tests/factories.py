from datetime import date

import factory

from goldenthread.listen.themes.models import Theme
from goldenthread.projects.tests.factories import ProjectFactory


class ThemeFactory(factory.django.DjangoModelFactory[Theme]):
    class Meta:
        model = Theme

    project = factory.SubFactory(ProjectFactory)
    title = factory.Sequence(lambda n: f"Waiting with no word {n}")
    sentence = "People wait for weeks and hear nothing."
    made_on = date(2026, 4, 6)
