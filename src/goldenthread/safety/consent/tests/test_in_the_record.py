"""Nobody but the author says yes, and what they took back stays so, also after a restore."""

import pytest

from goldenthread.kit import clock
from goldenthread.projects.tests.factories import NOW, listening_project, opened
from goldenthread.safety.consent import services
from goldenthread.safety.consent.models import Consent
from goldenthread.safety.consent.tests.factories import let_quote
from goldenthread.safety.consent.wordings import QUOTE
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.services.holding import commitment
from goldenthread.thread import journal, replaying
from goldenthread.thread.models import HeldEntry
from goldenthread.thread.verifying import verify

pytestmark = pytest.mark.django_db
TODAY = clock.today(NOW)


@pytest.fixture(autouse=True)
def house(settings, tmp_path):
    settings.DATA = tmp_path
    found = listening_project()
    opened(found.project)
    return found


def sent(house, *, agreed=True):
    """Words with which their author ticked the box, or left it."""
    consented = ["quote.1"] if agreed else []
    words = reading.hold_words(project=house.project, text="Ring us.", consented=consented, now=NOW)
    if agreed:
        services.give(words=words, purpose=QUOTE, version=1, how="form", now=NOW)
    return words


def codes():
    return sorted(fault.code for fault in verify().faults)


def make_up(words, **given):
    said = {"purpose": QUOTE, "version": 1, "how": "form", "given_on": TODAY, **given}
    return Consent.objects.create(words=words, **said)


def test_honest_consents_match_given_with_the_words_or_later_or_taken_back(house):
    sent(house)
    later, back, again = (sent(house, agreed=False) for _words in range(3))
    for words in (later, back, again):
        let_quote(words)
    for words in (back, again):
        services.withdraw(words=words, purpose=QUOTE, now=NOW)
    let_quote(again)
    assert codes() == []


def test_the_commitment_holds_what_was_agreed_to_and_older_ones_are_as_they_were(house):
    ticked, left = sent(house), sent(house, agreed=False)
    assert commitment(ticked) == recorded(ticked)
    assert commitment(left) == recorded(left)
    Words.objects.filter(pk=ticked.pk).update(consented="")
    assert codes() == ["consent-made-up", "words-altered"]


def recorded(words):
    return HeldEntry.objects.get(kind="words.received", about=words.pk).facts["commit"]


def test_a_tick_that_nobody_made_is_named(house):
    words = sent(house, agreed=False)
    make_up(words)
    assert codes() == ["consent-made-up"]
    Words.objects.filter(pk=words.pk).update(consented="quote.1")
    assert codes() == ["consent-made-up", "words-altered"]


def test_a_later_yes_that_nobody_said_is_named(house):
    make_up(sent(house, agreed=False), how="later")
    assert codes() == ["consent-made-up"]


def test_a_withdrawal_that_was_undone_is_named(house):
    words = sent(house)
    services.withdraw(words=words, purpose=QUOTE, now=NOW)
    Consent.objects.update(withdrawn_on=None)
    assert codes() == ["consent-undone"]


def test_a_withdrawal_that_the_author_never_made_is_named(house):
    sent(house)
    Consent.objects.update(withdrawn_on=TODAY)
    assert codes() == ["consent-unsaid"]


def test_words_that_are_gone_leave_nothing_to_hold_to(house):
    words = sent(house)
    reading.destroy(refs=[words.pk], because="asked-erased", now=NOW)
    assert not Consent.objects.exists()
    assert codes() == []


def test_after_a_restore_it_is_taken_back_again(house):
    words = sent(house)
    services.withdraw(words=words, purpose=QUOTE, now=NOW)
    Consent.objects.update(withdrawn_on=None)  # the database of before
    acts = list(journal.noted(journal.folder()))
    assert replaying.replay(acts, now=NOW) == 1
    assert Consent.objects.get().withdrawn_on == TODAY
    assert replaying.replay(acts, now=NOW) == 0


def test_what_was_given_again_is_not(house, django_capture_on_commit_callbacks):
    words = sent(house)
    services.withdraw(words=words, purpose=QUOTE, now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        let_quote(words)
    assert replaying.replay(journal.noted(journal.folder()), now=NOW) == 0
    assert Consent.objects.filter(withdrawn_on=None).count() == 1


def test_a_journal_that_forgot_it_would_be_caught(house):
    """The negative control: without the journal the old yes is back."""
    words = sent(house)
    services.withdraw(words=words, purpose=QUOTE, now=NOW)
    Consent.objects.update(withdrawn_on=None)
    assert replaying.replay([], now=NOW) == 0
    assert Consent.objects.get().withdrawn_on is None
