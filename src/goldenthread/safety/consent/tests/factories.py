from typing import Any

from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.safety.consent import services
from goldenthread.safety.consent.models import Consent
from goldenthread.safety.consent.wordings import QUOTE
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.tests.factories import released


def let_quote(words: Words, **given: Any) -> Consent:
    """Let words be quoted, as their author would afterwards."""
    said = {"purpose": QUOTE, "version": 1, "how": "later", "now": NOW, **given}
    return services.give(words=words, **said)


def quoted(house: Listening, text: str = "Ring us each Monday.", **given: Any) -> Words:
    """Words that Rosa released, their author lets be quoted, and Sam agreed to."""
    words = consented(house, text, **given)
    services.look_again(by=house.sam, words=words, seen=words.version, agreed=True, now=NOW)
    return words


def consented(house: Listening, text: str = "Ring us each Monday.", **given: Any) -> Words:
    """Words that Rosa released and their author lets be quoted."""
    words = released(project=house.project, text=text, read_by=house.rosa, **given)
    let_quote(words)
    return words


def of_children(project: Project) -> None:
    """Make a project one for young people."""
    project.ages = ["13-15", "16-17"]
    project.save(update_fields=["ages"])
