"""Something that was reported, removed or complained of."""

from typing import Any

from goldenthread.listen.voices.models import Voice
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.safety.moderation import registry, services
from goldenthread.safety.moderation.models import Complaint
from goldenthread.safety.moderation.services.reporting import Reported
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.tests.factories import released

WORDS = "Nurse Kestrel on ward nine shouted at me."


def shown_voice(here: Listening) -> Voice:
    words = released(project=here.project, text=WORDS)
    return Voice.objects.create(words=words, project=here.project, kind=Voice.Kind.ISSUE)


def reported(here: Listening, voice: Voice, **given: Any) -> Reported:
    thing = registry.found("voice", here.project, voice.pk, visible_to=here.mina, now=NOW)
    assert thing is not None
    said: dict[str, Any] = {"because": "names-someone", "now": NOW, **given}
    return services.report(project=here.project, kind="voice", about=voice.pk, thing=thing, **said)


def removed(here: Listening, voice: Voice, because: str = "off-topic") -> Words:
    asked = reading.ask_to_remove(by=here.tom, words=voice.words, because=because, now=NOW)
    return reading.agree_to_remove(by=here.cara, removal=asked, now=NOW)


def complained(here: Listening, **given: Any) -> Complaint:
    said = {"about": "treated", "text": "Nobody answered me.", "now": NOW, **given}
    return services.complain(organisation=here.organisation, **said).complaint
