import pytest

from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.reading import services
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.tests.factories import WordsFactory, for_author, released

pytestmark = pytest.mark.django_db
OWN = "kingfisher"


def stages() -> dict[str, Words]:
    """Words in every state they can be in, each holding the author's own word throughout."""
    here = listening_project()

    def fresh() -> Words:
        return WordsFactory.create(
            project=here.project, text=f"{OWN} sat.", would_have_helped=OWN, content_note=OWN
        )

    deed = {"by": here.rosa, "version": 0, "now": NOW}
    asked = services.ask_back(words=fresh(), text="Which bird?", **deed)
    answered = services.ask_back(words=fresh(), text="Which bird?", **deed)
    answered = services.answer(words=answered, text=f"The {OWN}.", now=NOW)
    unpublished = services.do_not_publish(
        words=fresh(), because="advert", explanation="It sells.", **deed
    )
    objected = services.do_not_publish(
        words=fresh(), because="advert", explanation="It sells.", **deed
    )
    objected = services.object_to(words=objected, text=f"My {OWN}!", now=NOW)
    masked = services.release(words=fresh(), masks=[[0, 10, "name removed"]], **deed)
    shown = services.release(words=fresh(), **deed)
    withdrawn = services.withdraw(words=fresh(), now=NOW)
    removed = services.remove(
        by=here.rosa,
        second_key_by=here.cara,
        words=released(project=here.project, text=OWN),
        because="advert",
        now=NOW,
    )
    return {
        "held": fresh(), "asked": asked, "answered": answered, "unpublished": unpublished,
        "objected": objected, "masked": masked, "shown": shown, "withdrawn": withdrawn,
        "removed": removed,
    }  # fmt: skip


def test_it_never_holds_the_authors_words() -> None:
    for state, words in stages().items():
        assert OWN not in repr(for_author(words)), state


def test_the_search_for_the_authors_words_would_find_them() -> None:
    words = stages()["shown"]
    assert OWN in repr((for_author(words), words.shown))


def test_every_state_has_a_sentence_of_its_own() -> None:
    said = {state: for_author(words).sentence for state, words in stages().items()}
    assert len(set(said.values())) == len(said) - 1  # answered waits just like held
    assert all(sentence.endswith(".") for sentence in said.values())


@pytest.mark.parametrize(
    ("state", "answer", "object_to", "take_back"),
    [
        ("held", False, False, True),
        ("asked", True, False, True),
        ("answered", False, False, True),
        ("unpublished", False, True, True),
        ("objected", False, False, True),
        ("masked", False, True, True),
        ("shown", False, False, True),
        ("withdrawn", False, False, False),
        ("removed", False, False, True),
    ],
)
def test_what_an_author_can_do_is_what_the_services_let_them_do(
    state: str, *, answer: bool, object_to: bool, take_back: bool
) -> None:
    view = for_author(stages()[state])
    assert (view.question_open, view.may_object, view.may_take_back) == (
        answer,
        object_to,
        take_back,
    )
    assert (view.may_keep_until is not None) == (state == "withdrawn")


def test_what_the_author_has_seen_is_noted() -> None:
    words = stages()["asked"]
    assert not words.exchanges.get().seen
    services.mark_seen(words=words)
    assert words.exchanges.get().seen


def test_the_reader_has_no_name_for_the_author() -> None:
    assert "Rosa" not in repr(for_author(stages()["asked"]))
