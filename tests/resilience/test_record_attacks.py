"""R33: whoever has the database, and even the key, is found out. Each attack is tried here.

Each is named by two verifiers that share no line. The check without any attack, and a head kept
before it, must say that all is well; a verifier with a part taken out must miss what it was for.
"""

import base64
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection, transaction
from tests.resilience import independent
from tests.resilience.audit import dump

from goldenthread.act.decisions.tests.factories import LATER, agreed_theme, published
from goldenthread.act.plans.tests.factories import claimed, planned
from goldenthread.debrief.replies.services import send_reply
from goldenthread.debrief.replies.tests.factories import written
from goldenthread.kit import keyfile
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.themes.services import retitle
from goldenthread.listen.voices.services import take_back, undo_take_back
from goldenthread.listen.voices.tests.factories import holder_of, spoken
from goldenthread.projects.tests.factories import NOW, Listening, listening_project, opened
from goldenthread.safety.assessments.tests.factories import signed
from goldenthread.safety.concerns.events import CONCERN_RAISED
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.events import WORDS_WITHDRAWN
from goldenthread.safety.reading.models import Words
from goldenthread.thread.events import KEY_CHANGED, declared
from goldenthread.thread.keys import change_facts, origin, private_key
from goldenthread.thread.merkle import notes, tree
from goldenthread.thread.models import Entry, SignedHead
from goldenthread.thread.services import append_held, change_key, hold, publish_head, record
from goldenthread.thread.services.recording import New
from goldenthread.thread.verifying import verify

pytestmark = pytest.mark.django_db
OURS = {"head"}  # the row beside the entries, which an auditor has no use for
SAID = ["Nobody rang back.", "The room was cold.", "Thank you, Jo.", "I waited for weeks."]


@pytest.fixture
def here() -> Listening:
    """One voice is carried all the way to a reply; others wait to be read."""
    found = listening_project()
    opened(found.project)
    signed(found.project, "dpia", by=found.tom, signer=found.dev)
    voices = [spoken(found.project, text).voice for text in SAID]
    for voice in voices[:2]:
        mask = [[0, 6, "other detail removed"]]
        reading.release(by=found.rosa, words=voice.words, masks=mask, version=0, now=NOW)
    change = claimed(found, planned(found, published(found, agreed_theme(found, [voices[0].pk]))))
    send_reply(by=found.tom, reply=written(found, "change", change), now=LATER)
    append_held(now=NOW)
    publish_head(now=NOW)
    return found


def kept() -> str:
    return SignedHead.objects.latest("size").note


def codes(kept: str = "") -> set[str]:
    """What both verifiers find: ours, and the one that shares no line with it."""
    head = notes.read_note(kept)[0] if kept else None
    report = verify(head)
    found = {fault.code for fault in report.faults}
    assert independent.verify(dump(kept)) == found - OURS
    counted = {each.code: number for each, number in report.counted.items()}
    assert independent.counted(dump(kept)) == counted
    return found


def counts() -> dict[str, int]:
    """What is no fault and is counted apart; by both, as `codes` has it."""
    assert codes() == set()
    return dict(independent.counted(dump()))


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")  # triggers are a speed bump
        cursor.execute(statement, values)
        cursor.execute("set session_replication_role = default")


def write_anew(entries: list[Entry], *, without: str = "") -> None:
    """What an attacker with the database does: number, hash and store the entries again."""
    sql("delete from thread_entry")
    stack = tree.Stack()
    for entry in entries:
        facts = {name: value for name, value in facts_of(entry).items() if name != without}
        said = New(entry.kind, entry.about, entry.project, entry.week_or_day, facts)
        entry.seq, entry.body = stack.size, said.body(stack.size)
        entry.leaf = tree.leaf_hash(entry.body)
        stack.append(entry.leaf)
    Entry.objects.bulk_create(entries)
    sql("update thread_head set size = %s, stack = %s", stack.size, b"".join(stack.hashes))


def facts_of(entry: Entry) -> dict[str, str | int]:
    said = json.loads(bytes(entry.body))
    return {name[5:]: said[name] for name in said if name.startswith("fact_")}


def sign_again() -> None:
    """What an attacker with the key does: sign each head anew over what stands now."""
    leaves = [bytes(leaf) for leaf in Entry.objects.order_by("seq").values_list("leaf", flat=True)]
    for head in SignedHead.objects.all():
        said = notes.Head(origin(), head.size, tree.root_of(leaves[: head.size]))
        head.root, head.note = said.root, notes.signed(said, origin(), private_key())
        head.save()


def entries() -> list[Entry]:
    return list(Entry.objects.order_by("seq"))


def test_without_an_attack_everything_matches(here: Listening) -> None:
    said = spoken(here.project, "I take this back.")
    take_back(by=holder_of(said), voice=said.voice, now=NOW)
    before = kept()
    append_held(now=NOW)
    publish_head(now=NOW)
    assert codes() == codes(before) == set()


def test_a1_altered_words(here: Listening) -> None:
    words = Words.objects.get(text=SAID[0])
    sql("update reading_words set text = %s where ref = %s", "All is well.", words.ref)
    assert codes() == {"words-altered"}


@pytest.mark.parametrize("how", ["row", "text"])
def test_a2_words_deleted_quietly(here: Listening, how: str) -> None:
    ref = Words.objects.get(text=SAID[1]).ref
    if how == "row":
        sql("delete from voices_voice where words_id = %s", ref)
        sql("delete from reading_words where ref = %s", ref)
    else:
        sql("update reading_words set text = null, salt = null where ref = %s", ref)
    assert codes() == {"deleted"}


@pytest.mark.parametrize("kind", ["words.withdrawn_by_author", "words.withdrawn_without_receipt"])
def test_a3_a_removal_dressed_up_as_a_withdrawal(here: Listening, kind: str) -> None:
    words = Words.objects.get(text=SAID[2])
    sql("update reading_words set state = 'withdrawn' where ref = %s", words.ref)
    facts = {"proof": "ab" * 32} if kind == WORDS_WITHDRAWN.name else {}
    hold(declared(kind), about=words.ref, project=here.project.ref, facts=facts, now=NOW)
    append_held(now=NOW)
    assert codes() == {"withdrawal-forged"}


def test_a3_the_service_asks_the_record_for_the_lock_and_not_the_row(here: Listening) -> None:
    words = Words.objects.get(text=SAID[2])
    sql("update reading_words set lock = '' where ref = %s", words.ref)
    with pytest.raises(Refusal, match="open your receipt"):
        reading.withdraw(words=words, now=NOW)
    with pytest.raises(Refusal, match="open your receipt"):
        reading.withdraw(words=words, withdraw_key=b"k" * 32, now=NOW)
    assert codes() == {"lock-altered"}


def test_what_is_taken_back_without_a_receipt_is_counted_apart(here: Listening) -> None:
    proven = spoken(here.project, "I take this back.")
    take_back(by=holder_of(proven), voice=proven.voice, now=NOW)
    unproven = spoken(here.project, "So do I.", by=here.mina, known_as="support")
    take_back(by=here.mina, voice=unproven.voice, now=NOW)
    assert counts() == {"withdrawn-proven": 1, "withdrawn-unproven": 1}
    take_back_again = unproven.voice
    undo_take_back(by=here.mina, voice=take_back_again, now=NOW)
    assert counts() == {"withdrawn-proven": 1}


def test_a4_an_entry_dropped_and_the_rest_numbered_anew(here: Listening) -> None:
    write_anew(entries()[1:])
    assert "dropped" in codes()


def test_a5_two_entries_change_places(here: Listening) -> None:
    first, second, *rest = entries()
    write_anew([second, first, *rest])
    assert codes() == {"moved"}


def test_a6_history_written_anew_and_signed_again_with_the_key(here: Listening) -> None:
    before = kept()
    first, second, *rest = entries()
    write_anew([second, first, *rest])
    sign_again()
    assert codes() == set()  # inside, nothing shows: that is why heads are kept outside
    assert codes(before) == {"rewritten"}


def test_a7_an_older_database_in_place_of_a_newer_one(here: Listening) -> None:
    size = Entry.objects.count()
    spoken(here.project, "Something new.")
    append_held(now=NOW)
    publish_head(now=NOW)
    after = kept()
    sql("delete from thread_signedhead where size > %s", size)
    gone = UUID(str(Words.objects.get(text="Something new.").ref))
    sql("delete from voices_voice where words_id = %s", gone)
    sql("delete from reading_words where ref = %s", gone)
    write_anew(entries()[:size])
    assert codes() == set()
    assert codes(after) == {"rolled-back"}


READ = {  # what people read, how it is altered in the database, and the name of the fault
    "shown words": ("update reading_words set shown = 'All is well.'", "shown-altered"),
    "a shown note": ("update reading_words set note_shown = 'x'", "shown-altered"),
    "a decision's reason": ("update decisions_decision set why = 'Costs.'", "decision-altered"),
    "an option": ("update decisions_option set text = 'Nothing'", "decision-altered"),
    "an option chosen": ("update decisions_option set chosen = not chosen", "decision-altered"),
    "a reply": ("update replies_reply set text = 'No.'", "reply-altered"),
    "a change": ("update plans_change set evidence = 'None.'", "change-altered"),
    "a theme": ("update themes_theme set sentence = 'Thanks.'", "theme-altered"),
    "terms": ("update projects_terms set can_change = 'Nothing.'", "terms-altered"),
    "an assessment": ("update assessments_assessment set answers = '{}'", "assessment-altered"),
}
HIDDEN = {  # how what people read is taken from them, and the name of the fault
    "unpublished": (
        "update reading_words set state='unpublished', unpublished_because='x', released_on=null",
        "unsaid",
    ),
    "held": (
        "update reading_words set state='held', hidden=true where state='released'",
        "unsaid",
    ),
    "held back": (
        "update reading_words set state = 'held', hidden = true, restricted = true",
        "unsaid",
    ),
    "called a line beside an answer": (
        "update reading_words set purpose = 'confirmation' where state = 'released'",
        "unsaid",
    ),
    "voices": ("delete from voices_voice", "deleted"),
    "decision": ("update decisions_decision set state = 'draft', published_on = null", "unsaid"),
    "reply": ("update replies_reply set state = 'draft'", "unsaid"),
    "reply gone": ("delete from replies_reply", "deleted"),
    "terms gone": ("delete from projects_terms", "deleted"),
    "theme gone": ("delete from themes_theme", "deleted"),
}


@pytest.mark.parametrize("what", READ)
def test_a8_what_people_read_is_altered(here: Listening, what: str) -> None:
    statement, code = READ[what]
    sql(statement)
    assert codes() == {code}


@pytest.mark.parametrize("what", HIDDEN)
def test_a9_what_people_read_is_taken_from_them(here: Listening, what: str) -> None:
    statement, code = HIDDEN[what]
    with transaction.atomic():
        sql(statement)
        assert codes() == {code}
        transaction.set_rollback(True)  # rows that point to what is gone


def test_a10_words_are_shown_that_no_reader_released(here: Listening) -> None:
    sql("update reading_words set shown = text, state = 'released', released_on = '2026-03-10'")
    assert codes() == {"unsaid", "shown-altered"}


def test_a11_words_that_their_author_took_back_are_shown_again(here: Listening) -> None:
    said = spoken(here.project, "I take this back.")
    reading.release(by=here.rosa, words=said.voice.words, version=0, now=NOW)
    take_back(by=holder_of(said), voice=said.voice, now=NOW)
    assert counts() == {"withdrawn-proven": 1}
    sql("update reading_words set state = 'released' where ref = %s", said.voice.pk)
    assert codes() == {"unsaid"}


def test_what_was_shown_before_seals_were_kept_is_counted_and_not_called_whole(
    here: Listening,
) -> None:
    """Such an entry has no seal: nothing is altered, and nothing is proven."""
    write_anew(entries(), without="seal")
    sign_again()
    assert counts() == {"unbound": 8}
    sql("update decisions_decision set why = 'Costs.'")
    assert codes() == set()


def test_each_act_that_changes_what_is_shown_is_followed(here: Listening) -> None:
    """No false alarm: whatever the services do to words and themes, both say that all is well."""
    first, second = Words.objects.filter(text__in=SAID[:2]).order_by("text")
    reading.object_to(words=first, text="Not so.", now=NOW)
    reading.release(by=here.sam, words=first, version=first.version + 1, now=NOW)
    reading.hide(by=here.rosa, words=second, until_second_reader=False, now=NOW)
    assert counts() == {}
    third = spoken(
        here.project, "Hidden, taken back, brought back.", by=here.mina, known_as="support"
    )
    words = reading.release(by=here.rosa, words=third.voice.words, version=0, now=NOW)
    words = reading.hide(by=here.rosa, words=words, until_second_reader=False, now=NOW)
    take_back(by=here.mina, voice=third.voice, now=NOW)
    undo_take_back(by=here.mina, voice=third.voice, now=NOW)
    words.refresh_from_db()
    assert words.state == Words.State.HELD
    theme = agreed_theme(here, [first.ref], title="Not decided on yet")
    retitle(
        by=here.tom, theme=theme, title="Weeks", sentence="Long.", version=theme.version, now=NOW
    )
    append_held(now=NOW)
    assert counts() == {}


def test_both_follow_a_change_of_the_key(here: Listening, settings: Any, tmp_path: Path) -> None:
    file = tmp_path / "keys.json"
    secret = base64.b64encode(private_key().private_bytes_raw()).decode()
    keyfile.write(file, {"record": secret})
    change_key(file=file, now=NOW)
    assert codes() == {"key"}  # the program was not started again
    settings.RECORD_KEY = base64.b64decode(keyfile.read(file)["record"])
    publish_head(now=NOW)
    assert SignedHead.objects.count() == 2
    assert codes() == codes(kept()) == set()


def test_a_key_that_the_old_one_has_not_signed_is_named_by_both(
    here: Listening, settings: Any
) -> None:
    thief, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    forged = change_facts(other, thief) | {"old": change_facts(private_key(), thief)["old"]}
    record(KEY_CHANGED, about=here.project.ref, facts=forged, now=NOW)
    settings.RECORD_KEY = thief.private_bytes_raw()
    publish_head(now=NOW)
    assert codes() == {"key"}


def test_entries_as_they_are_published_verify_too_with_concerns_among_them(
    here: Listening,
) -> None:
    record(CONCERN_RAISED, about=here.project.ref, project=here.project.ref, now=NOW)
    publish_head(now=NOW)
    asked = dump(published=True)
    assert asked.entries[-1][1].startswith(b"#")
    assert independent.verify(asked) == set()
    asked.entries[-1] = (asked.entries[-1][0], b"#" + b"ab" * 32)
    assert independent.verify(asked) == {"moved"}


def test_a_verifier_that_hashes_nothing_would_be_seen(
    here: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: with its comparison taken out, each misses what it was there for."""
    first, second, *rest = entries()
    write_anew([second, first, *rest])
    assert codes() == {"moved"}
    root = notes.read_note(kept())[0].root
    monkeypatch.setattr(independent, "merkle_tree_hash", lambda _entries: root)
    assert independent.verify(dump()) == set()
    sql(
        "update reading_words set text = %s where ref = %s",
        "All is well.",
        Words.objects.all()[0].ref,
    )
    assert independent.verify(dump()) == {"words-altered"}


def test_the_second_verifier_shares_no_line_with_ours() -> None:
    assert "goldenthread" not in Path(independent.__file__).read_text()
