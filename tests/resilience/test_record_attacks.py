"""R33: whoever has the database, and even the key, is found out. Each attack is tried here.

Each is named by two verifiers that share no line. The check without any attack, and a head kept
before it, must say that all is well; a verifier with a part taken out must miss what it was for.
"""

from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection
from tests.resilience import independent

from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.services import take_back
from goldenthread.listen.voices.tests.factories import holder_of, spoken
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.models import Words
from goldenthread.thread.keys import origin, private_key, public_key
from goldenthread.thread.merkle import notes, tree
from goldenthread.thread.models import Entry, HeldEntry, SignedHead
from goldenthread.thread.services import append_held, publish_head
from goldenthread.thread.services.recording import New
from goldenthread.thread.verifying import verify

pytestmark = pytest.mark.django_db
OURS = {"head"}  # the row beside the entries, which an auditor has no use for
SAID = ["Nobody rang back.", "The room was cold.", "Thank you, Jo.", "I waited for weeks."]


@pytest.fixture
def here() -> Listening:
    found = listening_project()
    for text in SAID:
        spoken(found.project, text)
    append_held(now=NOW)
    publish_head(now=NOW)
    return found


def kept() -> str:
    return SignedHead.objects.latest("size").note


def codes(kept: str = "") -> set[str]:
    """What both verifiers find: ours, and the one that shares no line with it."""
    head = notes.read_note(kept)[0] if kept else None
    found = {fault.code for fault in verify(head).faults}
    assert independent.verify(dump(kept)) == found - OURS
    return found


def dump(kept: str = "") -> independent.Dump:
    """The tables as an auditor is given them."""
    said = ("text", "would_have_helped", "content_note", "consented")
    rows = Words.objects.values("ref", "salt", *said)
    waiting = HeldEntry.objects.values_list("kind", "about", "facts")
    entries = Entry.objects.order_by("seq").values_list("seq", "body")
    return independent.Dump(
        entries=[(seq, bytes(body)) for seq, body in entries],
        heads=list(SignedHead.objects.values_list("note", flat=True)),
        words=[
            {**row, "ref": str(row["ref"]), "salt": row["salt"] and bytes(row["salt"])}
            for row in rows
        ],
        waiting=[(kind, str(about), facts) for kind, about, facts in waiting],
        origin=origin(),
        key=public_key().public,
        kept=kept,
    )


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")  # triggers are a speed bump
        cursor.execute(statement, values)
        cursor.execute("set session_replication_role = default")


def write_anew(entries: list[Entry]) -> None:
    """What an attacker with the database does: number, hash and store the entries again."""
    sql("delete from thread_entry")
    stack = tree.Stack()
    for entry in entries:
        said = New(entry.kind, entry.about, entry.project, entry.week_or_day, facts_of(entry))
        entry.seq, entry.body = stack.size, said.body(stack.size)
        entry.leaf = tree.leaf_hash(entry.body)
        stack.append(entry.leaf)
    Entry.objects.bulk_create(entries)
    sql("update thread_head set size = %s, stack = %s", stack.size, b"".join(stack.hashes))


def facts_of(entry: Entry) -> dict[str, str | int]:
    import json  # noqa: PLC0415

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


def test_a3_a_removal_dressed_up_as_a_withdrawal(here: Listening) -> None:
    voice = Voice.objects.get(words__text=SAID[2])
    sql("update reading_words set lock = '' where ref = %s", voice.pk)  # so that it goes through
    voice.words.refresh_from_db()
    reading.withdraw(words=voice.words, now=NOW)
    append_held(now=NOW)
    assert codes() == {"withdrawal-forged"}


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
