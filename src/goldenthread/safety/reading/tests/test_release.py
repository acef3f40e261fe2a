from datetime import date

import pytest

from goldenthread.kit.refusals import Refusal
from goldenthread.projects.tests.factories import NOW, STAFF, listening_project
from goldenthread.safety.reading import services
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.tests.factories import WordsFactory, for_author
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db
PEOPLE = ["mina", *STAFF, "ada", "nell", "stranger"]


def kinds() -> list[str]:
    return list(Entry.objects.order_by("seq").values_list("kind", flat=True))


def test_a_reader_releases_words_as_they_are() -> None:
    here = listening_project()
    words = WordsFactory.create(project=here.project, content_note="waiting")
    services.release(by=here.rosa, words=words, version=0, now=NOW)
    words.refresh_from_db()
    assert words.state == Words.State.RELEASED
    assert words.shown == words.text
    assert words.note_shown == "waiting"
    assert words.released_on == date(2026, 3, 10)
    assert (words.read_by, words.version) == (here.rosa, 1)
    assert kinds() == ["words.released"]


@pytest.mark.parametrize("name", PEOPLE)
def test_only_readers_release(name: str) -> None:
    here = listening_project()
    words = WordsFactory.create(project=here.project)
    may = name in ("rosa", "sam")
    try:
        services.release(by=getattr(here, name), words=words, version=0, now=NOW)
    except Refusal:
        assert not may
    else:
        assert may


def test_a_reader_of_another_project_releases_nothing_here() -> None:
    here, there = listening_project(), listening_project()
    words = WordsFactory.create(project=here.project)
    with pytest.raises(Refusal):
        services.release(by=there.rosa, words=words, version=0, now=NOW)


def test_masked_passages_are_shown_as_labels_and_the_author_learns_why() -> None:
    here = listening_project()
    words = WordsFactory.create(
        project=here.project, text="Dr Brown never rang.", would_have_helped="Dr Brown ringing."
    )
    masks = [[0, 8, "name removed"], [0, 8, "name removed", "would_have_helped"]]
    services.release(
        by=here.rosa, words=words, masks=masks, explanation="Names stay out.", version=0, now=NOW
    )
    words.refresh_from_db()
    assert words.shown == "[name removed] never rang."
    assert words.helped_shown == "[name removed] ringing."
    assert words.text == "Dr Brown never rang."
    view = for_author(words)
    assert view.masked == ["name removed"]
    assert [line.text for line in view.exchanges] == ["Names stay out."]
    assert kinds() == ["words.masked", "words.released"]


@pytest.mark.parametrize(
    "mask",
    [
        [0, 99, "name removed"],
        [5, 5, "name removed"],
        [0, 2, "boring"],
        [0, 2, "name removed", "x"],
    ],
)
def test_a_mask_that_does_not_fit_is_refused(mask: list[object]) -> None:
    here = listening_project()
    words = WordsFactory.create(project=here.project)
    with pytest.raises(Refusal):
        services.release(by=here.rosa, words=words, masks=[mask], version=0, now=NOW)
    words.refresh_from_db()
    assert words.state == Words.State.HELD


def test_only_what_is_shown_can_be_searched() -> None:
    here = listening_project()
    words = WordsFactory.create(project=here.project, text="Brown never rang.")
    held = Words.objects.extra(where=["search @@ to_tsquery('english', 'brown')"])
    assert not held.exists()
    masks = [[0, 5, "name removed"]]
    services.release(by=here.rosa, words=words, masks=masks, version=0, now=NOW)
    assert not held.exists()
    rang = Words.objects.extra(where=["search @@ to_tsquery('english', 'rang')"])
    assert rang.count() == 1


def test_many_from_a_file_are_released_at_once_and_changed_ones_are_left() -> None:
    here = listening_project()
    made = [WordsFactory.create(project=here.project, imported=True) for _time in range(3)]
    services.pass_on(by=here.sam, words=made[0], version=0, now=NOW)
    versions = {words.ref: 0 for words in made}
    done = services.release_many(by=here.rosa, project=here.project, versions=versions, now=NOW)
    assert {words.ref for words in done} == {made[1].ref, made[2].ref}
    assert Words.objects.filter(state="held").get() == made[0]


def test_many_of_another_project_cannot_be_slipped_in() -> None:
    here, there = listening_project(), listening_project()
    words = WordsFactory.create(project=there.project, imported=True)
    given = {words.ref: 0}
    assert services.release_many(by=here.rosa, project=here.project, versions=given, now=NOW) == []
    words.refresh_from_db()
    assert words.state == Words.State.HELD
