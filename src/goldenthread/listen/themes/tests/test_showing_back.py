from datetime import timedelta

import pytest
from django.test import Client

from goldenthread.kit.refusals import Refusal
from goldenthread.listen.themes import queries, services
from goldenthread.listen.themes.models import Correction, Theme
from goldenthread.listen.themes.tests.factories import theme_with
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.services import take_back
from goldenthread.listen.voices.tests.factories import released_voice, signed_in, with_receipt
from goldenthread.people.receipts.models import Receipt
from goldenthread.projects.speaker import RECEIPT, Guest
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.projects.work import work_for
from goldenthread.safety.reading.models import Words
from goldenthread.thread.models import HeldEntry

YES, NO = Correction.Answer.YES, Correction.Answer.NO


def shown_with(here: Listening, *voices: Voice, others: int = 0) -> Theme:
    theme = theme_with(here.project, others)
    services.group(by=here.tom, theme=theme, voices=[voice.pk for voice in voices], now=NOW)
    return services.show_back(by=here.tom, theme=theme, now=NOW)


def release(words: Words) -> None:
    words.state, words.shown, words.released_on = Words.State.RELEASED, words.text, NOW.date()
    words.save()


def test_it_needs_a_sentence_and_a_voice(here: Listening) -> None:
    with pytest.raises(Refusal, match="plain sentence"):
        services.show_back(by=here.tom, theme=theme_with(here.project, 1, sentence=""), now=NOW)
    with pytest.raises(Refusal, match="at least one voice"):
        services.show_back(by=here.tom, theme=theme_with(here.project, 0), now=NOW)


def test_agreeing_comes_after_showing_back(here: Listening) -> None:
    theme = theme_with(here.project, 1)
    with pytest.raises(Refusal, match="Show this theme to the people who spoke"):
        services.agree(by=here.tom, theme=theme, now=NOW)
    services.show_back(by=here.tom, theme=theme, now=NOW)
    agreed = services.agree(by=here.cara, theme=theme, now=NOW + timedelta(days=8))
    assert agreed.state == Theme.State.AGREED
    assert list(queries.open_themes(here.project)) == [theme]


def test_a_member_who_spoke_answers_and_may_change_it(here: Listening) -> None:
    voice = released_voice(here.project, author=here.mina, known_as="named")
    theme = shown_with(here, voice)
    services.correct(by=here.mina, theme=theme, voice=voice, answer=YES, now=NOW)
    services.correct(by=here.mina, theme=theme, voice=voice, answer=NO, now=NOW)
    assert Correction.objects.get().answer == "no"
    assert set(HeldEntry.objects.values_list("kind", flat=True)) >= {"theme.corrected"}


def test_a_guest_with_the_receipt_answers(here: Listening) -> None:
    receipt = Receipt.objects.create(**receipt_of(here))
    voice = released_voice(here.project, receipt=receipt)
    theme = shown_with(here, voice)
    services.correct(by=Guest(receipt=receipt.pk), theme=theme, voice=voice, answer=YES, now=NOW)
    with pytest.raises(Refusal, match="You can answer while"):
        services.correct(by=Guest(), theme=theme, voice=voice, answer=NO, now=NOW)
    assert Correction.objects.get().answer == "yes"


def test_a_member_answers_by_the_receipt_that_is_open_in_their_browser(here: Listening) -> None:
    browser, holder = with_receipt(here.project)
    theme = shown_with(here, released_voice(here.project, receipt_id=holder.receipt))
    receipt = browser.session[RECEIPT]
    member = signed_in(here.mina)
    session = member.session
    session[RECEIPT] = receipt
    session.save()
    href = f"/p/{here.project.address}/themes/{theme.ref}/correct/"
    assert "Is this what you meant?" in member.get(href).content.decode()
    assert member.post(href, {"answer": "partly"}).status_code == 302
    assert Correction.objects.get().answer == "partly"
    assert signed_in(here.nell).get(href).status_code == 302


def test_the_title_of_the_page_tells_nobody_beside_the_author(here: Listening) -> None:
    theme = shown_with(here, released_voice(here.project, author=here.mina, known_as="named"))
    href = f"/p/{here.project.address}/themes/{theme.ref}/correct/"
    assert "<title>Notes</title>" in signed_in(here.mina).get(href).content.decode()


def receipt_of(here: Listening) -> dict[str, object]:
    given: dict[str, object] = {}
    for field in Receipt._meta.concrete_fields:
        if field.name == "scope":
            given[field.name] = here.project.ref
        elif field.get_internal_type() == "BinaryField" and not field.null:
            given[field.name] = b"r" * 16
        elif field.get_internal_type() == "DateField" and not field.null:
            given[field.name] = NOW.date()
    return given


def test_nobody_answers_for_others_nor_before_it_is_shown(here: Listening) -> None:
    voice = released_voice(here.project, author=here.mina, known_as="named")
    theme = shown_with(here, voice)
    for person in (here.tom, here.nell, here.stranger):
        with pytest.raises(Refusal):
            services.correct(by=person, theme=theme, voice=voice, answer=NO, now=NOW)
    services.agree(by=here.tom, theme=theme, now=NOW)
    with pytest.raises(Refusal):
        services.correct(by=here.mina, theme=theme, voice=voice, answer=NO, now=NOW)


def test_words_go_to_a_reader_before_organisers_see_them(here: Listening, client: Client) -> None:
    voice = released_voice(here.project, author=here.mina, known_as="named")
    theme = shown_with(here, voice)
    href = f"/p/{here.project.address}/themes/{theme.ref}/correct/"
    client.force_login(here.mina)
    client.post(href, {"answer": "partly", "text": "It was the letters, not the calls."})
    words = Correction.objects.get().words
    assert words is not None
    assert (words.purpose, words.state) == ("correction", "held")
    client.force_login(here.tom)
    work = f"/p/{here.project.address}/themes/{theme.ref}/work/"
    assert "not the calls" not in client.get(work).content.decode()
    release(words)
    assert "not the calls" in client.get(work).content.decode()


def test_words_are_taken_once(here: Listening) -> None:
    voice = released_voice(here.project, author=here.mina, known_as="named")
    theme = shown_with(here, voice)
    said = {"by": here.mina, "theme": theme, "voice": voice, "answer": NO, "now": NOW}
    services.correct(**said, text="Not so.")
    with pytest.raises(Refusal, match="already"):
        services.correct(**said, text="Still not so.")


def test_organisers_say_what_they_did_with_a_correction(here: Listening, client: Client) -> None:
    voice = released_voice(here.project, author=here.mina, known_as="named")
    theme = shown_with(here, voice)
    one = services.correct(
        by=here.mina, theme=theme, voice=voice, answer=NO, text="Not so.", now=NOW
    )
    release(one.words)
    assert any(
        "1 correction" in w.text or "one correction" in w.text for w in waits(here.tom, here)
    )
    href = f"/p/{here.project.address}/themes/{theme.ref}/corrections/{one.ref}/"
    client.force_login(here.tom)
    assert "Say what you did" in client.post(href, {"what": ""}).content.decode()
    client.post(href, {"what": "We say letters now."})
    one.refresh_from_db()
    assert one.dealt_with == "We say letters now."
    assert not any("correction" in work.text for work in waits(here.tom, here))


def waits(person: object, here: Listening) -> list[object]:
    return work_for(person, [here.project], now=NOW)


def test_those_who_spoke_are_told_that_it_waits(here: Listening) -> None:
    voice = released_voice(here.project, author=here.mina, known_as="named")
    theme = shown_with(here, voice)
    assert [work.href for work in waits(here.mina, here) if "themes" in work.href] == [
        f"/p/{here.project.address}/themes/{theme.ref}/correct/"
    ]
    services.correct(by=here.mina, theme=theme, voice=voice, answer=YES, now=NOW)
    assert [work for work in waits(here.mina, here) if "themes" in work.href] == []


def test_who_took_their_words_back_is_not_asked_what_they_meant(here: Listening) -> None:
    voice = released_voice(here.project, author=here.mina, known_as="named")
    shown_with(here, voice, others=1)
    take_back(by=here.mina, voice=voice, now=NOW)
    assert [work for work in waits(here.mina, here) if "themes" in work.href] == []


def test_organisers_are_told_what_is_in_no_theme(here: Listening) -> None:
    for _ in range(3):
        released_voice(here.project)
    assert any("three voices in no theme yet" in work.text for work in waits(here.cara, here))
    assert not any("in no theme" in work.text for work in waits(here.rosa, here))
