from datetime import date
from typing import Any

import factory

from goldenthread.projects.tests.factories import NOW, ProjectFactory
from goldenthread.safety.reading.models import Words


class WordsFactory(factory.django.DjangoModelFactory[Words]):
    class Meta:
        model = Words

    project = factory.SubFactory(ProjectFactory)
    text = "Nobody told me how long the wait would be."
    salt = b"s" * 32
    received_on = date(2026, 3, 9)
    due_at = NOW


def released(**given: Any) -> Words:
    """Make words that a reader has released."""
    text = given.pop("text", "Nobody told me how long the wait would be.")
    return WordsFactory.create(
        text=text, shown=text, state=Words.State.RELEASED, released_on=date(2026, 3, 10), **given
    )
