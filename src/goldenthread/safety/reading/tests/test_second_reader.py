import pytest

from goldenthread.kit.refusals import Refusal
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.reading import services
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.tests.factories import WordsFactory

pytestmark = pytest.mark.django_db


def test_whoever_asks_for_a_second_reader_does_not_decide() -> None:
    here = listening_project()
    words = WordsFactory.create(project=here.project)
    services.pass_on(by=here.rosa, words=words, version=0, now=NOW)
    with pytest.raises(Refusal, match="Another reader"):
        services.release(by=here.rosa, words=words, version=1, now=NOW)
    with pytest.raises(Refusal, match="Another reader"):
        services.do_not_publish(
            by=here.rosa, words=words, because="advert", explanation="It is.", version=1, now=NOW
        )


def test_another_reader_decides() -> None:
    here = listening_project()
    words = WordsFactory.create(project=here.project)
    services.pass_on(by=here.rosa, words=words, version=0, now=NOW)
    services.release(by=here.sam, words=words, version=1, now=NOW)
    words.refresh_from_db()
    assert words.state == Words.State.RELEASED
    assert not words.second_reader
    assert words.read_by == here.sam


def test_without_the_wish_for_a_second_reader_one_decides_alone() -> None:
    here = listening_project()
    words = WordsFactory.create(project=here.project)
    services.release(by=here.rosa, words=words, version=0, now=NOW)
    words.refresh_from_db()
    assert words.state == Words.State.RELEASED
