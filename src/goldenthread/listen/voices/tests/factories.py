from datetime import datetime, timedelta
from typing import Any

import factory
from allauth.mfa.models import Authenticator
from django.test import Client

from goldenthread.kit import clock
from goldenthread.listen.voices import formkeys, services
from goldenthread.listen.voices.models import Voice
from goldenthread.people.accounts.models import Person
from goldenthread.people.receipts import services as receipts
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import RECEIPT, Guest, sealed_receipt
from goldenthread.projects.tests.factories import NOW
from goldenthread.safety.reading.tests.factories import WordsFactory, released

A_YEAR = 365 * 24 * 60 * 60  # seconds


class VoiceFactory(factory.django.DjangoModelFactory[Voice]):
    class Meta:
        model = Voice

    words = factory.SubFactory(WordsFactory)
    project = factory.SelfAttribute("words.project")
    kind = Voice.Kind.ISSUE


def released_voice(project: Project, text: str = "Nobody told me how long.", **given: Any) -> Voice:
    """Make a voice of the project whose words a reader has released."""
    return VoiceFactory.create(words=released(project=project, text=text), **given)


def spoken(project: Project, text: str = "Nobody told me how long.", **given: Any) -> Any:
    """Say something as a guest, or as `by`."""
    said = {"by": Guest(), "form_key": formkeys.draw(), "now": NOW, "kind": "issue", **given}
    return services.speak(project=project, text=text, **said)


def holder_of(said: Any) -> Guest:
    """Who opens the receipt of what was said."""
    key = receipts.withdraw_key(said.code)
    return Guest(receipt=said.voice.receipt_id, withdraw_key=key)


def form_data(project: Project, *, begun: datetime | None = None, **given: Any) -> dict[str, Any]:
    """What a browser sends, from a page that was opened a minute ago."""
    begun = begun or clock.now() - timedelta(minutes=1)
    return {
        "form_key": formkeys.begin(project.ref, now=begun),
        "text": "Nobody told me how long the wait would be.",
        "kind": "issue",
        "known_as": "unlinked",
        "receipt": "keep",
        **given,
    }


def signed_in(person: Person, **client: Any) -> Client:
    """A browser in which this person has signed in, with a second factor."""
    Authenticator.objects.get_or_create(user=person, type="totp", defaults={"data": {}})
    browser = Client(**client)
    browser.force_login(person)
    return browser


def with_receipt(project: Project) -> tuple[Client, Guest]:
    """A browser in which a receipt of the project is open, and who that is."""
    issued = receipts.issue(scope=project.ref, now=NOW)
    browser = Client()
    session = browser.session
    holder = Guest(receipt=issued.receipt.ref, withdraw_key=issued.withdraw_key)
    session[RECEIPT] = sealed_receipt(holder, stays_open=A_YEAR)  # as if it were in use
    session.save()
    browser.cookies["session"] = session.session_key or ""
    return browser, holder
