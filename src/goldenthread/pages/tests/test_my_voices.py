"""My voices: a list of one's own, and one thing followed to what came of it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from goldenthread.debrief.replies.models import Told
from goldenthread.debrief.replies.tests.factories import by_member, changed, sent
from goldenthread.kit import clock
from goldenthread.kit.text import say_day
from goldenthread.listen.themes import services as themes
from goldenthread.listen.themes.tests.factories import theme_with
from goldenthread.listen.voices.tests.factories import VoiceFactory, signed_in, with_receipt
from goldenthread.pages.tests.factories import (
    OTHERS,
    OWN,
    asked,
    author,
    cost,
    links_in,
    main_of,
    other,
    read,
)
from goldenthread.people.accounts.models import Person
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.safety.reading import services as reading

pytestmark = pytest.mark.django_db
LIST = "/my-voices/"


def own(house: Listening, person: Person, number: int = 1, **words: object) -> list[str]:
    """Let someone say things with their account; returns where each is followed."""
    made = VoiceFactory.create_batch(
        number,
        words__project=house.project,
        words__text=f"A {OWN} sat there.",
        author=person,
        known_as="support",
        **{f"words__{name}": value for name, value in words.items()},
    )
    return [f"{LIST}{voice.ref}/" for voice in made]


def voices_on(shown: str) -> list[str]:
    return [href for href in links_in(main_of(shown)) if href.startswith(LIST) and href != LIST]


@pytest.mark.parametrize("path", [LIST, f"{LIST}00000000-0000-4000-8000-000000000000/"])
def test_guests_are_asked_to_sign_in(house: Listening, path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/sign-in/")


def test_the_title_tells_nobody_beside_the_author(house: Listening) -> None:
    (mine,) = own(house, house.mina)
    assert "<title>Notes</title>" in read(signed_in(house.mina), mine)


def test_everyone_sees_their_own_alone(house: Listening) -> None:
    mine, theirs = own(house, house.mina, 2), own(house, house.nell)
    assert set(voices_on(read(signed_in(house.mina), LIST))) == set(mine)
    assert voices_on(read(signed_in(house.nell), LIST)) == theirs
    nothing = read(signed_in(house.stranger), LIST)
    assert voices_on(nothing) == []
    assert "You have not said anything yet" in nothing


def test_what_stands_under_a_receipt_is_not_the_members(house: Listening) -> None:
    browser, holder = with_receipt(house.project)
    VoiceFactory.create(words__project=house.project, receipt_id=holder.receipt)
    browser.force_login(house.mina)
    assert voices_on(read(browser, LIST)) == []


def test_the_newest_comes_first_and_the_words_are_nowhere(house: Listening) -> None:
    (old,) = own(house, house.mina, received_on=date(2026, 3, 3))
    (new,) = own(house, house.mina, received_on=date(2026, 3, 9))
    shown = read(signed_in(house.mina), LIST)
    assert voices_on(shown) == [new, old]
    assert OWN not in shown


def test_every_voice_stands_on_one_page_of_the_list(house: Listening) -> None:
    mine = own(house, house.mina, 26)
    own(house, house.nell, 3)
    browser = signed_in(house.mina)
    first = read(browser, LIST)
    (onward,) = [href for href in links_in(first) if href.startswith("?from=")]
    second = read(browser, LIST + onward)
    assert len(voices_on(first)) == 25
    assert sorted(voices_on(first) + voices_on(second)) == sorted(mine)


def test_three_things_said_cost_what_one_costs(house: Listening) -> None:
    browser = signed_in(house.mina)
    own(house, house.mina)
    one = cost(browser, LIST)
    own(house, house.mina, 2)
    assert cost(browser, LIST) == one


@pytest.mark.parametrize("who", [each for each in OTHERS if each not in ("guest", "receipt")])
def test_someone_elses_looks_like_what_is_not_there(house: Listening, who: str) -> None:
    voice = author(house, "member", asked(house)).voice
    browser = other(house, who)
    absent = browser.get(f"{LIST}{uuid4()}/")
    hidden = browser.get(f"{LIST}{voice.ref}/")
    assert (hidden.status_code, hidden.content) == (404, absent.content)


def test_a_member_follows_what_they_said_and_never_reads_it(house: Listening) -> None:
    mine = author(house, "member", asked(house))
    shown = read(mine.browser, mine.back)
    assert "You said it" in shown
    assert "Which bird was it?" in shown
    assert OWN not in shown


def test_all_that_came_of_it_stands_in_order_with_the_way_there(house: Listening) -> None:
    voice = by_member(house)
    change = changed(house, [voice])
    reply = sent(house, "change", change)
    shown = main_of(read(signed_in(house.mina), f"{LIST}{voice.ref}/"))
    titles = ["You said it", "Waiting alone", "Decided, yes:", "Action:", "Changed:"]
    places = [shown.index(title) for title in [*titles, "You have an answer"]]
    assert places == sorted(places)
    assert shown.count(reply.text[:30]) == 1
    there = f"/p/{house.project.address}"
    for href in (f"{there}/changes/{change.ref}/", f"{there}/replies/{reply.ref}/"):
        assert href in links_in(shown)


def test_a_member_who_looks_has_been_told(house: Listening) -> None:
    mine, theirs = by_member(house), by_member(house, author=house.nell)
    sent(house, "change", changed(house, [mine, theirs]))
    read(signed_in(house.mina), f"{LIST}{mine.ref}/")
    told = dict(Told.objects.values_list("voice", "state"))
    assert told == {mine.ref: "opened", theirs.ref: "waiting"}


def test_a_topic_that_is_shown_back_asks_its_author_and_no_one_else(house: Listening) -> None:
    inside, outside = by_member(house), by_member(house)
    theme = theme_with(house.project, 0)
    themes.group(by=house.tom, theme=theme, voices=[inside.pk], now=NOW)
    themes.show_back(by=house.tom, theme=theme, now=NOW)
    question = f"/p/{house.project.address}/themes/{theme.ref}/correct/"
    browser = signed_in(house.mina)
    assert question in links_in(read(browser, f"{LIST}{inside.ref}/"))
    assert question not in links_in(read(browser, f"{LIST}{outside.ref}/"))


def test_before_anything_came_of_it_the_page_says_so(house: Listening) -> None:
    mine = author(house, "member")
    assert "Nothing has come of it yet" in read(mine.browser, mine.back)


@pytest.mark.parametrize("who", ["member", "receipt"])
def test_until_then_it_says_when_it_is_read_and_by_when_they_hear(
    house: Listening, who: str
) -> None:
    mine = author(house, who)
    shown = " ".join(read(mine.browser, mine.back).split())
    terms = house.project.terms.get()
    assert f"You hear what came of it by {say_day(terms.hear_by)}." in shown
    assert "The next reading is today." in shown
    cost(mine.browser, mine.back)
    house.project.terms.update(hear_by=NOW.date() - timedelta(days=1))
    late = " ".join(read(mine.browser, mine.back).split())
    assert "We said that everyone would hear by 9 March 2026. Not everyone has." in late


def test_one_followed_all_the_way_stays_within_the_budget(house: Listening) -> None:
    voice = by_member(house)
    browser = signed_in(house.mina)
    sent(house, "change", changed(house, [voice]))
    with clock.frozen(NOW.replace(month=6)):
        assert "Has it changed for you?" in read(browser, f"{LIST}{voice.ref}/")
        cost(browser, f"{LIST}{voice.ref}/")


def test_words_taken_back_and_gone_are_off_the_list(house: Listening) -> None:
    mine = author(house, "member")
    mine.browser.post(mine.at("take-back/"))
    assert mine.back in voices_on(read(mine.browser, LIST))
    with clock.frozen(NOW + timedelta(days=7)):
        mine.returns()
        reading.destroy_due(now=clock.now())
        assert "You have not said anything yet" in read(mine.browser, LIST)
        assert mine.browser.get(mine.back).status_code == 404
