import pytest

from goldenthread.kit.refusals import Refusal
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.reading import queries, services
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.tests.factories import WordsFactory, for_author, released

pytestmark = pytest.mark.django_db
MASKS = [[0, 6, "name removed"]]


def unpublished() -> tuple[Listening, Words]:
    here = listening_project()
    words = WordsFactory.create(project=here.project)
    words = services.do_not_publish(
        by=here.rosa, words=words, because="off-topic", explanation="Hm.", version=0, now=NOW
    )
    return here, words


def masked() -> tuple[Listening, Words]:
    here = listening_project()
    words = WordsFactory.create(project=here.project)
    words = services.release(by=here.rosa, words=words, masks=MASKS, version=0, now=NOW)
    return here, words


def test_what_was_not_published_is_held_for_another_reader() -> None:
    here, words = unpublished()
    services.object_to(words=words, text="It is about this.", now=NOW)
    words.refresh_from_db()
    assert words.state == Words.State.HELD
    with pytest.raises(Refusal):
        services.claim_next(by=here.rosa, project=here.project, now=NOW) or services.release(
            by=here.rosa, words=words, version=words.version, now=NOW
        )
    services.release(by=here.sam, words=words, version=words.version, now=NOW)
    words.refresh_from_db()
    assert words.state == Words.State.RELEASED


def test_what_was_masked_stays_shown_until_another_reader_has_looked() -> None:
    here, words = masked()
    services.object_to(words=words, text="That is my own name.", now=NOW)
    words.refresh_from_db()
    assert words.state == Words.State.RELEASED
    assert words in queries.waiting(here.project)
    with pytest.raises(Refusal):
        services.release(by=here.rosa, words=words, version=words.version, now=NOW)
    services.release(by=here.sam, words=words, version=words.version, now=NOW)
    words.refresh_from_db()
    assert words.shown == words.text
    assert words not in queries.waiting(here.project)


def test_the_second_reader_may_leave_it_as_it_was() -> None:
    here, words = masked()
    services.object_to(words=words, text="No.", now=NOW)
    words.refresh_from_db()
    day = words.released_on
    services.release(by=here.sam, words=words, masks=MASKS, version=words.version, now=NOW)
    words.refresh_from_db()
    assert (words.masks, words.released_on) == ([[*MASKS[0], "text"]], day)


def test_after_two_readers_there_is_no_third_time() -> None:
    here, words = masked()
    services.object_to(words=words, text="No.", now=NOW)
    words.refresh_from_db()
    services.release(by=here.sam, words=words, masks=MASKS, version=words.version, now=NOW)
    words.refresh_from_db()
    assert not for_author(words).may_object
    with pytest.raises(Refusal, match="Two people"):
        services.object_to(words=words, text="Still no.", now=NOW)


def test_there_is_nothing_to_object_to_before_it_is_read_or_when_all_is_shown() -> None:
    here = listening_project()
    for words in (WordsFactory.create(project=here.project), released(project=here.project)):
        assert not for_author(words).may_object
        with pytest.raises(Refusal):
            services.object_to(words=words, text="No.", now=NOW)


def test_the_author_sees_that_they_objected_but_not_what_they_wrote() -> None:
    _here, words = unpublished()
    services.object_to(words=words, text="A secret of mine.", now=NOW)
    words.refresh_from_db()
    view = for_author(words)
    assert "secret" not in repr(view)
    assert "do not agree" in view.exchanges[-1].who
