"""The journal beside the database, and what a restored database is told of."""

import json
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from goldenthread.organisations.models import Membership
from goldenthread.projects.tests.factories import listening_project
from goldenthread.safety.reading import services
from goldenthread.safety.reading.events import (
    WITHDRAWAL_UNDONE,
    WORDS_DESTROYED,
    WORDS_REMOVED,
    WORDS_WITHDRAWN,
    WORDS_WITHDRAWN_UNPROVEN,
)
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.tests.factories import released
from goldenthread.safety.requests import services as requests
from goldenthread.thread import journal, replaying
from goldenthread.thread.events import all_declared
from goldenthread.thread.journal import Act
from goldenthread.thread.merkle.tiles import bundle
from goldenthread.thread.models import Entry, HeldEntry
from goldenthread.thread.services import append_held, hold, record
from goldenthread.thread.tests.test_witness import sql

NOW = datetime(2026, 3, 12, 10, 0, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def data(settings, tmp_path):
    settings.DATA = tmp_path
    return tmp_path


def noted():
    return {(act.kind, act.about) for act in journal.noted(journal.folder())}


@pytest.mark.django_db
def test_what_is_taken_back_stands_in_the_journal_until_it_is_brought_back(
    django_capture_on_commit_callbacks,
):
    words = released()
    services.withdraw(words=words, now=NOW)
    assert noted() == {(WORDS_WITHDRAWN_UNPROVEN.name, words.ref)}
    with django_capture_on_commit_callbacks(execute=True):
        services.undo_withdrawal(words=words, now=NOW)
    assert noted() == set()


@pytest.mark.django_db
def test_a_line_names_nobody_and_says_no_time(data):
    words = released(text="Canary words of somebody")
    services.withdraw(words=words, now=NOW)
    (path,) = (data / "erased").glob("*.jsonl")
    assert path.name == "2026-03-12.jsonl"
    [kind, about, project, facts] = json.loads(path.read_text())
    assert (kind, about) == (WORDS_WITHDRAWN_UNPROVEN.name, str(words.ref))
    assert (project, facts) == (str(words.project_id), {})


@pytest.mark.django_db
def test_a_restored_database_is_told_and_what_stands_already_is_left_alone():
    back, gone, removed = released(), released(), released()
    acts = [
        Act(WORDS_WITHDRAWN.name, back.ref, TODAY - timedelta(days=3), back.project_id, PROOF),
        Act(WORDS_WITHDRAWN.name, gone.ref, TODAY - timedelta(days=9), gone.project_id, PROOF),
        Act(WORDS_DESTROYED.name, gone.ref, TODAY - timedelta(days=2), gone.project_id),
        Act(WORDS_REMOVED.name, removed.ref, TODAY, removed.project_id, {"because": "privacy"}),
    ]
    assert replaying.replay(acts, now=NOW) == 4
    assert replaying.replay(acts, now=NOW) == 0
    back.refresh_from_db()
    gone.refresh_from_db()
    removed.refresh_from_db()
    assert (back.state, back.withdrawn_on) == (Words.State.WITHDRAWN, date(2026, 3, 9))
    assert (gone.state, gone.text, gone.salt) == (Words.State.WITHDRAWN, None, None)
    assert (removed.state, removed.unpublished_because) == (Words.State.REMOVED, "privacy")


@pytest.mark.django_db
def test_what_was_removed_and_then_taken_back_stays_both():
    words = released()
    acts = [
        Act(WORDS_WITHDRAWN_UNPROVEN.name, words.ref, TODAY, words.project_id),
        Act(WORDS_REMOVED.name, words.ref, TODAY, words.project_id, {"because": "privacy"}),
    ]
    assert replaying.replay(acts, now=NOW) == 2
    assert replaying.replay(acts, now=NOW) == 0
    words.refresh_from_db()
    assert (words.state, words.withdrawn_on) == (Words.State.REMOVED, TODAY)


@pytest.mark.django_db
def test_what_was_hidden_is_hidden_again_until_somebody_has_read_it():
    """Whatever was decided after it: the masks of that are lost with it."""
    here = listening_project()
    words = released(project=here.project)
    services.hide(by=here.rosa, words=words, until_second_reader=False, now=NOW)
    acts = list(journal.noted(journal.folder()))
    assert replaying.replay(acts, now=NOW) == 0
    _restored(words)
    assert replaying.replay(acts, now=NOW) == 1
    words.refresh_from_db()
    assert (words.state, words.hidden, words.lane) == (Words.State.HELD, True, Words.Lane.FIRST)
    services.release(by=here.sam, words=words, version=words.version, now=NOW)
    assert replaying.replay(list(journal.noted(journal.folder())), now=NOW) == 0
    words.refresh_from_db()
    assert words.state == Words.State.RELEASED


def _restored(words):
    """Put back what a backup from before holds: shown, and a record that knows of nothing."""
    state = {"state": Words.State.RELEASED, "hidden": False}
    Words.objects.filter(pk=words.pk).update(**state)
    sql("delete from thread_entry where about = %s", words.pk)


@pytest.mark.django_db
def test_what_was_shown_again_after_an_appeal_stays_shown(django_capture_on_commit_callbacks):
    here = listening_project()
    words = released(project=here.project)
    given = {"second_key_by": here.cara, "because": "advert", "now": NOW}
    services.remove(by=here.rosa, words=words, **given)
    assert noted() == {(WORDS_REMOVED.name, words.ref)}
    with django_capture_on_commit_callbacks(execute=True):
        services.put_back(by=here.sam, words=words, now=NOW)
    assert replaying.replay(list(journal.noted(journal.folder())), now=NOW) == 0
    words.refresh_from_db()
    assert words.state == Words.State.RELEASED


@pytest.mark.django_db
def test_who_was_erased_from_an_organisation_does_not_belong_there_again():
    here = listening_project()
    asked = {"by": here.mina, "organisation": here.organisation, "text": "", "now": NOW}
    request = requests.ask(kind="erasure", **asked)
    [mine] = Membership.objects.filter(person=here.mina)
    requests.carry_out(by=here.ada, request=request, now=NOW)
    acts = list(journal.noted(journal.folder()))
    assert [(act.kind, act.about) for act in acts] == [("membership.erased", mine.ref)]
    mine.save(force_insert=True)  # as a restored backup has it
    assert replaying.replay(acts, now=NOW) == 1
    assert replaying.replay(acts, now=NOW) == 0
    assert not Membership.objects.filter(person=here.mina).exists()
    assert Membership.objects.filter(person=here.cara).exists()  # the control


PROOF = {"proof": ""}


@pytest.mark.django_db
@pytest.mark.parametrize("proof", ["", "ab" * 32])
def test_without_the_right_proof_it_is_not_said_again_that_their_author_did_it(proof):
    words = released(lock="cd" * 32)
    act = Act(WORDS_WITHDRAWN.name, words.ref, TODAY, words.project_id, {"proof": proof})
    assert replaying.replay([act], now=NOW) == 1
    assert HeldEntry.objects.get().kind == WORDS_WITHDRAWN_UNPROVEN.name


@pytest.mark.django_db
def test_what_was_brought_back_and_taken_back_again_stays_away(data):
    """The first time by an older version, whose entry says nothing of a receipt."""
    words = released()
    for event, facts in (
        (WORDS_WITHDRAWN, PROOF),
        (WITHDRAWAL_UNDONE, {}),
        (WORDS_WITHDRAWN_UNPROVEN, {}),
    ):
        hold(event, about=words.ref, project=words.project_id, facts=facts, now=NOW)
        append_held(now=NOW)
    bodies = [bytes(body) for body in Entry.objects.order_by("seq").values_list("body", flat=True)]
    (data / "some.record").write_bytes(bundle(bodies))
    acts = replaying.of_record(data)
    assert [(act.kind, act.about) for act in acts] == [(WORDS_WITHDRAWN_UNPROVEN.name, words.ref)]


@pytest.mark.django_db
def test_a_copy_of_the_record_tells_of_the_same(data):
    back, undone = released(), released()
    for words in (back, undone):
        services.withdraw(words=words, now=NOW)
    services.undo_withdrawal(words=undone, now=NOW)
    append_held(now=NOW)
    folder = data / "copy" / "tile" / "entries"
    folder.mkdir(parents=True)
    bodies = [bytes(body) for body in Entry.objects.order_by("seq").values_list("body", flat=True)]
    (folder / "000.p").write_bytes(bundle(bodies))

    acts = replaying.of_record(data / "copy")
    assert {(act.kind, act.about) for act in acts} == {(WORDS_WITHDRAWN_UNPROVEN.name, back.ref)}
    assert acts[0].on == date(2026, 3, 15)  # a week's last day


def test_a_copy_that_is_none_is_refused(tmp_path):
    with pytest.raises(ValueError, match="no entries"):
        replaying.of_record(tmp_path)


def test_old_days_are_forgotten():
    journal.note([Act("a", uuid4(), TODAY - timedelta(days=71)), Act("a", uuid4(), TODAY)])
    journal.forget_before(TODAY - journal.KEPT_FOR)
    assert [act.on for act in journal.noted(journal.folder())] == [TODAY]


ERASING = ("destroyed", "erased", "forgotten", "account.closed", "withdrawn", "removed_by")


def not_told(names):
    """Kinds of entry that take something away, and that a restored database is not told of."""
    taking = {name for name in names if any(word in name for word in ERASING)}
    return sorted(taking - replaying.kinds())


def test_every_erasure_is_told_to_a_restored_database():
    assert not_told(event.name for event in all_declared()) == []
    assert not_told(["contact.erased", "theme.made"]) == ["contact.erased"]


@pytest.mark.django_db
def test_other_acts_leave_no_line():
    record(WITHDRAWAL_UNDONE, about=uuid4(), now=NOW)
    assert noted() == set()
