"""The receipt page: one address, opened by a code; what became of the words, never the words."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.contrib.sessions.backends.base import SessionBase
from django.test import Client

from goldenthread.debrief.replies.models import Told
from goldenthread.debrief.replies.tests.factories import GOOD, changed, sent
from goldenthread.kit import clock
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.tests.factories import (
    released_voice,
    signed_in,
    spoken,
    with_receipt,
)
from goldenthread.pages.tests.factories import (
    OWN,
    asked,
    author,
    cost,
    links_in,
    main_of,
    other,
    read,
    unpublished,
)
from goldenthread.people.receipts import services as receipts
from goldenthread.people.receipts.limits import A_DRAWER
from goldenthread.people.receipts.models import Receipt
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import RECEIPT, Guest
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.safety.reading import services as reading

pytestmark = pytest.mark.django_db
WRONG = "0000-0000-0000-0000-0000"
HERE = "/receipt/"


def said(house: Listening, **given: object) -> tuple[Voice, str]:
    """Someone says something, and keeps the receipt."""
    new = spoken(house.project, f"A {OWN} sat there.", would_have_helped=OWN, **given)
    return new.voice, new.code or ""


def opened(browser: Client, code: str) -> Client:
    assert browser.post(HERE, {"code": code}).status_code == 302
    return browser


def session_of(browser: Client) -> SessionBase:
    return browser.session


def test_a_receipt_opens_however_it_is_typed_and_the_address_stays(house: Listening) -> None:
    _voice, code = said(house)
    browser = Client()
    answer = browser.post(HERE, {"code": code.lower().replace("-", " ")})
    assert answer["Location"] == HERE
    shown = read(browser, HERE)
    assert "You said it" in shown
    assert "A person will read it" in shown


def test_a_wrong_code_says_so_beside_the_box_and_keeps_what_was_typed(house: Listening) -> None:
    said(house)
    shown = Client().post(HERE, {"code": WRONG}).content.decode()
    assert "We cannot find this receipt." in shown
    assert 'id="id_code_error"' in shown
    assert WRONG in shown
    assert "You said it" not in shown


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("", "Type the letters and numbers of your receipt."),
        ("K7M2", "A receipt has 20 letters and numbers."),
        ("U" * 20, "There is a letter here that receipts do not use."),
    ],
)
def test_what_is_no_receipt_is_answered_in_plain_words(
    house: Listening, code: str, sentence: str
) -> None:
    assert sentence in Client().post(HERE, {"code": code}).content.decode()


def test_after_too_many_tries_even_the_right_code_waits_an_hour(house: Listening) -> None:
    _voice, code = said(house)
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    browser = Client()
    for _try in range(A_DRAWER):
        assert "We cannot find" in browser.post(HERE, {"code": wrong}).content.decode()
    refused = browser.post(HERE, {"code": code})
    assert "tried too often. Please wait an hour" in refused.content.decode()
    assert "What became of your words?" in read(browser, HERE)
    with clock.frozen(NOW + timedelta(hours=1)):
        assert "You said it" in read(opened(browser, code), HERE)


@pytest.mark.parametrize("state", ["held", "asked", "unpublished", "shown", "withdrawn"])
def test_the_words_are_never_on_the_page(house: Listening, state: str) -> None:
    words = {"asked": asked, "unpublished": unpublished}.get(state, lambda _house: None)(house)
    mine = author(house, "receipt", words)
    if state == "shown":
        reading.release(by=house.rosa, words=mine.voice.words, version=0, now=NOW)
    if state == "withdrawn":
        mine.browser.post(mine.at("take-back/"))
    shown = read(mine.browser, HERE)
    assert "You said it" in shown
    assert OWN not in shown


def test_what_an_author_answered_is_told_and_not_repeated(house: Listening) -> None:
    mine = author(house, "receipt", asked(house))
    mine.browser.post(mine.at("answer/"), {"text": "It was the heron."})
    shown = read(mine.browser, HERE)
    assert "You answered in" in shown
    assert "heron" not in shown


def test_no_one_elses_voice_stands_under_a_receipt(house: Listening) -> None:
    theirs = author(house, "receipt", asked(house))
    mine = author(house, "receipt")
    assert "Which bird was it?" in read(theirs.browser, HERE)
    assert "Which bird was it?" not in read(mine.browser, HERE)
    assert str(theirs.voice.ref) not in read(mine.browser, HERE)


def test_a_receipt_does_not_show_what_a_member_said_with_their_account(house: Listening) -> None:
    member = author(house, "member")
    _voice, code = said(house)
    opened(member.browser, code)
    assert str(member.voice.ref) not in read(member.browser, HERE)
    assert "You said it" in read(member.browser, HERE)


def test_several_voices_under_one_receipt_each_have_their_own_thread(house: Listening) -> None:
    first, code = said(house, kind="issue")
    again = {"by": Guest(receipt=first.receipt_id), "add_to_mine": True, "kind": "idea"}
    second, none = said(house, **again)
    assert not none
    shown = read(opened(Client(), code), HERE)
    assert shown.count("<h2>Getting help while you wait:") == 2
    for voice in (first, second):
        assert f"/my-voices/{voice.ref}/take-back/" in shown


def test_opening_changes_the_session_key_so_that_no_one_else_shares_it(house: Listening) -> None:
    browser, _holder = with_receipt(house.project)
    before = session_of(browser).session_key
    _voice, code = said(house)
    opened(browser, code)
    assert session_of(browser).session_key != before
    left = Client()
    left.cookies["session"] = before or ""
    assert "You said it" not in read(left, HERE)
    assert session_of(browser).get_expiry_age() <= 30 * 60


def test_closing_puts_it_away_in_this_browser_and_changes_the_key(house: Listening) -> None:
    _voice, code = said(house)
    browser = opened(Client(), code)
    before = session_of(browser).session_key
    assert browser.post("/receipt/close/")["Location"] == HERE
    assert "Your receipt is put away." in read(browser, HERE)
    assert RECEIPT not in session_of(browser)
    assert session_of(browser).session_key != before
    assert "You said it" not in read(browser, HERE)
    assert "You said it" in read(opened(browser, code), HERE)


@pytest.mark.parametrize("path", ["/receipt/close/", "/receipt/close-for-good/"])
def test_a_mere_link_closes_nothing(house: Listening, path: str) -> None:
    mine = author(house, "receipt")
    assert mine.browser.get(path).status_code == 405
    assert "You said it" in read(mine.browser, HERE)


def test_closed_for_good_it_opens_nothing_for_whoever_has_seen_it(house: Listening) -> None:
    voice, code = said(house)
    mine, nosy = opened(Client(), code), opened(Client(), code)
    assert "Somebody else has seen my receipt" in read(mine, HERE)
    told = mine.post("/receipt/close-for-good/", follow=True).content.decode()
    assert "Your receipt is closed. It opens nothing any more." in told
    shown = main_of(read(nosy, HERE))
    assert "Nothing is kept under this receipt any more" in shown
    assert "Close it for good" not in shown
    assert nosy.post(f"/my-voices/{voice.ref}/take-back/").status_code == 404
    assert "We cannot find" in Client().post(HERE, {"code": code}).content.decode()
    voice.words.refresh_from_db()
    assert voice.words.state == "held"


def test_no_answer_waits_behind_a_receipt_that_was_closed_for_good(house: Listening) -> None:
    browser, holder = with_receipt(house.project)
    mine = released_voice(house.project, receipt=Receipt.objects.get(ref=holder.receipt))
    kept = released_voice(
        house.project, receipt=receipts.issue(scope=house.project.ref, now=NOW).receipt
    )
    sent(house, "change", changed(house, [mine, kept]))
    before = Told.objects.get(voice=mine)
    assert before.state == Told.State.WAITING
    browser.post("/receipt/close-for-good/")
    assert Told.objects.get(voice=mine).state == Told.State.BOARD
    assert Told.objects.get(voice=kept).state == Told.State.WAITING
    assert Told.objects.get(voice=mine).on == before.on  # no row tells when it was given up


def test_without_a_receipt_there_is_nothing_to_close_for_good(house: Listening) -> None:
    said(house)
    assert Client().post("/receipt/close-for-good/")["Location"] == HERE
    assert not Receipt.objects.filter(closed=True).exists()


def test_an_answer_to_a_closed_receipt_stands_only_on_the_board(house: Listening) -> None:
    receipt = receipts.issue(scope=house.project.ref, now=NOW).receipt
    voice = released_voice(house.project, receipt=receipt)
    receipts.close(receipt=receipt, now=NOW)
    sent(house, "change", changed(house, [voice]))
    assert Told.objects.get(voice=voice).state == "board"


def test_when_the_words_are_destroyed_the_receipt_says_so(house: Listening) -> None:
    voice, code = said(house)
    browser = opened(Client(), code)
    browser.post(f"/my-voices/{voice.ref}/take-back/")
    assert "You took your words back" in read(browser, HERE)
    with clock.frozen(NOW + timedelta(days=7)):
        reading.destroy_due(now=clock.now())
        shown = main_of(read(opened(Client(), code), HERE))
    assert "Your words are gone" in shown
    assert "We do not have them now" in shown
    assert "Put my words back" not in shown


def test_opening_is_being_told(house: Listening) -> None:
    browser, holder = with_receipt(house.project)
    voice = released_voice(house.project, receipt_id=holder.receipt)
    elsewhere = released_voice(
        house.project, receipt=receipts.issue(scope=house.project.ref, now=NOW).receipt
    )
    sent(house, "change", changed(house, [voice, elsewhere]))
    assert Told.objects.get(voice=voice).state == "waiting"
    assert GOOD["text"][:40] in read(browser, HERE)
    assert Told.objects.get(voice=voice).state == "opened"
    assert Told.objects.get(voice=elsewhere).state == "waiting"


def test_what_a_reader_wrote_is_noted_as_seen_by_its_author_alone(house: Listening) -> None:
    mine = author(house, "receipt", asked(house))
    line = mine.voice.words.exchanges.get()
    read(other(house, "receipt"), HERE)
    line.refresh_from_db()
    assert not line.seen
    read(mine.browser, HERE)
    line.refresh_from_db()
    assert line.seen


def test_more_than_ten_voices_are_paged_the_newest_first(house: Listening) -> None:
    browser, holder = with_receipt(house.project)
    said = [
        released_voice(house.project, receipt_id=holder.receipt, kind="idea") for _ in range(12)
    ]
    for days, voice in enumerate(said):
        voice.words.received_on = NOW.date() - timedelta(days=days)
        voice.words.save()
    first = main_of(read(browser, HERE))
    (onward,) = [href for href in links_in(first) if href.startswith("?from=")]
    second = main_of(read(browser, HERE + onward))
    places = [first.find(f"/my-voices/{voice.ref}/") for voice in said[:10]]
    assert places == sorted(places)
    assert -1 not in places
    assert [f"/my-voices/{voice.ref}/" in second for voice in said] == [False] * 10 + [True] * 2
    assert "You said more than fits here." in first


def test_ten_voices_stand_on_one_page(house: Listening) -> None:
    browser, holder = with_receipt(house.project)
    for _ in range(10):
        released_voice(house.project, receipt_id=holder.receipt)
    shown = main_of(read(browser, HERE))
    assert shown.count("/take-back/") == 10
    assert "more than fits here" not in shown


def followed(house: Listening, receipt: UUID | None) -> None:
    """One more voice under the receipt, followed all the way to a change and an answer."""
    sent(house, "change", changed(house, [released_voice(house.project, receipt_id=receipt)]))


def test_three_voices_on_their_whole_thread_cost_what_one_costs(house: Listening) -> None:
    browser, holder = with_receipt(house.project)
    followed(house, holder.receipt)
    with clock.frozen(NOW + timedelta(days=90)):
        one = cost(browser, HERE)
    followed(house, holder.receipt)
    followed(house, holder.receipt)
    with clock.frozen(NOW + timedelta(days=90)):
        assert cost(browser, HERE) == one
        assert read(browser, HERE).count("Has it changed for you?") == 3


def test_a_receipt_in_use_stays_open_and_one_left_alone_does_not(house: Listening) -> None:
    with clock.frozen(NOW):
        _voice, code = said(house)
        browser = opened(Client(), code)
    for minutes in (20, 45, 70):
        with clock.frozen(NOW + timedelta(minutes=minutes)):
            assert "You said it" in read(browser, HERE)
    with clock.frozen(NOW + timedelta(minutes=101)):
        assert "You said it" not in read(browser, HERE)


def test_who_signs_in_cannot_be_joined_to_the_receipt_they_open(house: Listening) -> None:
    voice, code = said(house)
    browser = signed_in(house.mina)
    opened(browser, code)
    kept = str(dict(session_of(browser)))
    assert str(house.mina.pk) in kept
    assert str(voice.receipt_id) not in kept


def test_words_typed_while_the_receipt_was_put_away_are_sent_all_the_same(
    house: Listening,
) -> None:
    typed = "The room with the blue door."
    with clock.frozen(NOW):
        voice, code = said(house)
        reading.ask_back(by=house.rosa, words=voice.words, text="Which room?", version=0, now=NOW)
        browser = opened(Client(), code)
    there = f"/my-voices/{voice.ref}/answer/"
    with clock.frozen(NOW + timedelta(hours=2)):
        closed = browser.post(there, {"text": typed})
        assert closed.status_code == 409
        assert typed in closed.content.decode()
        assert typed in browser.post(there, {"text": typed, "code": WRONG}).content.decode()
        assert browser.post(there, {"text": typed, "code": code}).status_code == 302
    assert voice.words.exchanges.filter(text=typed).exists()


def test_a_session_sealed_with_keys_that_are_gone_opens_nothing(house: Listening) -> None:
    _voice, code = said(house)
    browser = opened(Client(), code)
    session = browser.session
    session[RECEIPT] = session[RECEIPT][::-1]
    session.save()
    assert "You said it" not in read(browser, HERE)


@pytest.mark.parametrize(("ages", "times"), [(["adult"], 0), (["13-15"], 2)])
def test_where_children_were_asked_childline_stands_beside_their_receipt(
    house: Listening, ages: list[str], times: int
) -> None:
    Project.objects.filter(pk=house.project.pk).update(ages=ages)
    house.project.refresh_from_db()
    _voice, code = said(house)
    browser = opened(Client(), code)
    pages = [browser.get(each).content.decode() for each in (HERE, "/receipt/everything/")]
    assert sum("0800 1111" in each for each in pages) == times
