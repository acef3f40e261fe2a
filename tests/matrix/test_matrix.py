"""R16: every route, every role, every method, on one's own things and on those of others.

The table is kept in `golden.json`; a route that is not in it fails. After a deliberate change:
`UPDATE_MATRIX=1 ./test tests/matrix`, then read the difference line by line.
"""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from goldenthread.kit import clock
from tests.matrix.world import AT, CONCERN, NOBODY, RELEASED, ROLES, UNREAD, World, build, client_of

GOLDEN = Path(__file__).with_name("golden.json")
METHODS = ("get", "post", "put", "delete")
UNUSED = ("put", "delete")  # no view takes them: asked once, not on others' things too
SKIPPED = {"static"}  # files
ADDRESS = re.compile(r"<(?:\w+:)?(\w+)>")

pytestmark = pytest.mark.django_db


def routes(resolver: Any = None, before: str = "/", space: str = "") -> Iterator[tuple[str, str]]:
    """Yield (name, path with converters) of every route there is."""
    for each in (resolver or get_resolver()).url_patterns:
        path = before + str(each.pattern).lstrip("^").rstrip("$")
        if isinstance(each, URLResolver):
            yield from routes(each, path, f"{space}{each.namespace}:" if each.namespace else space)
        elif isinstance(each, URLPattern):
            yield f"{space}{each.name}", path


def filled(path: str, refs: dict[str, Any]) -> str:
    """Fill the converters of a path; a converter nobody filled is an error."""
    return ADDRESS.sub(lambda found: str(refs[found.group(1)]), path)


def status(client: Client, method: str, path: str) -> tuple[int, bytes]:
    """Ask, note the answer, and undo whatever it did."""
    with transaction.atomic():
        answer = getattr(client, method)(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        transaction.set_rollback(True)
    return answer.status_code, body


@pytest.fixture
def worlds() -> Iterator[tuple[World, World]]:
    with clock.frozen(AT):
        yield build("mine"), build("theirs")


def others(mine: World, theirs: World) -> dict[str, Any]:
    """Return references of the other world, under the address of the other project."""
    return {**mine.refs, **theirs.refs}


def smuggled(mine: World, theirs: World) -> dict[str, Any]:
    """Return references of the other world's things under the address of one's own project."""
    return {
        **theirs.refs,
        "organisation": mine.refs["organisation"],
        "project": mine.refs["project"],
    }


def row(role: str, path: str, mine: World, theirs: World) -> tuple[str, list[str]]:
    """Return the statuses of one role on one route, and the faults found on the way."""
    faults: list[str] = []
    cells = []
    for method in METHODS:
        own, own_body = status(client_of(mine, role), method, filled(path, mine.refs))
        cell = f"{method} {own}"
        if ADDRESS.search(path) and method not in UNUSED:
            other, body = status(client_of(mine, role), method, filled(path, others(mine, theirs)))
            lent, lent_body = status(
                client_of(mine, role), method, filled(path, smuggled(mine, theirs))
            )
            cell += f"/{other}/{lent}"
            faults += _leaks(role, method, path, [(other, body), (lent, lent_body)])
        faults += _unread(role, method, path, own_body)
        if own >= 500:
            faults.append(f"{role} {method} {path}: {own}")
        cells.append(cell)
    return ", ".join(cells), faults


def _leaks(role: str, method: str, path: str, answers: list[tuple[int, bytes]]) -> Iterator[str]:
    for code, body in answers:
        if code in {401, 403} or code >= 500:
            yield f"{role} {method} {path}: {code} on others' things tells that they exist"
        for canary in (UNREAD, CONCERN):
            if f"{canary}-theirs".encode() in body:
                yield f"{role} {method} {path}: shows {canary} of the other world"
    if f"{RELEASED}-theirs".encode() in answers[1][1]:
        yield f"{role} {method} {path}: shows another project's voice under one's own"


def _unread(role: str, method: str, path: str, body: bytes) -> Iterator[str]:
    """Unread words are for readers and safeguarders; concerns for safeguarders alone."""
    if UNREAD.encode() in body and role not in {"reader", "safeguarder"}:
        yield f"{role} {method} {path}: shows unread words"
    if CONCERN.encode() in body and role != "safeguarder":
        yield f"{role} {method} {path}: shows a concern"


@pytest.mark.parametrize("role", ROLES)
def test_every_route_answers_this_role_as_the_table_says(
    role: str, worlds: tuple[World, World]
) -> None:
    found, faults = {}, []
    for name, path in sorted(routes()):
        if name in SKIPPED:
            continue
        key = f"{name} {path}"
        found[key], wrong = row(role, path, *worlds)
        faults += wrong
        faults += [f"{role} {name}: takes {each}" for each in UNUSED if f"{each} 2" in found[key]]
    assert not faults, "\n".join(faults)
    kept = json.loads(GOLDEN.read_text()) if GOLDEN.exists() else {}
    if os.environ.get("UPDATE_MATRIX"):
        GOLDEN.write_text(json.dumps({**kept, role: found}, indent=1, sort_keys=True) + "\n")
        return
    assert found == kept.get(role), "the table of routes has changed: read the difference"


def test_not_yours_and_not_there_look_the_same(worlds: tuple[World, World]) -> None:
    mine, theirs = worlds
    for role in ("guest", "member", "facilitator"):
        for name, path in routes():
            if not {"project", "organisation"} & set(ADDRESS.findall(path)):
                continue
            absent = {
                key: NOBODY if not isinstance(ref, str) else "not-there"
                for key, ref in mine.refs.items()
            }
            code, body = status(client_of(mine, role), "get", filled(path, others(mine, theirs)))
            if code == 404:
                assert status(client_of(mine, role), "get", filled(path, absent)) == (code, body), (
                    name
                )


def test_a_route_that_leaks_would_be_seen(worlds: tuple[World, World]) -> None:
    """The negative control: answers that leak, and statuses that tell, are named."""
    leak = f"… {UNREAD}-theirs …".encode()
    first = next(_leaks("member", "get", "/x/", [(200, leak), (403, b"")]))
    assert first.endswith("other world")
    assert any(
        "tells that they exist" in fault
        for fault in _leaks("member", "get", "/x/", [(403, b""), (404, b"")])
    )
    assert list(_unread("administrator", "get", "/x/", f"{UNREAD}-mine".encode()))
    assert not list(_unread("reader", "get", "/x/", f"{UNREAD}-mine".encode()))
