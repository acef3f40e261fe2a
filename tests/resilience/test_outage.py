"""R4: while the database is away, an honest page holds the words."""

import http.client
import signal
import time
from html import unescape
from urllib.parse import urlencode

import pytest
from tests.resilience.door import Door
from tests.resilience.visitors import CSRF, fields_of, forms_of

pytestmark = [pytest.mark.submission, pytest.mark.xdist_group("lived-in")]
WORDS = "Nobody told me <how long> it takes, and it took all night to write this down."


def send(port, path, text, key, *, site="same-origin"):
    """Send a form as a browser does: status, page, seconds."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {
        "Host": f"localhost:{port}",
        "Cookie": f"csrf={CSRF}",
        "Content-Type": "application/x-www-form-urlencoded",
        "Sec-Fetch-Site": site,
    }
    began = time.monotonic()
    line.request("POST", path, urlencode(fields_of(text, key)), headers)
    answer = line.getresponse()
    body = unescape(answer.read().decode())
    line.close()
    return answer.status, body, time.monotonic() - began


@pytest.fixture
def door(lived_in):
    opened = Door(lived_in)
    opened.path, opened.keys = forms_of(lived_in, 6)
    lived_in.stop()
    opened.open()
    yield opened
    opened.close()


def test_while_the_database_is_away_the_words_stay_in_the_page(door):
    door.kill_database(signal.SIGQUIT)
    for site, kept in (("same-origin", True), ("cross-site", False)):
        status, body, took = send(door.port, door.path, WORDS, door.keys[0], site=site)
        assert status == 503
        assert took < 5
        assert (WORDS in body) is kept  # what another site sent is not offered again
        assert (door.keys[0] in body) is kept
    assert door.page("/") == 503

    time.sleep(3)
    door.server.start()
    began = time.monotonic()
    while send(door.port, door.path, WORDS, door.keys[0])[0] != 302:
        assert time.monotonic() - began < 10
        time.sleep(0.2)
    assert door.rows("SELECT count(*) FROM reading_words WHERE text = %s", WORDS) == [(1,)]


def test_what_other_sites_send_is_not_offered_again_and_a_lost_page_is_caught(door):
    """The check itself: a page that gives nothing back is not taken for one that does."""
    status, body, _took = send(door.port, door.path, WORDS, "no key of ours")
    assert status == 200  # the form again, with the words in it: the database is there
    assert WORDS in body
    assert WORDS not in body.replace(WORDS, "")
