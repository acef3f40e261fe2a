"""On their own page authors see what they agreed to, agree afterwards, and take it back."""

from typing import Any

import pytest
from django.db import connection

from goldenthread.kit import clock
from goldenthread.listen.voices import queries as voices
from goldenthread.listen.voices import services as speaking
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.tests.factories import VoiceFactory, signed_in, spoken, with_receipt
from goldenthread.pages.tests.factories import AUTHORS, OTHERS, OWN, author, cost, held, other, read
from goldenthread.people.accounts.models import Person
from goldenthread.people.accounts.tests.factories import PersonFactory
from goldenthread.people.notifications.models import Letter
from goldenthread.people.notifications.services import write_letter
from goldenthread.people.receipts.services import open_with
from goldenthread.projects.speaker import Guest
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.safety.concerns.models import Concern
from goldenthread.safety.consent import queries
from goldenthread.safety.consent.models import Consent
from goldenthread.safety.consent.tests.factories import of_children, quoted
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.tests.factories import released
from goldenthread.thread import journal, replaying
from goldenthread.thread.models import HeldEntry

pytestmark = pytest.mark.django_db
MAY = "May we quote these words elsewhere?"
DOES = "You let us quote these words"
KNOWN = "The support team knows who you are."


def in_force(voice: Voice) -> bool:
    return Consent.objects.filter(words=voice.pk, purpose="quote", withdrawn_on=None).exists()


@pytest.mark.parametrize("who", AUTHORS)
def test_an_author_agrees_afterwards_and_takes_it_back(house: Listening, who: str) -> None:
    mine = author(house, who)
    page = read(mine.browser, mine.back)
    assert (MAY in page, DOES in page) == (True, False)
    mine.browser.post(mine.at("quote/"), {"version": "1"})
    assert in_force(mine.voice)
    page = read(mine.browser, mine.back)
    assert (MAY in page, DOES in page) == (False, True)
    assert "What was printed or said before that. We cannot take it back." in page
    assert OWN not in page
    answer = mine.browser.post(mine.at("stop-quoting/"), follow=True)
    assert "What was printed before, we cannot take back." in answer.content.decode()
    assert not in_force(mine.voice)
    assert MAY in read(mine.browser, mine.back)


@pytest.mark.parametrize("who", AUTHORS)
def test_taking_it_back_takes_the_words_off_the_list(house: Listening, who: str) -> None:
    words = quoted(house)
    mine = author(house, who, words)
    assert list(queries.may_be_quoted(house.project)) == [words]
    mine.browser.post(mine.at("stop-quoting/"))
    assert list(queries.may_be_quoted(house.project)) == []


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_agrees_or_takes_back_for_them(house: Listening, who: str) -> None:
    mine = author(house, "member", quoted(house))
    browser = other(house, who)
    for act in ("quote/", "stop-quoting/", "be-unknown/"):
        assert browser.post(mine.at(act), {"version": "1"}).status_code == 404
    assert in_force(mine.voice)
    mine.voice.refresh_from_db()
    assert mine.voice.author is not None


def test_a_yes_to_another_sentence_or_to_none_is_no_yes(house: Listening) -> None:
    mine = author(house, "receipt")
    for sent in ({"version": "99"}, {}, {"version": "x"}):
        mine.browser.post(mine.at("quote/"), sent)
    assert not Consent.objects.exists()


def test_children_are_not_asked_but_can_take_back(house: Listening) -> None:
    mine = author(house, "receipt", quoted(house))
    new = author(house, "receipt")
    of_children(house.project)
    assert MAY not in read(new.browser, new.back)
    new.browser.post(new.at("quote/"), {"version": "1"})
    assert not in_force(new.voice)
    mine.browser.post(mine.at("stop-quoting/"))
    assert not in_force(mine.voice)


@pytest.mark.parametrize("state", ["withdrawn", "removed", "unpublished"])
def test_it_is_not_offered_for_words_that_are_gone(house: Listening, state: str) -> None:
    mine = author(house, "receipt")
    Words.objects.filter(pk=mine.voice.pk).update(
        state=state, unpublished_because="advert", withdrawn_on=clock.today(NOW)
    )
    with clock.frozen(NOW):
        assert MAY not in read(mine.browser, mine.back)


@pytest.mark.parametrize("many", [1, 3])
def test_what_was_agreed_to_costs_no_query_more(house: Listening, many: int) -> None:
    browser, holder = with_receipt(house.project)
    for _number in range(many):
        VoiceFactory.create(words=quoted(house), receipt_id=holder.receipt)
    cost(browser, "/receipt/")


def known_guest(house: Listening) -> Any:
    browser, holder = with_receipt(house.project)
    given = {"known_as": "support", "given_name": "Canary-Una", "by": holder, "add_to_mine": True}
    said = spoken(house.project, **given)
    return browser, said.voice


def known_member(house: Listening, *, keep: bool) -> tuple[Person, Voice, str]:
    una = PersonFactory.create(name="Una")
    said = spoken(house.project, by=una, known_as="support", keep_receipt=keep)
    return una, said.voice, said.code or ""


def unknown(voice: Voice) -> tuple[str, object, object]:
    voice.refresh_from_db()
    return voice.known_as, voice.author_id, voice.given_name


def test_a_guest_takes_back_that_the_support_team_knows(house: Listening) -> None:
    browser, voice = known_guest(house)
    assert list(voices.known_to_support(house.project)) == [voice]
    assert KNOWN in read(browser, "/receipt/")
    page = read(browser, f"/my-voices/{voice.pk}/be-unknown/")
    assert "So far, no one has looked at who you are." in page
    answer = browser.post(f"/my-voices/{voice.pk}/be-unknown/", follow=True)
    assert "cannot see who you are any more" in answer.content.decode()
    assert unknown(voice) == ("unlinked", None, None)
    assert list(voices.known_to_support(house.project)) == []
    assert KNOWN not in read(browser, "/receipt/")
    assert Consent.objects.get(purpose="reach").withdrawn_on is not None
    href = f"/p/{house.project.address}/known/{voice.pk}/"
    assert signed_in(house.priya).get(href).status_code == 404


def test_an_author_hears_that_somebody_has_looked_and_what_stays(house: Listening) -> None:
    browser, voice = known_guest(house)
    speaking.see_author(by=house.priya, voice=voice, because="To ring them.", now=NOW)
    Concern.objects.create(
        project=house.project, words=voice.words, why="Worried.", raised_on=NOW, raised_at=NOW
    )
    page = read(browser, f"/my-voices/{voice.pk}/be-unknown/")
    assert "Somebody of the support team has looked at who you are." in page
    assert "Notes that were written to keep a person safe stay too." in page
    browser.post(f"/my-voices/{voice.pk}/be-unknown/")
    assert Concern.objects.get().words_id == voice.pk
    href = f"/p/{house.project.address}/known/{voice.pk}/"
    assert signed_in(house.priya).get(href).status_code == 404


def test_a_member_with_a_receipt_leaves_my_voices_and_the_receipt_still_opens(
    house: Listening,
) -> None:
    una, voice, code = known_member(house, keep=True)
    browser = signed_in(una)
    page = read(browser, f"/my-voices/{voice.pk}/be-unknown/")
    assert "Then only a receipt leads back to them." in page
    assert "keep_receipt" not in page
    browser.post(f"/my-voices/{voice.pk}/be-unknown/")
    assert unknown(voice) == ("unlinked", None, None)
    assert list(voices.mine(una)) == []
    receipt = open_with(code=code, now=NOW)
    assert list(voices.mine(Guest(receipt=receipt.ref))) == [voice]


def test_a_member_without_one_is_warned_and_asked_and_may_have_one(house: Listening) -> None:
    una, voice, _code = known_member(house, keep=False)
    browser, href = signed_in(una), f"/my-voices/{voice.pk}/be-unknown/"
    assert "You have none for these words." in read(browser, href)
    assert "Choose one." in browser.post(href).content.decode()
    assert unknown(voice)[0] == "support"
    answer = browser.post(href, {"keep_receipt": "keep"})
    assert answer.context["code"] in answer.content.decode()
    receipt = open_with(code=answer.context["code"], now=NOW)
    assert list(voices.mine(Guest(receipt=receipt.ref))) == [voice]
    assert unknown(voice) == ("unlinked", None, None)
    assert browser.get(href).status_code == 404


def test_a_member_may_choose_that_nothing_leads_back(house: Listening) -> None:
    una, voice, _code = known_member(house, keep=False)
    signed_in(una).post(f"/my-voices/{voice.pk}/be-unknown/", {"keep_receipt": "none"})
    voice.refresh_from_db()
    assert (voice.author, voice.receipt, voice.known_as) == (None, None, "unlinked")


def joined(person: Person, voice: Voice) -> list[str]:
    """Tables that still hold a row with both the person and the voice."""
    found = []
    with connection.cursor() as cursor:
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'select t::text from "{table}" t')  # noqa: S608  names of tables
            rows = [row for (row,) in cursor.fetchall()]
            both = [row for row in rows if str(person.pk) in row and str(voice.pk) in row]
            found += [table] * bool(both)
    return sorted(found)


def test_no_row_joins_the_member_to_the_voice_any_more(house: Listening) -> None:
    una, voice, _code = known_member(house, keep=True)
    link = f"/my-voices/{voice.pk}/"
    names = {"project": house.project.title}
    write_letter(key=f"question:{voice.pk}:1", text="question", link=link, names=names, person=una)
    assert joined(una, voice) == ["notifications_letter", "voices_voice"]
    signed_in(una).post(f"/my-voices/{voice.pk}/be-unknown/")
    assert joined(una, voice) == []
    assert not Letter.objects.exists()


def test_the_record_keeps_it_to_itself_and_a_restore_does_not_bring_it_back(
    house: Listening, settings: Any, tmp_path: Any
) -> None:
    settings.DATA = tmp_path
    una, voice, _code = known_member(house, keep=True)
    signed_in(una).post(f"/my-voices/{voice.pk}/be-unknown/")
    assert HeldEntry.objects.filter(kind="voice.reach-ended", about=voice.pk).exists()
    Voice.objects.filter(pk=voice.pk).update(known_as="support", author=una)  # the older database
    acts = list(journal.noted(journal.folder()))
    assert replaying.replay(acts, now=NOW) == 1
    assert unknown(voice) == ("unlinked", None, None)
    assert replaying.replay(acts, now=NOW) == 0


@pytest.mark.parametrize("known_as", ["unlinked", "named"])
def test_only_who_is_known_to_the_support_team_can_take_that_back(
    house: Listening, known_as: str
) -> None:
    browser, holder = with_receipt(house.project)
    words = released(project=house.project)
    voice = VoiceFactory.create(words=words, receipt_id=holder.receipt, known_as=known_as)
    assert KNOWN not in read(browser, "/receipt/")
    assert browser.get(f"/my-voices/{voice.pk}/be-unknown/").status_code == 404


def test_ones_own_file_holds_what_one_agreed_to(house: Listening) -> None:
    mine = author(house, "receipt", held(house))
    mine.browser.post(mine.at("quote/"), {"version": "1"})
    page = read(mine.browser, "/receipt/everything/")
    assert "What you agreed to about your words" in page
    assert "Quoting the words elsewhere" in page
