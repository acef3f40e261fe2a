"""The page that verifies the record offline, opened from disk: good files and tampered ones."""

import base64
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.test import Client
from playwright.sync_api import Browser, Page, Request

from goldenthread.kit.testing.browser import axe_faults
from goldenthread.thread import events, published, services
from goldenthread.thread.keys import origin, public_key
from goldenthread.thread.merkle import notes, tiles
from goldenthread.thread.models import Entry
from goldenthread.thread.services.changing import change_key

pytestmark = [pytest.mark.submission, pytest.mark.django_db]
NOW = datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
SAID = events.Event("test.offline", "Something was said.")
QUIET = events.Event("test.offline-quiet", "Something confidential.", confidential=True)
WELL, WRONG = "Everything matches", "This does not match"
Judge = Callable[..., str]


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """What a person downloads: the page, the list, the seal, the keys, and a proof."""
    services.hold_all(SAID, {uuid4(): {} for _each in range(700)}, now=NOW)
    services.append_held(now=NOW)
    services.record(QUIET, about=uuid4(), now=NOW)
    services.publish_head(now=NOW)
    client = Client()
    for name in ("verify.html", "entries", "checkpoint", "keys"):
        answer = client.get(f"/record/{name}")
        (tmp_path / name).write_bytes(b"".join(answer))
    head, entry = published.newest(), Entry.objects.get(seq=641)
    assert head is not None
    (tmp_path / "proof").write_text(published.proof_of(entry, head))
    return tmp_path


@pytest.fixture
def judge(files: Path, browser: Browser) -> Judge:
    """Open the page from disk and give it files; return what it says."""

    def asked(*names: str) -> str:
        page = opened(browser, files)
        page.set_input_files("#files", [files / name for name in names])
        page.wait_for_selector("#verdict li")
        assert axe_faults(page) == []
        told = page.inner_text("#verdict")
        page.close()
        return told

    return asked


def opened(browser: Browser, files: Path) -> Page:
    page = browser.new_page()

    def see(request: Request) -> None:
        assert request.url.startswith(("file:", "blob:"))

    page.on("request", see)
    page.goto((files / "verify.html").as_uri())
    return page


def test_the_whole_list_and_a_proof_are_found_good(judge: Judge) -> None:
    told = judge("entries", "checkpoint", "keys", "proof")
    assert told.startswith(WELL)
    assert "The first 701 entries are those that were sealed." in told
    assert "Your entry, number 641, is in the record" in told
    head = published.newest()
    assert head is not None
    assert f"The four words of the seal over 701 entries: {head.words}." in told


def test_a_proof_alone_needs_only_the_keys(judge: Judge) -> None:
    assert judge("proof", "keys").startswith(WELL)
    told = judge("proof")
    assert "Choose the public keys too" in told
    assert told.startswith("Nothing is checked yet")


def test_every_kind_of_tampering_is_named(judge: Judge, files: Path) -> None:
    bodies = list(tiles.unbundle((files / "entries").read_bytes()))
    altered = [*bodies[:3], bodies[3].replace(b"test.offline", b"test.altered"), *bodies[4:]]
    for name, tampered, why in (
        ("altered", altered, "not those that were sealed"),
        ("dropped", [*bodies[:5], *bodies[6:]], "some were dropped or moved"),
        ("rolled-back", bodies[:600], "An older list took the place of a newer one"),
    ):
        (files / name).write_bytes(tiles.bundle(tampered))
        told = judge(name, "checkpoint", "keys")
        assert told.startswith(WRONG)
        assert why in told
    proof = (files / "proof").read_text()
    (files / "forged").write_text(proof.replace("index 641", "index 640"))
    assert "Your proof does not lead to its seal" in judge("forged", "keys")


def test_a_seal_of_another_key_is_refused(judge: Judge, files: Path) -> None:
    other = Ed25519PrivateKey.generate()
    head = notes.read_note((files / "checkpoint").read_text())[0]
    (files / "theirs").write_text(notes.signed(head, origin(), other))
    assert "not signed with a key you chose" in judge("entries", "theirs", "keys")


def test_a_change_of_key_is_followed(judge: Judge, files: Path, settings: object) -> None:
    """Someone who holds the old key alone can check what was sealed with the new one."""
    from goldenthread.kit import keyfile  # noqa: PLC0415
    from goldenthread.thread.keys import private_key  # noqa: PLC0415

    old, path = str(public_key()), files / "keys.json"
    kept = base64.b64encode(private_key().private_bytes_raw()).decode()
    keyfile.write(path, {"record": kept})
    change_key(file=path, now=NOW)
    settings.RECORD_KEY = base64.b64decode(keyfile.read(path)["record"])  # type: ignore[attr-defined]
    services.publish_head(now=NOW)
    for name in ("entries", "checkpoint"):
        (files / f"new-{name}").write_bytes(b"".join(Client().get(f"/record/{name}")))
    (files / "old-key").write_text(f"{old}\n")
    told = judge("new-entries", "new-checkpoint", "checkpoint", "old-key")
    assert told.startswith(WELL)
    assert "The first 702 entries are those that were sealed." in told
