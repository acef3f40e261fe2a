"""Forms from one address, if somebody wants a limit: counted for an hour, under marks alone."""

from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory

from goldenthread.kit import clock, floods
from goldenthread.kit.caches import Plainly
from goldenthread.kit.floods import address_of, too_many
from goldenthread.pages.floods import FloodMiddleware

NOW = datetime(2026, 3, 2, 9, 10, tzinfo=UTC)
HERE, THERE = "192.0.2.1", "192.0.2.2"
WORDS = "It took all night to write <this> down."


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
    yield
    cache.clear()


def sent(address, **more):
    headers = {"sec-fetch-site": "same-origin", **more}
    form = {"text": WORDS, "form_key": "sealed"}
    request = RequestFactory(headers=headers).post("/p/x/speak/", form, REMOTE_ADDR=address)
    with clock.frozen(NOW):
        return FloodMiddleware(lambda _request: HttpResponse("taken"))(request)


def test_beyond_the_limit_the_form_comes_back_with_all_that_was_typed(settings):
    settings.FORMS_AN_HOUR = 2
    assert [sent(HERE).status_code for _ in range(3)] == [200, 200, 429]
    body = unescape(sent(HERE).content.decode())
    assert body.count(WORDS) == 2
    assert 'name="form_key" value="sealed"' in body
    assert sent(THERE).status_code == 200


def test_pages_are_read_without_being_counted(settings):
    settings.FORMS_AN_HOUR = 1
    middleware = FloodMiddleware(lambda _request: HttpResponse())
    for _ in range(3):
        assert middleware(RequestFactory().get("/", REMOTE_ADDR=HERE)).status_code == 200


def test_with_a_new_hour_all_begin_anew_under_other_marks(monkeypatch):
    marks = []
    add = cache.add
    monkeypatch.setattr(
        floods.cache, "add", lambda key, *a, **k: marks.append(key) or add(key, *a, **k)
    )
    assert [too_many(HERE, most=1, now=NOW) for _ in range(2)] == [False, True]
    assert not too_many(HERE, most=1, now=NOW + timedelta(hours=1))
    counted = [mark for mark in marks if "floods" not in mark]
    assert counted[0] == counted[1] != counted[2]
    assert not any(HERE in mark for mark in marks)


def test_houses_share_a_count_in_the_new_internet():
    assert not too_many("2001:db8:1:2::1", most=1, now=NOW)
    assert too_many("2001:db8:1:2:ffff::7", most=1, now=NOW)
    assert not too_many("2001:db8:1:3::1", most=1, now=NOW)


@pytest.mark.parametrize(
    ("passed", "peer", "found"),
    [
        ("", HERE, HERE),
        ("198.51.100.9", HERE, HERE),  # whoever is no proxy of ours may write what they like
        (THERE, "127.0.0.1", THERE),
        (f"198.51.100.9, {THERE}", "127.0.0.1", THERE),
        (f"{THERE}, 10.0.0.1", "127.0.0.1", THERE),
        ("", "127.0.0.1", "127.0.0.1"),
    ],
)
def test_only_our_own_proxies_are_believed(passed, peer, found):
    headers = {"x-forwarded-for": passed} if passed else {}
    request = RequestFactory(headers=headers).get("/", REMOTE_ADDR=peer)
    assert address_of(request, proxies=["127.0.0.1", "10.0.0.1"]) == found


def test_nothing_in_the_cache_runs_as_a_program():
    plainly = Plainly()
    assert plainly.dumps(3) == 3
    assert plainly.loads(plainly.dumps("y")) == "y"
    assert plainly.loads(b"3") == 3
    with pytest.raises(ValueError, match="Expecting value"):
        plainly.loads(b"cos\nsystem\n(S'true'\ntR.")
