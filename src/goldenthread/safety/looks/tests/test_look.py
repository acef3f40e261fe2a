"""Looking again: by another reader, blindly, and a sentence that leads to nobody."""

import pytest
from django.apps import apps

from goldenthread.config.cli import parser
from goldenthread.kit.refusals import Refusal
from goldenthread.projects.tests.factories import Listening, listening_project
from goldenthread.safety.looks import queries, services
from goldenthread.safety.looks.likeness import is_too_near
from goldenthread.safety.looks.models import Month, SecondLook, Sentence
from goldenthread.safety.looks.tests.factories import APRIL, HINTED, MARCH, ROUNDABOUT, drawn, read
from goldenthread.safety.readers.models import Load, Reader
from goldenthread.safety.reading.models import Exchange, Words

pytestmark = pytest.mark.django_db
OWN = "Somebody else may have what is mine, I will not need it."


def counts() -> tuple[int, int]:
    found = Month.objects.get()
    return found.looked_at, found.missed


def test_only_another_reader_looks() -> None:
    here = listening_project()
    look = drawn(here)
    assert queries.next_for(here.sam, here.project) == look
    for name in ("rosa", "tom", "cara", "priya", "ada", "nell"):
        with pytest.raises(Refusal):
            services.say_no(by=getattr(here, name), look=look, now=MARCH)
    services.say_no(by=here.sam, look=look, now=MARCH)
    assert counts() == (1, 0)


def test_who_has_asked_the_author_has_seen_it_before() -> None:
    here = listening_project()
    look = drawn(here)
    asked = {"kind": Exchange.Kind.ASKED, "on": MARCH.date(), "place": 0}
    Exchange.objects.create(words=look.words, by=here.sam, text="Which one?", **asked)
    assert queries.next_for(here.sam, here.project) is None


def test_without_practice_nothing_opens() -> None:
    here = listening_project()
    drawn(here)
    Reader.objects.filter(person=here.sam).update(practised_on=None)
    with pytest.raises(Refusal, match="practised"):
        services.take_next(by=here.sam, project=here.project, now=MARCH)


def test_a_yes_with_a_sentence_keeps_the_sentence_and_nothing_that_leads_back() -> None:
    here = listening_project()
    look = drawn(here)
    ref, words = look.ref, look.words_id
    services.say_yes(by=here.sam, look=look, text=OWN, language="en", now=MARCH)
    assert counts() == (1, 1)
    kept = Sentence.objects.values().get()
    del kept["ref"]
    assert kept == {"text": OWN, "language": "en", "month": MARCH.date().replace(day=1)}
    for model in (SecondLook, Month, Sentence):
        rows = repr(list(model.objects.values()))
        assert not any(str(each) in rows for each in (ref, words, here.sam.pk)), model
    assert not any(
        ROUNDABOUT in repr(row)
        for model in apps.get_app_config("looks").get_models()
        for row in model.objects.values()
    )


@pytest.mark.parametrize(
    "text",
    [
        ROUNDABOUT,
        "i keep giving my THINGS away.",
        "Well, I keep giving, my things - again.",
    ],
)
def test_a_sentence_that_is_too_near_is_refused_and_nothing_is_counted(text: str) -> None:
    here = listening_project()
    look = drawn(here)
    with pytest.raises(Refusal, match="too near"):
        services.say_yes(by=here.sam, look=look, text=text, language="en", now=MARCH)
    assert counts() == (0, 0)
    assert SecondLook.objects.filter(ref=look.ref).exists()


@pytest.mark.parametrize(
    ("sentence", "text", "near"),
    [
        ("No way out.", "There is no way out for me.", True),  # the shorter one counts whole
        ("I see no way out for my own self.", "No way out", True),
        ("I don’t want to be there", "I don't want to be here", True),
        ("Want it to be over, all of it", "I want it all to be over", False),
        ("", "I want it all to be over", False),
        ("Anything", "", False),
    ],
)
def test_nearness_is_a_long_run_of_words_alike(sentence: str, text: str, near: bool) -> None:  # noqa: FBT001
    assert is_too_near(sentence, [text]) == near


def test_what_was_also_written_in_the_other_boxes_is_not_copied() -> None:
    here = listening_project()
    look = drawn(here, would_have_helped="Someone who sat with me that night.")
    text = "Someone who sat with me, please."
    with pytest.raises(Refusal, match="too near"):
        services.say_yes(by=here.sam, look=look, text=text, language="en", now=MARCH)


def test_an_unknown_language_is_refused() -> None:
    here = listening_project()
    look = drawn(here)
    with pytest.raises(Refusal, match="language"):
        services.say_yes(by=here.sam, look=look, text=OWN, language="xx", now=MARCH)


def test_what_a_list_puts_first_is_looked_at_and_not_counted() -> None:
    here = listening_project()
    look = drawn(here, HINTED)
    services.say_yes(by=here.sam, look=look, now=MARCH)
    assert counts() == (0, 0)
    assert not SecondLook.objects.exists()


def test_it_is_put_back_without_a_reason_and_what_two_put_back_is_left_alone() -> None:
    here = listening_project()
    look = drawn(here)
    services.put_back(by=here.sam, look=look, now=MARCH)
    assert queries.next_for(here.sam, here.project) is None
    Words.objects.update(read_by=here.tom)  # so that Rosa is another reader
    look.refresh_from_db()
    services.put_back(by=here.rosa, look=look, now=MARCH)
    assert not SecondLook.objects.exists()
    assert counts() == (0, 0)


def test_two_readers_do_not_both_count() -> None:
    here = listening_project()
    look = drawn(here)
    services.say_no(by=here.sam, look=look, now=MARCH)
    with pytest.raises(Refusal, match="meanwhile"):
        services.say_no(by=here.sam, look=look, now=MARCH)
    assert counts() == (1, 0)


def test_it_counts_among_what_the_reader_carries() -> None:
    here = listening_project()
    services.say_yes(by=here.sam, look=drawn(here), now=MARCH)
    load = Load.objects.get(person=here.sam)
    assert (load.read, load.heavy) == (1, 1)


def told(looked_at: int, missed: int) -> list[str]:
    Month.objects.update(looked_at=looked_at, missed=missed)
    return queries.missed(now=APRIL)


def test_the_months_counts_are_told_when_the_month_is_over_and_small_ones_in_words() -> None:
    here = listening_project()
    services.say_no(by=here.sam, look=drawn(here), now=MARCH)
    assert queries.missed(now=MARCH) == []  # they would change under one's eyes
    said = "Of what was read in February 2026, "
    assert told(1, 1) == [f"{said}fewer than ten were looked at again."]
    said += "about 45 were looked at again. Of these, "
    assert told(47, 3) == [f"{said}fewer than ten should have been read first."]
    assert told(47, 13) == [f"{said}about 15 should have been read first."]
    assert told(0, 0) == []


def test_sentences_are_printed_for_those_who_keep_the_lists_and_forgotten_when_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    Sentence.objects.create(text=OWN, language="en", month=MARCH.date().replace(day=1))
    for given in (["looks", "sentences"], ["looks", "sentences", "--forget"]):
        options = parser().parse_args(given)
        assert options.act(options) == 0
        assert f"en\tMarch 2026\t{OWN}" in capsys.readouterr().out
    assert not Sentence.objects.exists()


def neighbours() -> tuple[Listening, Listening]:
    return listening_project(), listening_project()


def test_readers_of_other_projects_find_nothing_of_it() -> None:
    here, other = neighbours()
    look = drawn(here)
    read(other)
    assert queries.look_at(other.sam, other.project, look.ref) is None
    assert queries.look_at(other.sam, here.project, look.ref) == look  # the page asks for the role
    with pytest.raises(Refusal):
        services.say_no(by=other.sam, look=look, now=MARCH)
