"""The witness program against our pages: it keeps, co-signs, and names what is wrong."""

import ast
import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.thread import events, published, services
from goldenthread.thread.keys import origin, private_key, public_key
from goldenthread.thread.merkle import notes, tree
from goldenthread.thread.models import Entry, Head, SignedHead, Witness
from goldenthread.thread.outside import witness as outside

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
SAID = events.Event("test.kept", "Something was kept.")

pytestmark = pytest.mark.django_db


class Here(outside.Site):
    """The site of this test, asked without a network; forms need their key as anywhere."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)

    def get(self, path: str, form: bytes | None = None) -> bytes:
        kind = "application/x-www-form-urlencoded"
        address = f"/record/{path}"
        answer = (
            self.client.get(address)
            if form is None
            else self.client.post(address, form, content_type=kind)
        )
        if answer.status_code >= 400:
            raise OSError(f"{path}: {answer.status_code}")
        return b"".join(answer) if answer.streaming else answer.content


def append(how_many: int) -> None:
    services.hold_all(SAID, {uuid4(): {} for _each in range(how_many)}, now=NOW)
    services.append_held(now=NOW)
    services.publish_head(now=NOW)


def look(folder: Path, key: object = "") -> str:
    with clock.frozen(NOW):
        return outside.keep(Here(), folder, "union.example", str(key or public_key()))


def name_it(told: str) -> Witness:
    key = told.rpartition(" ")[2]
    return services.add_witness(name="The union", power="Students' union", key=key, now=NOW)


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute(statement, values)
        cursor.execute("set session_replication_role = default")


def sign_anew(size: int, key: Ed25519PrivateKey | None = None, name: str = "") -> None:
    """What an attacker with the machine does: sign what stands now."""
    leaves = Entry.objects.order_by("seq").values_list("leaf", flat=True)[:size]
    root = tree.root_of(map(bytes, leaves))
    name = name or origin()
    note = notes.signed(notes.Head(name, size, root), name, key or private_key())
    SignedHead.objects.update_or_create(
        size=size, defaults={"root": root, "note": note, "on": NOW.date(), "cosigned": ""}
    )


def test_it_is_one_file_of_at_most_200_lines_that_needs_nothing_of_ours():
    text = Path(outside.__file__).read_text()
    assert len(text.splitlines()) <= 200
    imported = {
        (node.module or "" if isinstance(node, ast.ImportFrom) else name.name).split(".")[0]
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    assert imported - sys.stdlib_module_names == {"cryptography"}


def test_it_keeps_a_copy_and_its_signature_stands_under_the_head(tmp_path):
    append(300)
    told = look(tmp_path)
    assert "All 300 entries continue" in told
    named = name_it(told)
    assert look(tmp_path).endswith("Our signature is under the head.")
    append(600)
    assert "All 901 entries" in look(tmp_path)
    named.refresh_from_db()
    assert named.agreed_size == 901
    newest = published.newest()
    key = notes.Key.read(named.key)
    text = notes.read_note(newest.note)[0].text
    assert any(notes.is_signed_by(text, line, key) for line in newest.cosigned.splitlines())
    look(tmp_path)
    assert len(published.newest().cosigned.splitlines()) == 1, "a keeper signs a head once"


def test_it_fetches_only_what_is_new(tmp_path):
    append(520)
    look(tmp_path)
    append(10)
    asked = []

    class Counting(Here):
        def get(self, path, form=None):
            asked.append(path)
            return super().get(path, form)

    outside.keep(Counting(), tmp_path, "", "")
    assert [path for path in asked if "tile" in path] == ["tile/entries/002.p/18"]


def test_it_refuses_an_older_database(tmp_path):
    append(20)
    look(tmp_path)
    sql("delete from thread_signedhead")
    sign_anew(12)
    with pytest.raises(outside.Wrong, match="Rolled back from 20 entries to 12"):
        look(tmp_path)


def test_it_refuses_a_history_written_anew_and_signed_again(tmp_path):
    append(20)
    look(tmp_path)
    body = b'{"seq":3,"type":"test.other"}'
    sql("update thread_entry set body = %s, leaf = %s where seq = 3", body, tree.leaf_hash(body))
    sign_anew(20)
    with pytest.raises(outside.Wrong, match="Rewritten"):
        look(tmp_path)
    append(5)
    sign_anew(25)
    with pytest.raises(outside.Wrong, match="Rewritten"):
        look(tmp_path)


def test_it_refuses_another_key_and_another_origin(tmp_path):
    append(5)
    look(tmp_path)
    other = Ed25519PrivateKey.generate()
    sign_anew(5, other)
    with pytest.raises(outside.Wrong, match="not signed with the key"):
        look(tmp_path)
    sign_anew(5, name="elsewhere.example")
    with pytest.raises(outside.Wrong, match=r"another record, of elsewhere\.example"):
        look(tmp_path)
    sign_anew(5)
    assert "All 5 entries" in look(tmp_path), "once all is well again, it is well"


def test_without_a_copy_from_before_the_rewriting_goes_unseen(tmp_path):
    """The negative control: it is the kept copy that finds it, nothing else."""
    append(20)
    look(tmp_path / "kept")
    body = b'{"seq":3,"type":"test.other"}'
    sql("update thread_entry set body = %s, leaf = %s where seq = 3", body, tree.leaf_hash(body))
    sign_anew(20)
    assert "All 20 entries" in look(tmp_path / "new")
    with pytest.raises(outside.Wrong, match="Rewritten"):
        look(tmp_path / "kept")


def test_one_entry_is_checked_by_its_proof(tmp_path):
    append(700)
    head = published.newest()
    for seq in (0, 255, 256, 511, 640, 699):
        entry = Entry.objects.get(seq=seq)
        proof = published.proof_of(entry, head)
        assert f"Entry {seq} is in the record" in outside.check(proof, str(public_key()))
    forged = proof.replace("index 699", "index 698")
    with pytest.raises(outside.Wrong):
        outside.check(forged, str(public_key()))
    other = notes.Key(origin(), notes.public_of(Ed25519PrivateKey.generate()))
    with pytest.raises(outside.Wrong):
        outside.check(proof, str(other))


def test_signatures_of_strangers_and_under_other_heads_are_refused(tmp_path):
    append(3)
    told = look(tmp_path)
    note = (tmp_path / "head").read_text()
    with pytest.raises(Refusal, match="No keeper named here"):
        services.take_cosignatures(note=note, now=NOW)
    named = name_it(told)
    with pytest.raises(Refusal, match="not a signed seal"):
        services.take_cosignatures(note="hello", now=NOW)
    with pytest.raises(Refusal, match="not a seal that we have made"):
        services.take_cosignatures(note=note.replace("\n3\n", "\n2\n"), now=NOW)
    assert services.take_cosignatures(note=note.replace("\n", "\r\n"), now=NOW) == [named]
    services.end_witness(key=named.key, now=NOW)
    with pytest.raises(Refusal, match="No keeper named here"):
        services.take_cosignatures(note=note, now=NOW)


def test_a_key_that_signs_heads_is_no_key_of_a_keeper():
    with pytest.raises(Refusal, match="not made for co-signing"):
        services.add_witness(name="x", power="y", key=str(public_key()), now=NOW)
    with pytest.raises(Refusal, match="not a key"):
        services.add_witness(name="x", power="y", key="nonsense", now=NOW)
    assert Head.objects.count() == 0
