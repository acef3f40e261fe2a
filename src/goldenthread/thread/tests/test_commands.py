from datetime import UTC, datetime
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from goldenthread.config.cli import parser
from goldenthread.kit.refusals import Refusal
from goldenthread.projects.tests.factories import listening_project, opened
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.models import Words
from goldenthread.thread import events, services
from goldenthread.thread.keys import public_key
from goldenthread.thread.merkle import notes
from goldenthread.thread.models import Entry

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
MADE = events.Event("test.made", "Something was made.")

pytestmark = pytest.mark.django_db


def run(*words: str) -> int:
    options = parser().parse_args(["record", *words])
    return int(options.act(options))


def test_a_head_is_kept_and_the_record_verified_against_it(capsys, tmp_path):
    services.record(MADE, about=uuid4(), now=NOW)
    assert run("head") == 0
    kept = tmp_path / "head.txt"
    kept.write_text(capsys.readouterr().out)
    assert notes.open_note(kept.read_text(), public_key()).size == 1
    services.record(MADE, about=uuid4(), now=NOW)
    assert run("verify", "--head", str(kept)) == 0
    assert capsys.readouterr().out.startswith("All 2 entries match.")


def test_what_does_not_match_is_said_in_a_sentence_and_exit_1(capsys):
    services.record(MADE, about=uuid4(), now=NOW)
    assert run("head") == 0
    entry = Entry.objects.get()
    entry.seq, entry.leaf = 1, b"x" * 32
    entry.save(force_insert=True)
    capsys.readouterr()
    assert run("verify") == 1
    assert "Entry 1 was altered after it was written." in capsys.readouterr().out


def test_a_head_of_somebody_else_is_refused(tmp_path):
    kept = tmp_path / "head.txt"
    kept.write_text("nothing")
    with pytest.raises(Refusal, match="not a signed head"):
        run("verify", "--head", str(kept))


def test_the_key_is_printed_as_others_read_it(capsys):
    assert run("key") == 0
    assert notes.Key.read(capsys.readouterr().out) == public_key()


def test_the_four_words_are_those_of_the_head_one_keeps(capsys, tmp_path):
    assert run("words") == 0
    services.record(MADE, about=uuid4(), now=NOW)
    run("head")
    kept = tmp_path / "head.txt"
    kept.write_text(capsys.readouterr().out.removeprefix("Nothing is sealed yet.\n"))
    run("words")
    words = capsys.readouterr().out.partition(" (")[0]
    assert words.count(" – ") == 3
    run("verify", "--head", str(kept))
    assert f"The four words of the head you kept: {words}" in capsys.readouterr().out


def test_keepers_are_named_shown_and_ended(capsys):
    public = notes.public_of(Ed25519PrivateKey.generate())
    key = str(notes.Key("union.example", public, notes.COSIGNS))
    assert run("witness", "add", "The union", key, "--power", "students’ union") == 0
    run("witness", "list")
    assert "The union (students’ union), has not looked yet" in capsys.readouterr().out
    assert run("witness", "end", key) == 0
    run("witness", "list")
    assert "union.example" not in capsys.readouterr().out
    kinds = list(Entry.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds == ["record.witness-added", "record.witness-ended"]


def test_what_no_receipt_proves_is_counted_in_the_report_and_is_no_fault(capsys):
    here = listening_project()
    opened(here.project)
    said = {"project": here.project, "purpose": Words.Purpose.CHECK, "now": NOW}
    words = reading.hold_words(text="I take this back.", **said)
    assert run("verify") == 0
    assert "Taken back" not in capsys.readouterr().out
    reading.withdraw(words=words, now=NOW)
    assert run("verify") == 0
    told = "Taken back from an account, without a receipt that proves by whom: 1."
    assert told in capsys.readouterr().out
