"""What a page or a browser carries for us comes back as it was, or not at all."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpRequest, HttpResponse

from goldenthread.kit import carrying, cookies
from goldenthread.kit.carrying import carried, carried_file, carry, carry_file
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.sealing import seal

NOW = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


def test_a_file_comes_back_as_it_was_and_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    data = bytes(range(256)) * 20
    assert carried_file(carry_file(data)) == data
    for forged in ("", "forged", seal("no file").decode(), carry({}, where=uuid4(), now=NOW)):
        with pytest.raises(Refusal, match="choose the file again"):
            carried_file(forged)
    monkeypatch.setattr(carrying, "MOST", 100)
    with pytest.raises(Refusal, match="cut it in two"):
        carry_file(data)
    with pytest.raises(Refusal, match="Ask the operator"):
        carry_file(data, too_large="Ask the operator.")


def test_what_was_read_belongs_to_one_thing() -> None:
    here, sealed_file = uuid4(), carry_file(b"a file")
    assert carried(carry([1], where=here, now=NOW), where=here, now=NOW) == [1]
    for sealed in (carry([1], where=uuid4(), now=NOW), sealed_file):
        with pytest.raises(Refusal, match="too old"):
            carried(sealed, where=here, now=NOW)


def test_a_sealed_cookie_is_read_for_one_thing_alone() -> None:
    here, answer = uuid4(), HttpResponse()
    kept: dict[str, Any] = {"about": here, "path": "/p/", "seconds": 600}
    cookies.keep_sealed(answer, "sent", ["K7M3", 1], **kept)
    cookie = answer.cookies["sent"]
    assert (cookie["path"], cookie["max-age"], cookie["samesite"]) == ("/p/", 600, "Strict")
    assert cookie["httponly"]
    request = HttpRequest()
    request.COOKIES["sent"] = cookie.value
    assert cookies.sealed_in(request, "sent", about=here, values=2) == ["K7M3", 1]
    assert cookies.sealed_in(request, "sent", about=uuid4(), values=2) is None
    assert cookies.sealed_in(request, "sent", about=here, values=3) is None
    assert cookies.sealed_in(request, "other", about=here, values=2) is None
    for forged in ("K7M3", seal("[]").decode(), seal("7").decode()):
        request.COOKIES["sent"] = forged
        assert cookies.sealed_in(request, "sent", about=here, values=2) is None
    cookies.drop(answer, "sent", path="/p/")
    assert (answer.cookies["sent"].value, answer.cookies["sent"]["max-age"]) == ("", 0)
