from datetime import date
from typing import Any

import factory
from allauth.mfa.models import Authenticator
from django.test import Client

from goldenthread.people.accounts.models import Person
from goldenthread.projects.tests.factories import NOW, ProjectFactory
from goldenthread.safety.reading.author import AuthorView
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.queries import for_authors


class WordsFactory(factory.django.DjangoModelFactory[Words]):
    class Meta:
        model = Words

    project = factory.SubFactory(ProjectFactory)
    text = "Nobody told me how long the wait would be."
    would_have_helped = ""
    salt = b"s" * 32
    received_on = date(2026, 3, 9)
    due_at = NOW


def released(**given: Any) -> Words:
    """Make words that a reader has released."""
    text = given.pop("text", "Nobody told me how long the wait would be.")
    kept = {
        "shown": text,
        "helped_shown": given.get("would_have_helped", ""),
        "note_shown": given.get("content_note", ""),
        "state": Words.State.RELEASED,
        "released_on": date(2026, 3, 10),
    }
    return WordsFactory.create(text=text, **{**kept, **given})


def sign_in(client: Client, person: Person) -> Client:
    """Sign a person in who has a second factor, as sharp roles need one."""
    Authenticator.objects.get_or_create(user=person, type="totp", defaults={"data": {}})
    client.force_login(person)
    return client


def for_author(words: Words) -> AuthorView:
    """What the author of words is told of them."""
    return for_authors([words])[words.ref]
