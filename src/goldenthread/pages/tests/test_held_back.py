"""A restriction that was asked for is kept: neither read nor shown until it ends."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.voices import services as speaking
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.tests.factories import holder_of, spoken
from goldenthread.pages.tests.test_erasure_request import asked
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.reading import queries
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.stubs import stub_of
from goldenthread.safety.reading.tests.factories import sign_in
from goldenthread.safety.requests import services
from goldenthread.safety.retention.services import sweep

pytestmark = pytest.mark.django_db
STUB = "The person who said this asked us to hold it back for now."


@pytest.fixture
def here() -> Listening:
    return listening_project()


def shown_and_unread(here: Listening) -> tuple[Voice, Voice]:
    shown, unread = (
        spoken(here.project, f"Kingfisher {at}.", by=here.mina, known_as="support").voice
        for at in (1, 2)
    )
    reading.release(by=here.rosa, words=shown.words, version=0, now=NOW)
    return shown, unread


def of(voice: Voice) -> Words:
    return Words.objects.select_related("project").get(pk=voice.pk)


def test_what_is_held_back_is_neither_read_nor_shown_until_it_ends(here: Listening) -> None:
    shown, unread = shown_and_unread(here)
    made = asked(here, "restriction")
    with pytest.raises(Refusal, match="Hold their words back first"):
        services.answer(by=here.ada, request=made, outcome="done", text="x", now=NOW)
    assert services.hold_back(by=here.ada, request=made, now=NOW) == 2
    services.answer(by=here.ada, request=made, outcome="done", text="Done.", now=NOW)
    assert queries.waiting(here.project).count() == 0
    assert stub_of(of(shown)) == STUB
    for words in (of(shown), of(unread)):
        given = {"by": here.rosa, "words": words, "now": NOW}
        with pytest.raises(Refusal):
            reading.release(version=words.version, **given)
        with pytest.raises(Refusal):
            reading.claim(**given)
        with pytest.raises(Refusal):
            reading.ask_to_remove(because="advert", **given)
        assert reading.claim_next(by=here.rosa, project=here.project, now=NOW) is None
    assert services.use_again(by=here.ada, request=made, now=NOW) == 2
    assert queries.waiting(here.project).count() == 2
    again = of(shown)
    reading.release(by=here.rosa, words=again, version=again.version, now=NOW)
    assert of(shown).state == "released"
    with pytest.raises(Refusal, match="Nothing is held back"):
        services.use_again(by=here.ada, request=made, now=NOW)


def test_at_its_place_a_note_stands_without_a_name(here: Listening, client: Client) -> None:
    shown, _unread = shown_and_unread(here)
    made = asked(here, "objection")
    href = reverse("voices:voice", args=[here.project.address, shown.pk])
    request = reverse("requests:request", args=[here.organisation.address, made.ref])
    with clock.frozen(NOW):
        assert "Kingfisher 1" in client.get(href).content.decode()  # the control
        ada = sign_in(Client(), here.ada)
        assert "Hold it back now" in ada.get(request).content.decode()
        ada.post(f"{request}hold-back/")
        assert "Their words are held back" in ada.get(request).content.decode()
        page = client.get(href).content.decode()
        item = reverse("reading:item", args=[here.project.address, shown.pk])
        assert "Kingfisher" not in sign_in(Client(), here.rosa).get(item).content.decode()
        ada.post(f"{request}use-again/")
        assert "Their words are held back" not in ada.get(request).content.decode()
    assert STUB in page
    assert "Kingfisher" not in page
    assert "Mina" not in page


@pytest.mark.parametrize("name", ["mina", "tom", "rosa", "cara", "priya", "nell", "stranger"])
def test_only_who_answers_for_the_data_holds_back_and_ends_it(here: Listening, name: str) -> None:
    shown_and_unread(here)
    made = asked(here, "restriction")
    with pytest.raises(Refusal, match="Only the people who answer"):
        services.hold_back(by=getattr(here, name), request=made, now=NOW)
    services.hold_back(by=here.ada, request=made, now=NOW)
    with pytest.raises(Refusal, match="Only the people who answer"):
        services.use_again(by=getattr(here, name), request=made, now=NOW)


def test_what_others_said_and_what_was_only_asked_to_be_seen_is_not_held_back(
    here: Listening,
) -> None:
    said = spoken(here.project, "Kingfisher.", keep_receipt=True)
    others = spoken(here.project, "Heron.", by=here.cara, known_as="support").voice
    with pytest.raises(Refusal, match="nothing to carry out"):
        services.hold_back(by=here.ada, request=asked(here, "access"), now=NOW)
    made = asked(here, "restriction", by=holder_of(said))
    assert services.hold_back(by=here.ada, request=made, now=NOW) == 1
    assert (of(said.voice).restricted, of(others).restricted) == (True, False)


def test_taken_back_and_brought_back_it_is_still_held_back(here: Listening) -> None:
    shown, _unread = shown_and_unread(here)
    services.hold_back(by=here.ada, request=asked(here, "restriction"), now=NOW)
    shown.words.refresh_from_db()
    speaking.take_back(by=here.mina, voice=shown, now=NOW)
    shown.words.refresh_from_db()
    speaking.undo_take_back(by=here.mina, voice=shown, now=NOW)
    assert of(shown).state == "held"
    assert stub_of(of(shown)) == STUB


def test_the_table_itself_shows_nothing_that_is_held_back(here: Listening) -> None:
    shown, _unread = shown_and_unread(here)
    with pytest.raises(IntegrityError, match="held_back_is_not_shown"), transaction.atomic():
        Words.objects.filter(pk=shown.pk).update(restricted=True)


def test_held_back_words_are_still_destroyed_on_their_day(here: Listening) -> None:
    shown, _unread = shown_and_unread(here)
    services.hold_back(by=here.ada, request=asked(here, "restriction"), now=NOW)
    Project.objects.update(state=Project.State.CLOSED, closed_on=NOW.date())
    sweep(now=NOW + timedelta(days=3 * 366))
    words = of(shown)
    assert (words.text, words.state) == (None, "removed")
