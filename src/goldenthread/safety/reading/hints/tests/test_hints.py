"""The lists against the made-up sentences, their rules, and what they may never do."""

import dataclasses
import inspect
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.config.cli import main
from goldenthread.safety.reading import hints
from goldenthread.safety.reading.hints import checking, hint, lists, looking
from goldenthread.safety.reading.hints.spelling import one_slip

EVERY = [(half, each) for half in checking.HALVES for each in checking.strata(half)]


@pytest.mark.parametrize("half", checking.HALVES)
def test_every_gate_is_kept(half: str) -> None:
    lines = checking.measure(half)
    assert {line.stratum for line in lines if line.gate} == {*checking.LEAST, *checking.MOST}
    assert [line.stratum for line in lines if not line.passes] == []


def test_a_list_that_lost_its_phrases_misses_the_gates(monkeypatch: pytest.MonkeyPatch) -> None:
    cut = [dataclasses.replace(each, phrases=each.phrases[:1]) for each in lists.all_lists()]
    monkeypatch.setattr(looking, "all_lists", lambda: cut)
    missed = {line.stratum for line in checking.measure("held_out") if not line.passes}
    assert missed == set(checking.LEAST)


def test_a_list_that_flags_everything_misses_the_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "hint", lambda _text: True)
    missed = {line.stratum for line in checking.measure("held_out") if not line.passes}
    assert missed == set(checking.MOST)


def test_the_set_is_large_enough_and_nothing_stands_in_it_twice() -> None:
    said = [" ".join(each.casefold().split()) for _half, one in EVERY for each in one.sentences]
    written = [each for each in said if each]
    assert len(said) >= 600
    assert len(written) == len(set(written))
    assert {one.language for _half, one in EVERY} == {"en", "cy", "pl", "ur"}


def test_both_halves_have_the_same_strata() -> None:
    names = [[(each.name, each.language) for each in checking.strata(h)] for h in checking.HALVES]
    assert names[0] == names[1]


@pytest.mark.parametrize("listed", lists.all_lists(), ids=lambda each: each.language)
def test_every_line_says_why_and_since_when_and_every_list_who_checked_it(
    listed: lists.PhraseList,
) -> None:
    assert all(each.why and 1 <= each.since <= listed.version for each in listed.phrases)
    assert listed.checked_by
    assert len({each.say for each in listed.phrases}) == len(listed.phrases)


@pytest.mark.parametrize("line", ["want to (die", "want [to] die)", "a (b (c|d)|e)", "a [b (c)]"])
def test_a_line_that_cannot_be_read_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match="bracket"):
        lists.compiled(line)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("I want to die", True),
        ("I don't really want to die", False),
        ("No. I want to die", True),
        ("no i want to die", True),
        ("I have no wish to die and no plans to end my life", False),
        ("I was suicidal in 2012", False),
        ("I was fine in 2012 but I am suicidal", True),
        ("I was suicidal last night", True),
        ("You want to die on that hill", False),
        ("We would be better off without her as manager", False),
        ("I want to die my hair", True),  # so it is typed; a reader sees at once what is meant
        ("I want to dye my hair", False),
        ("I WANTED to d\u200bie", False),
        ("I\u200b want to d\u00adie", True),
        ("\uff29 \uff57\uff41\uff4e\uff54 to \uff44\uff49\uff45", True),
    ],
)
def test_the_rules(*, text: str, first: bool) -> None:
    assert hint(text) is first


def test_one_language_is_asked_alone_and_all_without_one() -> None:
    assert hint("Dw i eisiau marw.", "cy")
    assert not hint("Dw i eisiau marw.", "en")
    assert hint("Dw i eisiau marw.")


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_text_gets_a_yes_or_a_no_and_always_the_same(text: str) -> None:
    assert hint(text) in (True, False)
    assert hint(text) is hint(text)


@given(st.text(alphabet="abc .,\n", max_size=200))
@settings(max_examples=50, deadline=None)
def test_what_stands_around_it_in_other_sentences_hides_nothing(around: str) -> None:
    assert hint(f"{around}.\nI want to die.\n{around}")


@given(st.text("abcdefgh", min_size=3, max_size=9), st.integers(0, 8), st.sampled_from("xyz"))
@settings(max_examples=100)
def test_one_slip_is_a_letter_wrong_missing_doubled_or_two_swapped(
    word: str, at: int, other: str
) -> None:
    at = 1 + at % (len(word) - 1)
    assert one_slip(word, word)
    assert one_slip(word[:at] + other + word[at + 1 :], word)
    assert one_slip(word[:at] + word[at + 1 :], word)
    assert one_slip(word[:at] + other + word[at:], word)
    assert one_slip(word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :], word) or at == 1
    assert not one_slip(other + other + word, word)


def test_a_very_long_text_is_looked_through_to_its_end() -> None:
    text = "i am so very not at all really tired of the wait and " * 2000
    assert not hint(text)
    assert hint(f"{text} i want to kill myself")


def test_the_package_knows_no_django_and_keeps_nothing() -> None:
    folder = Path(inspect.getfile(hints)).parent
    written = "\n".join(path.read_text() for path in folder.glob("*.py"))
    for word in ("django", "goldenthread.kit", "models", "open(", "logging", "print("):
        assert word not in written


def test_the_command_prints_every_stratum_and_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["hints", "check"])
    printed = capsys.readouterr().out
    assert left.value.code == 0
    assert all(f"\n{each.name} " in printed for _half, each in EVERY)
    assert "MISSED" not in printed


def test_the_command_ends_with_one_when_a_gate_is_missed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(checking, "hint", lambda _text: False)
    with pytest.raises(SystemExit) as left:
        main(["hints", "check"])
    assert left.value.code == 1
    assert "at least 95 % MISSED" in capsys.readouterr().out


def test_the_share_of_a_file_is_a_count_and_prints_no_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "answers.csv"
    file.write_text("id,why\n1,I want to die\n2,The stairs are steep\n")
    with pytest.raises(SystemExit) as left:
        main(["hints", "share", str(file), "--words", "why"])
    assert (left.value.code, capsys.readouterr().out) == (
        0,
        "1 of 2 would be read first (50.00 %).\n",
    )
    with pytest.raises(SystemExit) as left:
        main(["hints", "share", str(file), "--words", "what"])
    assert left.value.code == 2
