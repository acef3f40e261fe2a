from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client

from goldenthread.kit.testing.queries import at_most
from goldenthread.thread import events, published, services
from goldenthread.thread.keys import public_key
from goldenthread.thread.merkle import notes, tiles, tree
from goldenthread.thread.models import Entry, SignedHead
from goldenthread.thread.tests.test_witness import look

NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
SAID = events.Event("test.published", "Something was published.")
QUIET = events.Event("test.quiet", "Something confidential was done.", confidential=True)

pytestmark = pytest.mark.django_db


def append(how_many: int) -> None:
    services.hold_all(SAID, {uuid4(): {} for _each in range(how_many)}, now=NOW)
    services.append_held(now=NOW)


def seal() -> SignedHead:
    services.publish_head(now=NOW)
    return SignedHead.objects.latest("size")


def get(path: str):
    return Client().get(f"/record/{path}")


def test_the_checkpoint_is_the_newest_signed_head():
    assert get("checkpoint").status_code == 404
    append(3)
    seal()
    append(2)
    answer = get("checkpoint")
    assert notes.open_note(answer.content.decode(), public_key()).size == 3
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert not answer.cookies
    assert get("head/3").content == answer.content
    assert get("head/4").status_code == 404


def test_tiles_hold_the_tree_and_full_ones_are_kept_for_ever():
    append(600)
    seal()
    leaves = [bytes(each) for each in Entry.objects.order_by("seq").values_list("leaf", flat=True)]
    full, part = get("tile/0/001"), get("tile/0/002.p/88")
    assert full.content == b"".join(leaves[256:512])
    assert "immutable" in full["Cache-Control"]
    assert part.content == b"".join(leaves[512:600])
    assert part["Cache-Control"] == "public, max-age=60"
    roots = [tree.root_of(leaves[:256]), tree.root_of(leaves[256:512])]
    assert get("tile/1/000.p/2").content == b"".join(roots)
    bodies = list(tiles.unbundle(get("tile/entries/002.p/88").content))
    assert [tree.leaf_hash(body) for body in bodies] == leaves[512:]


@pytest.mark.parametrize(
    "path",
    [
        "0/002.p/89",
        "0/002",
        "0/3",
        "0/000.p/0",
        "0/000.p/256",
        "0/000.p/07",
        "00/000",
        "1/000.p/3",
        "64/000",
        "entries/003.p/1",
        "entries/000/p/1",
        "x",
        "-1/000",
        "0/x000/001",
    ],
)
def test_what_is_no_tile_of_the_newest_head_is_not_there(path):
    append(600)
    seal()
    append(30)  # not sealed yet
    assert get(f"tile/{path}").status_code == 404


def test_a_tile_costs_two_queries_and_the_whole_list_few():
    append(600)
    seal()
    for path in ("0/000", "1/000.p/2", "entries/001"):
        with at_most(2):
            published.tile(path)
    with at_most(2):
        get("tile/entries/000")
    with at_most(2):
        whole = b"".join(get("entries").streaming_content)
    assert len(list(tiles.unbundle(whole))) == 600


def test_the_page_leads_to_everything_without_signing_in():
    append(5)
    head = seal()
    with at_most(6):
        answer = get("")
    text = answer.content.decode()
    assert head.words in text
    assert not answer.cookies
    for path in ("checkpoint", "entries", "keys", "witness.py", "verify.html", "give-back/"):
        assert f'href="/record/{path}"' in text
        assert get(path).status_code == 200
    assert get("keys").content.decode() == f"{public_key()}\n"
    assert "attachment" in get("verify.html")["Content-Disposition"]


def test_of_a_confidential_act_only_the_hash_is_published(tmp_path):
    secret = services.record(QUIET, about=uuid4(), now=NOW)
    append(300)
    seal()
    whole = list(tiles.unbundle(b"".join(get("entries").streaming_content)))
    assert whole[secret.seq] == b"#" + bytes(secret.leaf).hex().encode()
    assert str(secret.about).encode() not in b"".join(whole)
    assert "All 301 entries continue" in look(tmp_path)
    append(3)
    seal()
    assert "All 304 entries continue" in look(tmp_path)


def test_every_act_about_a_concern_is_confidential():
    kinds = [each for each in events.all_declared() if each.name.startswith("concern.")]
    assert kinds
    assert all(each.confidential for each in kinds)


def test_an_empty_record_has_a_page_too():
    assert "Nothing is sealed yet" in get("").content.decode()


def test_the_nightly_check_keeps_what_it_found_and_says_so_in_the_record_once():
    append(4)
    seal()
    assert services.check_record(now=NOW).faults == []
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute("update thread_entry set kind = 'x' where seq = 2")
        cursor.execute("set session_replication_role = default")
    for days in (1, 2):
        found = services.check_record(now=NOW + timedelta(days=days))
        assert found.faults == [["altered", "Entry 2 was altered after it was written.", ""]]
    assert Entry.objects.filter(kind="record.check-failed").count() == 1
    assert "Something does not match" in get("").content.decode()
