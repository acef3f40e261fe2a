import pytest

from goldenthread.kit.refusals import Refusal
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.reading import reasons, services
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.tests.factories import WordsFactory, for_author
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("because", list(reasons.NOT_PUBLISHED))
def test_the_author_sees_the_reason_and_what_the_reader_wrote(because: str) -> None:
    here = listening_project()
    words = WordsFactory.create(project=here.project)
    services.do_not_publish(
        by=here.rosa,
        words=words,
        because=because,
        explanation="You could leave out the name.",
        version=0,
        now=NOW,
    )
    words.refresh_from_db()
    assert words.state == Words.State.UNPUBLISHED
    view = for_author(words)
    assert reasons.said(because) in view.sentence
    assert [line.text for line in view.exchanges] == ["You could leave out the name."]
    assert view.may_object
    assert Entry.objects.get().kind == "words.unpublished"


@pytest.mark.parametrize("because", ["", "critical-of-us", "author-asked", "swearing"])
def test_there_is_no_reason_outside_the_public_list(because: str) -> None:
    here = listening_project()
    words = WordsFactory.create(project=here.project)
    with pytest.raises(Refusal):
        services.do_not_publish(
            by=here.rosa, words=words, because=because, explanation="No.", version=0, now=NOW
        )


def test_the_reader_explains_or_it_is_not_done() -> None:
    here = listening_project()
    words = WordsFactory.create(project=here.project)
    with pytest.raises(Refusal) as refused:
        services.do_not_publish(
            by=here.rosa, words=words, because="advert", explanation=" ", version=0, now=NOW
        )
    assert refused.value.field == "explanation"


def test_only_a_reader_may() -> None:
    here = listening_project()
    words = WordsFactory.create(project=here.project)
    for person in (here.tom, here.priya, here.ada, here.cara, here.dev, here.mina, here.nell):
        with pytest.raises(Refusal):
            services.do_not_publish(
                by=person, words=words, because="advert", explanation="No.", version=0, now=NOW
            )
    words.refresh_from_db()
    assert words.state == Words.State.HELD
