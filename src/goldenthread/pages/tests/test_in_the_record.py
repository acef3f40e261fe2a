"""What an author is told of their words in the record: three states, and a proof to take along."""

from datetime import date, timedelta

import pytest
from django.db import connection

from goldenthread.kit import clock
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.tests.factories import signed_in, spoken, with_receipt
from goldenthread.pages.tests.factories import OTHERS, Author, cost, other, read
from goldenthread.people.accounts.tests.factories import PersonFactory
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.thread import services
from goldenthread.thread.keys import public_key
from goldenthread.thread.models import SignedHead, Witness
from goldenthread.thread.outside import witness as outside

pytestmark = pytest.mark.django_db
WAITING = "Tonight a seal of it goes into the record. After that, any change shows."
WRONG = "Something does not match. This has been reported to the administrators of"


@pytest.fixture
def mine(house: Listening) -> Author:
    """Una's voice, sent with her account."""
    said = spoken(house.project, "Nobody rang back.")
    una = PersonFactory.create(name="Una")
    Voice.objects.filter(pk=said.voice.pk).update(author=una, known_as="support")
    said.voice.refresh_from_db()
    return Author(signed_in(una), said.voice, f"/my-voices/{said.voice.ref}/")


def night(*, days: int = 0) -> None:
    """What the worker does every night."""
    now = NOW + timedelta(days=days)
    services.append_held(now=now)
    services.publish_head(now=now)
    services.check_record(now=now)


def keepers(how_many: int, size: int) -> None:
    for number in range(how_many):
        Witness.objects.create(
            name=f"Keeper {number}", power="", key=str(number), since=NOW.date(), agreed_size=size
        )


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("set session_replication_role = default")


def test_at_first_it_waits_and_then_it_is_unchanged(mine: Author) -> None:
    assert WAITING in read(mine.browser, mine.back)
    night()
    shown = read(mine.browser, mine.back)
    assert "Unchanged since 10 March 2026. No outside keeper has looked at it yet." in shown
    size = SignedHead.objects.latest("size").size
    keepers(1, size)
    assert "Unchanged since 10 March 2026. One outside keeper agrees." in read(
        mine.browser, mine.back
    )
    keepers(0, size)
    Witness.objects.create(name="B", power="", key="b", since=date(2026, 3, 1), agreed_size=size)
    assert "Two outside keepers agree." in read(mine.browser, mine.back)
    Witness.objects.update(agreed_size=0)
    assert "No outside keeper" in read(mine.browser, mine.back)


def test_altered_words_are_told_to_their_author_and_to_nobody_else(
    mine: Author, house: Listening
) -> None:
    night()
    sql("update reading_words set text = 'All is well.' where ref = %s", mine.voice.ref)
    night(days=1)
    assert WRONG in read(mine.browser, mine.back)
    other_voice = spoken(house.project, "The room was cold.")
    Voice.objects.filter(pk=other_voice.voice.pk).update(
        author=mine.voice.author, known_as="support"
    )
    night(days=1)
    assert WRONG not in read(mine.browser, f"/my-voices/{other_voice.voice.ref}/")


def test_a_voice_that_was_left_out_of_the_record_is_told(mine: Author) -> None:
    sql("delete from thread_heldentry where about = %s", mine.voice.ref)
    night()
    assert WRONG in read(mine.browser, mine.back)


def test_the_page_shows_the_seal_and_gives_a_proof_that_others_can_check(mine: Author) -> None:
    before = read(mine.browser, mine.at("record/"))
    assert "If you copy this seal" in before
    assert mine.browser.get(mine.at("record/proof")).status_code == 404
    night()
    shown = read(mine.browser, mine.at("record/"))
    assert mine.at("record/proof") in shown
    assert "Someone sent words. They were held for a reader." in shown
    answer = mine.browser.get(mine.at("record/proof"))
    told = outside.check(answer.content.decode(), str(public_key()))
    assert str(mine.voice.ref) in told
    assert mine.voice.words.text not in answer.content.decode()
    assert mine.voice.words.text not in shown


def test_behind_a_receipt_it_is_the_same(house: Listening) -> None:
    browser, holder = with_receipt(house.project)
    said = spoken(house.project, "Thank you, Jo.")
    Voice.objects.filter(pk=said.voice.pk).update(receipt=holder.receipt)
    night()
    shown = read(browser, "/receipt/")
    assert "Unchanged since 10 March 2026." in shown
    assert browser.get(f"/my-voices/{said.voice.ref}/record/proof").status_code == 200


@pytest.mark.parametrize("who", OTHERS)
@pytest.mark.parametrize("rest", ["record/", "record/proof"])
def test_nobody_else_has_such_a_page(mine: Author, house: Listening, who: str, rest: str) -> None:
    night()
    assert other(house, who).get(mine.at(rest)).status_code == 404


def test_the_page_stays_within_the_budget(mine: Author) -> None:
    night()
    with clock.frozen(NOW):
        cost(mine.browser, mine.at("record/"))
