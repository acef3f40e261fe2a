"""Against the published example of signed notes; heads and co-signatures both ways."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from goldenthread.thread.merkle import notes, tree

# The example in the documentation of golang.org/x/mod/sumdb/note.
NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
LINE = (
    "\N{EM DASH} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgK"
    "vqfqdngotpRZb6KE6RyyBwJnAM="
)

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEY = notes.Key("voices.example.org", notes.public_of(PRIVATE))
HEAD = notes.Head("voices.example.org", 20, tree.root_of([tree.EMPTY] * 20))


def test_the_published_note_is_verified() -> None:
    key = notes.Key.read(NEUMANN)
    assert str(key) == NEUMANN
    assert notes.is_signed_by(TEXT, LINE, key)
    assert not notes.is_signed_by(TEXT.replace("answer", "question"), LINE, key)


def test_a_signed_head_is_opened_with_its_key_alone() -> None:
    note = notes.signed(HEAD, KEY.name, PRIVATE)
    assert notes.open_note(note, KEY) == HEAD
    other = notes.Key(KEY.name, notes.public_of(Ed25519PrivateKey.generate()))
    with pytest.raises(ValueError, match="has not signed"):
        notes.open_note(note, other)
    with pytest.raises(ValueError, match="has not signed"):
        notes.open_note(note.replace("\n20\n", "\n21\n"), KEY)


def test_a_witness_signs_the_head_and_the_moment() -> None:
    line = notes.cosignature(HEAD, "northmoor-forum", PRIVATE, 1_767_225_600)
    key = notes.Key("northmoor-forum", KEY.public, notes.COSIGNS)
    assert notes.is_signed_by(HEAD.text, line, key)
    assert not notes.is_signed_by(notes.Head("x", 20, HEAD.root).text, line, key)
    note = notes.signed(HEAD, KEY.name, PRIVATE) + line
    head, lines = notes.read_note(note)
    assert (head, len(lines)) == (HEAD, 2)


@pytest.mark.parametrize("name", ["", "Northmoor Forum", "a+b", "a\nb"])
def test_a_name_that_would_break_the_line_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no space"):
        notes.Key(name, KEY.public)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "a\n1\n\n",
        HEAD.text,
        HEAD.text.replace("20", "020") + f"\n{LINE}\n",
        HEAD.text.replace("20", "-2") + f"\n{LINE}\n",
        f"a\n1\nAAAA\n\n{LINE}\n",
        f"{HEAD.text}\nno signature\n",
    ],
)
def test_what_is_no_head_is_refused(note: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  each says something else
        notes.read_note(note)


@pytest.mark.parametrize(
    "text", ["", "a", "a+b+c", NEUMANN.replace("c74f", "c74e"), "a+00000000+AQ=="]
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  each says something else
        notes.Key.read(text)
