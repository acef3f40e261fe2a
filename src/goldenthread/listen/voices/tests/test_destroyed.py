"""What is left of a voice that was taken back, once its words are destroyed."""

from datetime import timedelta

import pytest
from django.core import serializers

from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.services import Spoken
from goldenthread.listen.voices.tests.factories import spoken
from goldenthread.people.accounts.tests.factories import PersonFactory
from goldenthread.people.receipts.services import withdraw_key
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.concerns import services as concerns
from goldenthread.safety.concerns.models import Concern
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.tests.factories import for_author

pytestmark = pytest.mark.django_db
SEVEN_DAYS = timedelta(days=7)


@pytest.fixture
def here():
    return listening_project()


def destroyed(said: Spoken) -> Voice:
    voice = said.voice
    key = withdraw_key(said.code) if said.code else None
    reading.withdraw(words=voice.words, withdraw_key=key, now=NOW)
    reading.destroy_due(now=NOW + SEVEN_DAYS)
    voice.refresh_from_db()
    return voice


def test_nothing_leads_from_the_voice_to_who_said_it(here):
    said = spoken(here.project, known_as="support", given_name="Jo, 07700 900123")
    assert said.voice.given_name is not None
    voice = destroyed(said)
    assert (voice.given_name, voice.form_key) == (None, None)


def test_who_holds_the_receipt_sees_that_the_words_are_gone(here):
    voice = destroyed(spoken(here.project))
    assert voice.receipt is not None
    assert for_author(voice.words).title == "Your words are gone"


def test_nothing_leads_from_the_voice_to_the_member_who_said_it(here):
    member = PersonFactory.create()
    voice = destroyed(spoken(here.project, by=member, known_as="named"))
    assert str(member.ref) not in serializers.serialize("json", [voice, voice.words])


def test_a_voice_that_was_not_taken_back_stays_its_authors(here):
    member = PersonFactory.create()
    kept = spoken(here.project, by=member, known_as="named").voice
    destroyed(spoken(here.project))
    kept.refresh_from_db()
    assert kept.author == member


def test_the_case_record_of_a_concern_outlives_the_words(here):
    said = spoken(here.project)
    concerns.raise_concern(by=here.rosa, words=said.voice.words, why="May be in danger.", now=NOW)
    destroyed(said)
    assert Concern.objects.get().why == "May be in danger."
