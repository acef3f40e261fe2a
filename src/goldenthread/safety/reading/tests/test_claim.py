from datetime import timedelta

import pytest

from goldenthread.kit.refusals import Refusal
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.reading import services, tasks
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.tests.factories import WordsFactory, released

pytestmark = pytest.mark.django_db
HALF_AN_HOUR = timedelta(minutes=30)


def test_what_one_reader_has_open_no_other_opens_or_decides() -> None:
    here = listening_project()
    words = WordsFactory.create(project=here.project)
    services.claim(by=here.rosa, words=words, now=NOW)
    with pytest.raises(Refusal, match="Another reader"):
        services.claim(by=here.sam, words=words, now=NOW)
    with pytest.raises(Refusal, match="Another reader"):
        services.release(by=here.sam, words=words, version=0, now=NOW)


def test_a_reader_lets_go_and_another_takes_it() -> None:
    here = listening_project()
    words = WordsFactory.create(project=here.project)
    services.claim(by=here.rosa, words=words, now=NOW)
    services.let_go(by=here.sam, words=words, now=NOW)  # not his to let go
    with pytest.raises(Refusal):
        services.claim(by=here.sam, words=words, now=NOW)
    services.let_go(by=here.rosa, words=words, now=NOW)
    assert services.claim(by=here.sam, words=words, now=NOW).claimed_by == here.sam


def test_after_half_an_hour_it_is_put_back() -> None:
    here = listening_project()
    words = WordsFactory.create(project=here.project)
    services.claim(by=here.rosa, words=words, now=NOW)
    tasks.put_back(now=NOW + HALF_AN_HOUR - timedelta(seconds=1))
    words.refresh_from_db()
    assert words.claimed_by == here.rosa
    tasks.put_back(now=NOW + HALF_AN_HOUR)
    words.refresh_from_db()
    assert (words.claimed_by, words.claimed_at) == (None, None)


def test_the_next_one_is_one_that_is_free() -> None:
    here = listening_project()
    one, two = (WordsFactory.create(project=here.project) for _time in range(2))
    first = services.claim_next(by=here.rosa, project=here.project, now=NOW)
    second = services.claim_next(by=here.sam, project=here.project, now=NOW)
    assert {first, second} == {one, two}
    assert services.claim_next(by=here.sam, project=here.project, now=NOW) in (first, second)


def test_the_next_one_is_not_one_that_needs_another_reader() -> None:
    here = listening_project()
    words = WordsFactory.create(project=here.project)
    services.pass_on(by=here.rosa, words=words, version=0, now=NOW)
    assert services.claim_next(by=here.rosa, project=here.project, now=NOW) is None
    assert services.claim_next(by=here.sam, project=here.project, now=NOW) == words


def test_only_a_reader_opens_anything() -> None:
    here = listening_project()
    words = WordsFactory.create(project=here.project)
    for person in (here.tom, here.priya, here.ada, here.cara, here.dev, here.mina, here.nell):
        with pytest.raises(Refusal):
            services.claim(by=person, words=words, now=NOW)
        with pytest.raises(Refusal):
            services.claim_next(by=person, project=here.project, now=NOW)


def test_what_is_decided_is_not_opened_again() -> None:
    here = listening_project()
    with pytest.raises(services.Clash):
        services.claim(by=here.rosa, words=released(project=here.project), now=NOW)


def test_the_lane_is_set_by_a_readers_hand() -> None:
    here = listening_project()
    words = WordsFactory.create(project=here.project)
    services.set_lane(by=here.rosa, words=words, lane="first", now=NOW)
    words.refresh_from_db()
    assert words.lane == Words.Lane.FIRST
    with pytest.raises(Refusal):
        services.set_lane(by=here.tom, words=words, lane="ordinary", now=NOW)
