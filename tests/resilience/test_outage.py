"""R4: while the database is away, an honest page holds the words."""

import http.client
import signal
import time
from collections import Counter
from html import unescape
from urllib.parse import urlencode

import pytest
from tests.resilience.door import Door
from tests.resilience.house import wait_until
from tests.resilience.visitors import CSRF, Sender, fields_of, forms_of

pytestmark = [pytest.mark.submission, pytest.mark.xdist_group("lived-in")]
AWAY = 30  # seconds
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


def opened(lived_in, **how):
    """A door with a box that is open, and its forms."""
    door = Door(lived_in, **how)
    door.path, door.keys = forms_of(lived_in, 400)
    lived_in.stop()
    door.open()
    return door


def keeps_the_words(door, key):
    """With the database away: an honest page, soon, in which the words stand ready to be sent."""
    for site, kept in (("same-origin", True), ("cross-site", False)):
        status, body, took = send(door.port, door.path, WORDS, key, site=site)
        assert status == 503
        assert took < 5
        assert (WORDS in body) is kept  # what another site sent is not offered again
        assert (key in body) is kept
    assert door.page("/") == 503


def test_while_the_database_is_away_the_words_stay_in_the_page(lived_in):
    """In the midst of people sending; nothing that was acknowledged is missing afterwards."""
    door = opened(lived_in)
    first, *keys = door.keys
    forms = [(f"while away {number:03}", key) for number, key in enumerate(keys)]
    people = [Sender(door.port, door.path, forms[n::4], patience=300.0) for n in range(4)]
    try:
        for each in people:
            each.start()
        wait_until(lambda: sum(len(each.acknowledged) for each in people) >= 20)
        door.kill_database(signal.SIGQUIT)
        keeps_the_words(door, first)
        time.sleep(AWAY)
        door.server.start()
        began = time.monotonic()
        while send(door.port, door.path, WORDS, first)[0] != 302:
            assert time.monotonic() - began < 10
            time.sleep(0.2)
        for each in people:
            each.join()
        there = Counter(text for (text,) in door.rows("SELECT text FROM reading_words"))
        said = {text for each in people for text in each.acknowledged}
        assert said == {text for text, _key in forms}
        assert {there[text] for text in [*said, WORDS]} == {1}
    finally:
        door.close()


@pytest.mark.weekly  # a control: it fails when the check is blind
def test_control_a_page_that_loses_the_words_is_caught(lived_in):
    door = opened(lived_in, front="tests.resilience.forgetful:front")
    try:
        door.kill_database(signal.SIGQUIT)
        with pytest.raises(AssertionError):
            keeps_the_words(door, door.keys[0])
    finally:
        door.close()
