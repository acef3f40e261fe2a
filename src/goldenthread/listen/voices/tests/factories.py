from typing import Any

import factory

from goldenthread.listen.voices.models import Voice
from goldenthread.projects.models import Project
from goldenthread.safety.reading.tests.factories import WordsFactory, released


class VoiceFactory(factory.django.DjangoModelFactory[Voice]):
    class Meta:
        model = Voice

    words = factory.SubFactory(WordsFactory)
    project = factory.SelfAttribute("words.project")
    kind = Voice.Kind.ISSUE


def released_voice(project: Project, text: str = "Nobody told me how long.", **given: Any) -> Voice:
    """Make a voice of the project whose words a reader has released."""
    return VoiceFactory.create(words=released(project=project, text=text), **given)
