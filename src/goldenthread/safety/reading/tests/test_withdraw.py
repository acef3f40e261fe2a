from datetime import timedelta

import pytest
from django.core import serializers

from goldenthread.kit.refusals import Refusal
from goldenthread.projects.tests.factories import NOW, Listening, listening_project, opened
from goldenthread.safety.reading import queries, services, tasks
from goldenthread.safety.reading.models import Exchange, Words
from goldenthread.safety.reading.stubs import stub_of
from goldenthread.safety.reading.tests.factories import for_author
from goldenthread.thread.models import Entry, HeldEntry
from goldenthread.thread.services import append_held
from goldenthread.thread.verifying import verify

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MARKED = "kingfisher"  # stands in every text the author or a reader wrote


def said(here: Listening, state: str) -> Words:
    words = services.hold_words(
        project=here.project,
        text=f"A {MARKED} never rang.",
        would_have_helped=f"A {MARKED}.",
        content_note=f"{MARKED}s",
        now=NOW,
    )
    deed = {"by": here.rosa, "words": words, "version": 0, "now": NOW}
    if state == "released":
        masks = [[2, 12, "name removed"]]
        return services.release(**deed, masks=masks, explanation=f"No {MARKED}.")
    if state == "unpublished":
        return services.do_not_publish(**deed, because="advert", explanation=f"No {MARKED}.")
    if state == "asked":
        return services.ask_back(**deed, text=f"Which {MARKED}?")
    return words


@pytest.mark.parametrize("state", ["held", "asked", "released", "unpublished"])
def test_it_is_hidden_at_once_and_comes_back_within_seven_days(state: str) -> None:
    here = listening_project()
    words = said(here, state)
    before = words.state
    services.withdraw(words=words, now=NOW)
    words.refresh_from_db()
    assert words.state == Words.State.WITHDRAWN
    assert words not in queries.waiting(here.project)
    assert for_author(words).may_keep_until == (NOW + 6 * DAY).date()
    services.undo_withdrawal(words=words, now=NOW + 6 * DAY)
    words.refresh_from_db()
    assert (words.state, words.withdrawn_on) == (before, None)
    assert MARKED in words.text


def test_on_the_seventh_day_it_does_not_come_back() -> None:
    words = said(listening_project(), "released")
    services.withdraw(words=words, now=NOW)
    with pytest.raises(Refusal, match="Seven days"):
        services.undo_withdrawal(words=words, now=NOW + 7 * DAY)


@pytest.mark.parametrize("state", ["held", "asked", "released", "unpublished"])
def test_after_seven_days_no_word_is_left(state: str) -> None:
    words = said(listening_project(), state)
    services.withdraw(words=words, now=NOW)
    tasks.destroy_due(now=NOW + 6 * DAY)
    assert found_anywhere()
    tasks.destroy_due(now=NOW + 7 * DAY)
    assert not found_anywhere()
    words.refresh_from_db()
    assert words.salt is None
    assert Words.objects.filter(ref=words.ref).exists()  # its place on the thread stands


def found_anywhere() -> bool:
    rows = [*Words.objects.all(), *Exchange.objects.all(), *Entry.objects.all()]
    return MARKED in serializers.serialize("json", rows + list(HeldEntry.objects.all()))


def test_what_was_not_taken_back_is_not_destroyed() -> None:
    here = listening_project()
    kept, gone = said(here, "released"), said(here, "released")
    services.withdraw(words=gone, now=NOW)
    tasks.destroy_due(now=NOW + 7 * DAY)
    kept.refresh_from_db()
    assert MARKED in kept.text


def test_what_came_back_is_not_destroyed() -> None:
    words = said(listening_project(), "released")
    services.withdraw(words=words, now=NOW)
    services.undo_withdrawal(words=words, now=NOW + DAY)
    tasks.destroy_due(now=NOW + 30 * DAY)
    words.refresh_from_db()
    assert MARKED in words.text


def removed(here: Listening, because: str = "advert") -> Words:
    given = {"second_key_by": here.cara, "because": because, "now": NOW}
    return services.remove(by=here.rosa, words=said(here, "released"), **given)


def test_what_the_organisation_removed_is_taken_back_too_and_its_stub_stays() -> None:
    here = listening_project()
    opened(here.project)
    words = removed(here)
    stub = stub_of(words)
    services.withdraw(words=words, now=NOW)
    words.refresh_from_db()
    assert (words.state, stub_of(words)) == (Words.State.REMOVED, stub)
    assert for_author(words).may_keep_until == (NOW + 6 * DAY).date()
    services.undo_withdrawal(words=words, now=NOW + 6 * DAY)
    words.refresh_from_db()
    assert (words.state, words.withdrawn_on) == (Words.State.REMOVED, None)
    services.withdraw(words=words, now=NOW)
    tasks.destroy_due(now=NOW + 7 * DAY)
    assert not found_anywhere()
    words.refresh_from_db()
    assert stub_of(words) == stub
    view = for_author(words)
    assert view.sentence.endswith("The reason: It is an advert or spam. We do not have them now.")
    assert (view.may_take_back, view.may_keep_until) == (False, None)
    append_held(now=NOW)
    assert "unsaid" not in {fault.code for fault in verify().faults}


def test_what_they_asked_us_to_remove_is_not_brought_back_by_a_button() -> None:
    words = removed(listening_project(), "author-asked")
    view = for_author(words)
    assert (view.may_take_back, view.may_keep_until) == (False, None)
    with pytest.raises(Refusal):
        services.undo_withdrawal(words=words, now=NOW)
    with pytest.raises(Refusal):
        services.withdraw(words=words, now=NOW)


def test_the_record_has_it_by_week_as_acts_of_an_author() -> None:
    words = said(listening_project(), "released")
    services.withdraw(words=words, now=NOW)
    services.undo_withdrawal(words=words, now=NOW)
    services.withdraw(words=words, now=NOW)
    tasks.destroy_due(now=NOW + 7 * DAY)
    kinds = set(HeldEntry.objects.filter(about=words.ref).values_list("kind", flat=True))
    assert kinds == {
        "words.received",
        "words.withdrawn_without_receipt",
        "words.withdrawal_undone",
        "words.destroyed",
    }
    assert not Entry.objects.filter(kind__contains="withdraw").exists()


def test_what_is_gone_is_not_taken_back_again() -> None:
    words = said(listening_project(), "held")
    services.withdraw(words=words, now=NOW)
    with pytest.raises(Refusal):
        services.withdraw(words=words, now=NOW)
    tasks.destroy_due(now=NOW + 7 * DAY)
    with pytest.raises(Refusal):
        services.undo_withdrawal(words=words, now=NOW + 7 * DAY)


def test_a_reader_who_has_it_open_cannot_release_it_any_more() -> None:
    here = listening_project()
    words = said(here, "held")
    services.claim(by=here.rosa, words=words, now=NOW)
    services.withdraw(words=words, now=NOW)
    with pytest.raises(services.Clash):
        services.release(by=here.rosa, words=words, version=0, now=NOW)
