"""R8: two readers at the same words never overwrite each other; the second sees both versions."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from goldenthread.people.accounts.models import Person
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.reading import services
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.tests.factories import WordsFactory

pytestmark = pytest.mark.django_db(transaction=True)
PAIRS = 100
MASKS = {"Rosa": [[0, 6, "name removed"]], "Sam": [[7, 11, "place removed"]]}

Edit = Callable[[Person, Words, Barrier], "Words | services.Clash"]


def careful(by: Person, words: Words, both: Barrier) -> Words | services.Clash:
    """Release as the page does: with the version that was read."""
    both.wait()
    try:
        return services.release(by=by, words=words, masks=MASKS[by.name], version=0, now=NOW)
    except services.Clash as clash:
        return clash


def careless(by: Person, words: Words, both: Barrier) -> Words | services.Clash:
    """The control: read, then write, without lock or version."""
    mine = Words.objects.get(ref=words.ref)
    both.wait()
    mine.state, mine.released_on, mine.masks = "released", NOW.date(), MASKS[by.name]
    mine.save()
    return mine


def play(edit: Edit, here: Listening, pairs: int) -> list[list[Words | services.Clash]]:
    """Let two readers edit each of so many words at the same moment."""
    played = []

    def one(by: Person, words: Words, both: Barrier) -> Words | services.Clash:
        try:
            return edit(by, words, both)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for _pair in range(pairs):
            words, both = WordsFactory.create(project=here.project), Barrier(2)
            tries = [pool.submit(one, by, words, both) for by in (here.rosa, here.sam)]
            played.append([each.result() for each in tries])
    return played


def overwritten(played: list[list[Words | services.Clash]]) -> int:
    """Count the pairs of which both readers believe that theirs stands."""
    return sum(all(isinstance(each, Words) for each in pair) for pair in played)


def test_of_a_hundred_pairs_none_overwrites_and_every_second_one_sees_the_first() -> None:
    played = play(careful, listening_project(), PAIRS)
    assert overwritten(played) == 0
    for pair in played:
        (won,) = [each for each in pair if isinstance(each, Words)]
        (lost,) = [each for each in pair if isinstance(each, services.Clash)]
        assert lost.theirs.shown == won.shown
        assert lost.theirs.read_by == won.read_by
        assert Words.objects.get(ref=won.ref).masks == won.masks


def test_the_count_would_notice_readers_without_versions() -> None:
    assert overwritten(play(careless, listening_project(), 5)) == 5
