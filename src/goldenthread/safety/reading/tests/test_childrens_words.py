"""Words of children: a second reader, and never the name of the school or service."""

import pytest

from goldenthread.kit.refusals import Refusal
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.masks import Mask
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.tests.factories import WordsFactory
from goldenthread.safety.young.quotes import names_in
from goldenthread.safety.young.tests.factories import school

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("At Hartfield nobody listens.", True),
        ("hartfield academy is loud.", True),
        ("The academy is loud.", False),
        ("My school is loud.", False),
    ],
)
def test_a_name_is_found_whole_or_by_its_own_word(text: str, found: bool) -> None:  # noqa: FBT001
    assert bool(names_in(text, ["Hartfield Academy"])) == found


def words_in(here: Listening, text: str = "Break is too short.") -> Words:
    return WordsFactory.create(project=here.project, text=text)


def test_one_reader_alone_does_not_release_a_childs_words() -> None:
    here = school()
    words = words_in(here)
    with pytest.raises(Refusal, match="second reader"):
        reading.release(by=here.rosa, words=words, version=0, now=NOW)
    passed = reading.pass_on(by=here.rosa, words=words, version=0, now=NOW)
    with pytest.raises(Refusal):
        reading.release(by=here.rosa, words=words, version=passed.version, now=NOW)
    shown = reading.release(by=here.sam, words=words, version=passed.version, now=NOW)
    assert shown.state == Words.State.RELEASED


def test_an_adults_words_need_one_reader() -> None:
    here = listening_project()
    shown = reading.release(by=here.rosa, words=words_in(here), version=0, now=NOW)
    assert shown.state == Words.State.RELEASED


def test_the_name_of_the_school_is_masked_before_anyone_sees_it() -> None:
    here = school()
    words = words_in(here, "At Hartfield break is too short.")
    passed = reading.pass_on(by=here.rosa, words=words, version=0, now=NOW)
    with pytest.raises(Refusal, match="Hartfield Academy"):
        reading.release(by=here.sam, words=words, version=passed.version, now=NOW)
    mask: Mask = [3, 12, "name removed", "text"]
    shown = reading.release(by=here.sam, words=words, masks=[mask], version=passed.version, now=NOW)
    assert "Hartfield" not in shown.shown


def test_many_at_once_go_on_to_a_second_reader() -> None:
    here = school()
    several = [words_in(here), words_in(here)]
    versions = {each.ref: each.version for each in several}
    done = reading.release_many(by=here.rosa, project=here.project, versions=versions, now=NOW)
    assert done == []
    again = {each.ref: each.version for each in Words.objects.all()}
    assert all(each.second_reader for each in Words.objects.all())
    done = reading.release_many(by=here.sam, project=here.project, versions=again, now=NOW)
    assert len(done) == 2
