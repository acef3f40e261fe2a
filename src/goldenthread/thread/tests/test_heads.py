from datetime import UTC, datetime
from itertools import pairwise
from uuid import uuid4

import pytest
from django.db import transaction

from goldenthread.thread import events, services
from goldenthread.thread.keys import origin, public_key
from goldenthread.thread.merkle import notes, tree
from goldenthread.thread.models import Entry, Head, Node, SignedHead

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
DONE = events.Event("test.done", "Something was done.")
HEARD = events.Event("test.heard", "Something was heard.")

pytestmark = pytest.mark.django_db


def done(how_many: int) -> None:
    for _each in range(how_many):
        services.record(DONE, about=uuid4(), now=NOW)


def leaves() -> list[bytes]:
    found = Entry.objects.order_by("seq").values_list("leaf", flat=True)
    return [bytes(leaf) for leaf in found]


def test_the_head_is_the_root_over_all_entries() -> None:
    done(5)
    services.hold_all(HEARD, {uuid4(): {} for _each in range(40)}, now=NOW)
    services.append_held(now=NOW)
    stack = Head.objects.get().as_stack()
    assert (stack.size, stack.root) == (45, tree.root_of(leaves()))


def test_what_was_rolled_back_is_not_in_the_head() -> None:
    done(3)
    with transaction.atomic():
        done(2)
        transaction.set_rollback(True)
    done(1)
    assert Head.objects.get().as_stack().root == tree.root_of(leaves())


def test_each_256_entries_leave_a_node_for_the_tiles() -> None:
    services.hold_all(HEARD, {uuid4(): {} for _each in range(520)}, now=NOW)
    services.append_held(now=NOW)
    kept = {node.place: bytes(node.hash) for node in Node.objects.all()}
    assert kept == {
        "8/0": tree.root_of(leaves()[:256]),
        "8/1": tree.root_of(leaves()[256:512]),
    }


def test_a_head_is_signed_once_and_verified_with_the_public_key() -> None:
    assert services.publish_head(now=NOW) is None
    done(3)
    head = services.publish_head(now=NOW)
    assert head is not None
    said = notes.open_note(head.note, public_key())
    assert said == notes.Head(origin(), 3, tree.root_of(leaves()))
    assert services.publish_head(now=NOW) is None
    done(1)
    services.publish_head(now=NOW)
    assert list(SignedHead.objects.order_by("size").values_list("size", flat=True)) == [3, 4]


def test_every_head_is_the_beginning_of_the_next() -> None:
    heads = []
    for more in (3, 4, 6):
        done(more)
        heads.append(services.publish_head(now=NOW))
    hashes = leaves()
    for old, new in pairwise(heads):
        assert old is not None
        assert new is not None
        proof = tree.consistency_proof(old.size, new.size, tree.range_of(hashes[: new.size]))
        assert tree.proves_consistency(old.size, new.size, old.root, new.root, proof)
