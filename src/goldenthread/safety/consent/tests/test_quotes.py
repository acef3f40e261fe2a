"""Words are quoted only while their author lets us, and after a second reader has agreed."""

from html import unescape

import pytest
from django.db import connection
from django.db.models import OuterRef
from django.urls import reverse

from goldenthread.kit.erasure import erase
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.testing.queries import at_most
from goldenthread.organisations.models import Label
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.projects.work import work_for
from goldenthread.safety.consent import permissions, queries, services
from goldenthread.safety.consent.models import Consent, QuoteLook
from goldenthread.safety.consent.tests.factories import (
    consented,
    let_quote,
    of_children,
    quoted,
)
from goldenthread.safety.consent.wordings import QUOTE
from goldenthread.safety.readers.models import Reader
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.tests.factories import WordsFactory, released, sign_in
from goldenthread.thread.models import Entry, HeldEntry

pytestmark = pytest.mark.django_db
GONE = {
    "withdrawn": {},
    "removed": {"unpublished_because": "advert"},
    "held": {"hidden": True},
    "unpublished": {"unpublished_because": "advert", "released_on": None},
}
WORKS = ["tom", "cara"]
MOST_QUERIES = 5  # session, person, project, roles, words


@pytest.fixture
def house():
    return listening_project()


def listed(house):
    return set(queries.may_be_quoted(house.project))


def at(house, name, *rest):
    return reverse(f"consent:{name}", args=[house.project.address, *rest])


def shown_to(client, person, href):
    answer = sign_in(client, person).get(href)
    return answer.status_code, unescape(answer.content.decode())


@pytest.mark.parametrize("who", WORKS)
def test_facilitators_and_co_leads_see_what_may_be_quoted(house, client, who):
    quoted(house, "Ring us each Monday.")
    released(project=house.project, text="I would rather stay here.")
    status, page = shown_to(client, getattr(house, who), at(house, "quotes"))
    assert (status, "Ring us each Monday." in page) == (200, True)
    assert "I would rather stay here." not in page


@pytest.mark.parametrize("who", ["mina", "rosa", "priya", "dev", "ada", "nell", "stranger"])
def test_nobody_else_does(house, client, who):
    assert shown_to(client, getattr(house, who), at(house, "quotes"))[0] == 404


def test_a_second_reader_is_needed_and_it_is_not_who_released_the_words(house, client):
    words = consented(house)
    assert listed(house) == set()
    status, page = shown_to(client, house.rosa, at(house, "second"))
    assert (status, "You released this." in page, "It may be quoted" in page) == (200, True, False)
    with pytest.raises(Refusal):
        services.look_again(by=house.rosa, words=words, seen=words.version, agreed=True, now=NOW)
    status, page = shown_to(client, house.sam, at(house, "second"))
    assert "It may be quoted" in page
    answer = client.post(at(house, "look", words.pk), {"seen": words.version, "agreed": "yes"})
    assert answer.status_code == 302
    assert listed(house) == {words}
    assert Entry.objects.filter(kind="quote.agreed", about=words.pk).count() == 1
    assert list(queries.waiting(project=house.project)) == []


def test_what_the_second_reader_does_not_agree_to_is_not_quoted(house):
    words = consented(house)
    services.look_again(by=house.sam, words=words, seen=0, agreed=False, now=NOW)
    assert listed(house) == set()
    assert list(queries.waiting(project=house.project)) == []
    assert Entry.objects.filter(kind="quote.refused", about=words.pk).exists()
    with pytest.raises(Refusal):
        services.look_again(by=house.sam, words=words, seen=0, agreed=True, now=NOW)


@pytest.mark.parametrize("who", ["mina", "tom", "cara", "priya", "nell", "stranger"])
def test_only_readers_take_the_second_look(house, client, who):
    words = consented(house)
    person = getattr(house, who)
    assert shown_to(client, person, at(house, "second"))[0] == 404
    assert client.post(at(house, "look", words.pk), {"seen": 0, "agreed": "yes"}).status_code == 404
    with pytest.raises(Refusal):
        services.look_again(by=person, words=words, seen=0, agreed=True, now=NOW)


def test_a_new_reader_whose_own_readings_are_looked_at_is_no_second_reader(house, client):
    assert permissions.may_look_again(house.sam, house.project, now=NOW)
    Reader.objects.filter(person=house.sam).update(checked=3, agreed=3)
    vars(house.sam).pop("_reads_as", None)
    assert not permissions.may_look_again(house.sam, house.project, now=NOW)
    words = consented(house)
    status, page = shown_to(client, house.sam, at(house, "second"))
    assert (status, "once your first ten readings are behind you" in page) == (200, True)
    client.post(at(house, "look", words.pk), {"seen": words.version, "agreed": "yes"})
    assert listed(house) == set()


def stops_with(house, words, act):
    """What becomes of the list after an act: the words are on it, then not."""
    assert listed(house) == {words}
    act()
    return listed(house) == set()


def test_taking_it_back_takes_the_words_off_at_once(house, client):
    words = quoted(house)
    assert stops_with(house, words, lambda: services.withdraw(words=words, purpose=QUOTE, now=NOW))
    assert words.text not in shown_to(client, house.tom, at(house, "quotes"))[1]
    assert HeldEntry.objects.filter(kind="consent.quote-withdrawn", about=words.pk).count() == 1


def test_a_list_that_forgot_who_took_it_back_would_be_caught(house, monkeypatch):
    """The negative control: with every consent that was ever given, the words stay listed."""
    ever = Consent.objects.filter(words=OuterRef("pk"), purpose=QUOTE)
    monkeypatch.setattr(queries, "in_force", lambda _purpose, _words=None: ever)
    words = quoted_past_services(house)
    taken_back = Consent.objects.filter(words=words)
    assert not stops_with(house, words, lambda: taken_back.update(withdrawn_on=NOW.date()))


def quoted_past_services(house):
    words = released(project=house.project, read_by=house.rosa)
    said = {"purpose": QUOTE, "version": 1, "how": "later", "given_on": NOW.date()}
    Consent.objects.create(words=words, **said)
    QuoteLook.objects.create(words=words, seen=words.version, agreed=True, on=NOW.date())
    return words


@pytest.mark.parametrize("state", GONE)
def test_words_that_are_not_shown_are_not_quoted(house, state):
    words = quoted(house)
    gone = Words.objects.filter(pk=words.pk)
    assert stops_with(house, words, lambda: gone.update(state=state, **GONE[state]))


def test_words_that_a_reader_changed_are_looked_at_again(house):
    words = quoted(house, "Ring Dr Quill each Monday.")
    hidden = reading.hide(by=house.sam, words=words, until_second_reader=False, now=NOW)
    masks = [[5, 13, "name removed", "text"]]
    again = {"by": house.rosa, "version": hidden.version, "now": NOW}
    reading.release(words=hidden, masks=masks, **again)
    assert listed(house) == set()
    assert list(queries.waiting(project=house.project)) == [words]


def test_what_a_reader_took_out_is_marked_and_neither_name_nor_label_stands_beside(house, client):
    label = Label.objects.create(organisation=house.organisation, text="Young carer")
    words = quoted(
        house,
        "Ring Dr Quill each Monday.\n\n— Wanda",
        masks=[[5, 13, "name removed", "text"]],
        shown="Ring [name removed] each Monday.\n\n— Wanda",
    )
    page = shown_to(client, house.tom, at(house, "quotes"))[1]
    assert "Ring [name removed] each Monday." in page
    assert "A reader took something out." in page
    assert "Wanda" not in page
    assert label.text not in page
    assert words.pk.hex not in page.replace("-", "")


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("Ring us.\n\n— Wanda", "Ring us."),
        ("Ring us.\n\nAnd again.\n\n— [name removed]", "Ring us.\n\nAnd again."),
        ("Ring us.\n\n– or write.", "Ring us.\n\n– or write."),
        ("— just a dash", "— just a dash"),
        ("Ring us.", "Ring us."),
    ],
)
def test_a_signature_is_left_out(text, quote):
    assert queries.unsigned(text) == quote


def test_children_are_neither_asked_nor_quoted(house):
    words = quoted(house)
    of_children(house.project)
    assert not permissions.may_be_asked(house.project)
    assert listed(house) == set()
    other = released(project=house.project)
    with pytest.raises(Refusal):
        let_quote(other)
    assert list(queries.waiting(project=house.project)) == []
    assert words.consents.count() == 1  # what was given before stays known, and unused


def test_another_sentence_than_todays_is_not_agreed_to(house):
    with pytest.raises(Refusal):
        let_quote(released(project=house.project), version=99)
    assert not Consent.objects.exists()


def test_saying_it_twice_counts_once_and_again_after_taking_back_is_a_new_round(house):
    words = released(project=house.project)
    assert let_quote(words) == let_quote(words)
    services.withdraw(words=words, purpose=QUOTE, now=NOW)
    assert services.withdraw(words=words, purpose=QUOTE, now=NOW) is False
    assert let_quote(words).round == 2
    kinds = list(HeldEntry.objects.filter(about=words.pk).values_list("kind", flat=True))
    assert sorted(kinds) == [
        "consent.quote-given",
        "consent.quote-given-again",
        "consent.quote-withdrawn",
    ]


@pytest.mark.parametrize("state", ["withdrawn", "removed", "unpublished"])
def test_for_words_that_are_gone_nothing_is_given_but_all_can_be_taken_back(house, state):
    words = consented(house)
    Words.objects.filter(pk=words.pk).update(state=state, **GONE[state])
    assert services.withdraw(words=words, purpose=QUOTE, now=NOW) is True
    with pytest.raises(Refusal):
        let_quote(words)


def test_it_goes_with_its_words(house):
    words, other = quoted(house), quoted(house)
    erase(Words, [words.pk])
    assert list(Consent.objects.values_list("words", flat=True)) == [other.pk]
    assert list(QuoteLook.objects.values_list("words", flat=True)) == [other.pk]
    assert Words.objects.get(pk=words.pk).consented == ""


def test_only_days_are_kept_and_nothing_points_to_a_person():
    with connection.cursor() as cursor:
        cursor.execute(
            "select column_name, data_type from information_schema.columns"
            " where table_name = 'consent_consent'"
        )
        types = dict(cursor.fetchall())
    assert {name for name, kind in types.items() if "timestamp" in kind} == set()
    assert {name for name, kind in types.items() if kind == "uuid"} == {"ref", "words_id"}


def test_readers_hear_what_waits_for_them(house):
    consented(house)
    consented(house)
    said = [each.text for each in work_for(house.sam, [house.project], now=NOW)]
    assert any(each.startswith("Two may be quoted once you have read them too") for each in said)
    own = [each.text for each in work_for(house.rosa, [house.project], now=NOW)]
    assert not any("may be quoted" in each for each in own)


@pytest.mark.parametrize("many", [1, 3])
@pytest.mark.parametrize(("who", "name"), [("tom", "quotes"), ("sam", "second")])
def test_lists_cost_the_same_whatever_they_hold(house, client, who, name, many):
    make = quoted if name == "quotes" else consented
    for _number in range(many):
        make(house)
    sign_in(client, getattr(house, who)).get(at(house, name))
    with at_most(MOST_QUERIES + 2):
        assert client.get(at(house, name)).status_code == 200


def test_words_still_waiting_to_be_read_are_not_listed(house):
    let_quote(WordsFactory.create(project=house.project))
    assert list(queries.waiting(project=house.project)) == []
