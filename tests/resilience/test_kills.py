"""R1: what was acknowledged is there, once, however often the server is killed."""

import random
import signal
import time

import pytest
from tests.resilience.door import FRONT, Door
from tests.resilience.house import goldenthread, wait_until
from tests.resilience.visitors import Sender, forms_of

pytestmark = [pytest.mark.submission, pytest.mark.xdist_group("lived-in")]
PEOPLE = 4
WRITES, KILLS = 10_000, 25
TEXTS = "SELECT text FROM reading_words WHERE text LIKE %s"


class Missing(AssertionError):
    pass


def write_under_fire(house, *, writes, kills, front=FRONT, start="kept"):
    """Send so many forms while the server is killed again and again; look after each kill."""
    path, keys = forms_of(house, writes)
    house.stop()
    door = Door(house, front=front)
    door.open()
    forms = [(f"{start} {number:05}", key) for number, key in enumerate(keys)]
    people = [Sender(door.port, path, forms[n::PEOPLE], patience=600.0) for n in range(PEOPLE)]
    try:
        for each in people:
            each.start()
        for kill in range(kills):
            wait_for_some(people, (kill + 0.5) * writes / kills)
            time.sleep(random.uniform(0, 0.6))
            strike(door, kill)
            look(door, people, start)
            door.start_pages()
        for each in people:
            each.join()
        look(door, people, start)
        return [text for (text,) in door.rows(TEXTS, f"{start} %")]
    finally:
        for each in people:
            each.stopped.set()
            each.join()
        door.close()


def wait_for_some(people, enough):
    wait_until(lambda: sum(len(each.acknowledged) for each in people) >= enough, within=300)


def strike(door, kill):
    """Kill the pages, each third time the database with them, before or after, hard or harder."""
    if kill % 3 == 0:
        door.kill_database(signal.SIGKILL if kill % 2 else signal.SIGQUIT)
    door.kill_pages()
    if kill % 3 == 0:
        door.server.start()


def look(door, people, start):
    """Nothing that was acknowledged until now is missing."""
    said = {text for each in people for text in list(each.acknowledged)}
    missing = said - {text for (text,) in door.rows(TEXTS, f"{start} %")}
    if missing:
        raise Missing(f"{len(missing)} of {len(said)} acknowledged are missing")


def test_nothing_acknowledged_is_lost_and_nothing_is_there_twice(lived_in, record_property):
    began = time.monotonic()
    texts = write_under_fire(lived_in, writes=WRITES, kills=KILLS)
    record_property("seconds", round(time.monotonic() - began))
    assert len(texts) == WRITES
    assert len(set(texts)) == WRITES
    verified = goldenthread(lived_in.data, "record", "verify")
    assert verified.returncode == 0, verified.stdout


@pytest.mark.weekly  # a control: it fails when the check is blind
def test_a_server_that_says_thank_you_too_soon_is_caught(lived_in):
    with pytest.raises(Missing):
        write_under_fire(
            lived_in, writes=400, kills=4, front="tests.resilience.hasty:front", start="hasty"
        )
