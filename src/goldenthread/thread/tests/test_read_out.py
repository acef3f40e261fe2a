"""Four words that somebody read out, turned back into a check on the page of the record."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from goldenthread.kit.testing.queries import at_most
from goldenthread.thread import events, published, services
from goldenthread.thread.merkle.spoken import WORDS
from goldenthread.thread.models import SignedHead
from goldenthread.thread.tests.test_witness import look, name_it

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
SAID = events.Event("test.read-out", "Something was noted.")

pytestmark = pytest.mark.django_db


def seal(how_many: int, *, days: int = 0) -> SignedHead:
    """Append so many entries and sign what stands, some days from now."""
    now = NOW + timedelta(days=days)
    services.hold_all(SAID, {uuid4(): {} for _each in range(how_many)}, now=now)
    services.append_held(now=now)
    services.publish_head(now=now)
    return SignedHead.objects.latest("size")


def ask(words: str, size: str = "") -> str:
    answer = Client().get("/record/", {"words": words, "size": size})
    assert answer.status_code == 200
    assert not answer.cookies
    return answer.content.decode()


def others(words: str) -> str:
    """Four words of ours that are not these."""
    first, *rest = words.split(" – ")
    return " – ".join([WORDS[WORDS.index(first) - 1], *rest])


@pytest.mark.parametrize("wrote", [str, str.upper, lambda said: said.replace(" – ", "-")])
def test_words_of_an_earlier_seal_are_known_again(wrote):
    old = seal(3)
    seal(1200, days=2)
    told = ask(wrote(old.words))
    assert "Yes, they match." in told
    assert "The record was sealed with these words on 10 March 2026. It had 3 entries then." in told
    assert "No outside keeper has looked at it yet." in told
    assert 'href="/record/head/3"' in told


def test_a_number_with_a_comma_is_taken_and_a_wrong_one_is_told_apart():
    head = seal(1203)
    assert "Yes, they match." in ask(head.words, "1,203")
    told = ask(head.words, "1203 ")
    assert "It had 1,203 entries then." in told
    told = ask(head.words, "1,204")
    assert "The words match. The number does not." in told
    assert "Yes, they match." not in told


def test_words_of_no_seal_do_not_match():
    head = seal(3)
    told = ask(others(head.words))
    assert "No, they do not match." in told
    assert "Yes, they match." not in told


@pytest.mark.parametrize(
    ("words", "size", "told"),
    [
        ("", "", "Type the four words first."),
        ("acorn barley", "", "We need four words, no more and no fewer."),
        ("acorn barley cabin velveet", "", "“velveet” is not one of our words. Look at it again."),
        ("acorn barley cabin <b>", "", "“b” is not one of our words."),
        ("acorn barley cabin acorn", "many", "Write the number in figures, such as 1,234."),
    ],
)
def test_what_cannot_be_looked_up_is_answered_beside_the_field(words, size, told):
    seal(3)
    page = ask(words, size)
    assert told in page
    assert "they match." not in page
    assert "they do not match." not in page


def test_a_keeper_who_signed_it_is_counted(tmp_path):
    seal(3)
    name_it(look(tmp_path))
    services.publish_head(now=NOW)
    look(tmp_path)
    assert "One outside keeper agrees." in ask(SignedHead.objects.latest("size").words)


def test_before_the_first_seal_there_is_nothing_to_ask():
    told = Client().get("/record/").content.decode()
    assert "do they match?" not in told


def test_asking_costs_one_query_more_with_one_seal_and_with_three():
    head = seal(1)
    with at_most(7):
        ask(head.words)
    seal(1, days=1)
    seal(1, days=2)
    with at_most(7):
        ask(head.words)


def test_the_head_before_a_day_never_changes_again():
    first = seal(3)
    day = (NOW + timedelta(days=1)).date()
    assert published.head_before(NOW.date()) is None
    assert published.head_before(day) == first
    seal(2, days=1)
    assert published.head_before(day) == first
