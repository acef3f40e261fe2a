from datetime import date
from pathlib import Path
from typing import Any

import pytest

from goldenthread.kit.refusals import Refusal
from goldenthread.listen.voices.tests.factories import holder_of, spoken
from goldenthread.organisations.models import Membership
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.reading import services as reading
from goldenthread.safety.requests import services
from goldenthread.safety.requests.models import DataRequest
from goldenthread.thread import journal
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)
CANARY = "Kingfisher"


@pytest.fixture
def here() -> Listening:
    return listening_project()


def asked(here: Listening, kind: str, **given: Any) -> DataRequest:
    said = {"by": here.mina, "organisation": here.organisation, "now": NOW, **given}
    return services.ask(kind=kind, text="Please.", **said)


def test_erasure_by_the_same_services_as_taking_back(here: Listening) -> None:
    """What stands in another organisation's project stays: it was not asked."""
    mine = spoken(here.project, CANARY, by=here.mina, known_as="support").voice.words
    shown = reading.release(by=here.rosa, words=mine, version=0, now=NOW)
    unread = spoken(here.project, CANARY, by=here.mina, known_as="support").voice.words
    others = spoken(here.project, CANARY, by=here.cara, known_as="support").voice.words
    there = listening_project()
    Membership.objects.create(organisation=there.organisation, person=here.mina, joined_on=TODAY)
    elsewhere = spoken(there.project, CANARY, by=here.mina, known_as="support").voice.words
    made = asked(here, "erasure")
    with pytest.raises(Refusal, match="Erase it first"):
        services.answer(by=here.ada, request=made, outcome="done", text="x", now=NOW)
    assert services.carry_out(by=here.ada, request=made, now=NOW) == 2
    for words in (shown, unread, others, elsewhere):
        words.refresh_from_db()
    assert [shown.text, unread.text] == [None, None]
    assert (shown.state, shown.unpublished_because) == ("removed", "asked-erased")
    assert [others.text, elsewhere.text] == [CANARY, CANARY]
    kept = Membership.objects.filter(person=here.mina).values_list("organisation", flat=True)
    assert list(kept) == [there.organisation.pk]
    assert b'"fact_words":0' in bytes(Entry.objects.get(kind="request.carried_out").body)
    services.answer(by=here.ada, request=made, outcome="done", text="Done.", now=NOW)


def test_a_refusal_destroys_nothing_and_notes_nothing_as_destroyed(
    here: Listening, settings: Any, tmp_path: Path
) -> None:
    settings.DATA = tmp_path
    said = spoken(here.project, CANARY, by=here.priya, known_as="support").voice.words
    made = asked(here, "erasure", by=here.priya)
    with pytest.raises(Refusal, match="the only safeguarder of this project"):
        services.carry_out(by=here.ada, request=made, now=NOW)
    said.refresh_from_db()
    assert said.text == CANARY
    assert list(journal.noted(journal.folder())) == []


def test_erasure_behind_a_receipt(here: Listening) -> None:
    said = spoken(here.project, CANARY, keep_receipt=True)
    made = asked(here, "erasure", by=holder_of(said))
    assert services.carry_out(by=here.ada, request=made, now=NOW) == 1
    said.voice.words.refresh_from_db()
    assert said.voice.words.text is None
