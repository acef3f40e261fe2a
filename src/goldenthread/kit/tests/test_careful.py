"""What staff write is looked through before people read it; our own pages and mails, too."""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from importlib import import_module
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from tests.architecture import house

from goldenthread.kit.careful import harm_in, look
from goldenthread.kit.forms import Form

TAGS = re.compile(r"<[^>]*>|\{%|%\}|\{\{[^}]*\}\}|\{#[^#]*#\}")
SAYS_THEM = {"kit/careful.py"}  # the list itself

ADVISED = {
    "He committed suicide": "committed suicide",
    "After a failed attempt she went home; suicide is never simple": "failed attempt",
    "a successful suicide attempt": "successful suicide attempt",
    "She killed herself because of exam stress": "killed herself because of",
    "Bullying drove him to suicide": "drove him to suicide",
    "The waiting list led to her suicide": "led to her suicide",
    "Students who suffer from anxiety": "suffer from",
    "a flat for the mentally ill": "the mentally ill",
}
REFUSED = {
    "He was found hanged": "hanged",
    "She drowned herself": "drowned herself",
    "The suicide note said goodbye": "suicide note",
    "She took 20 tablets": "took 20 tablets",
    "He overdosed on his medicine": "overdosed on",
    "She took her own life and left a note": "left a note",
    "A student died by suicide at the Northmoor railway bridge": (
        "at the Northmoor railway bridge"
    ),
}
FINE = [
    "We commit to change by March, and are committed to you.",
    "Wanted: a note taker for the meeting. The note said we meet at six.",
    "We left a note on the door.",
    "She attempted to call twice. The failed attempt to mend the lift cost us a week.",
    "A successful attempt to shorten the wait, because of what you said.",
    "Jump the queue? No: we cut the wait, and cut ourselves some slack.",
    "Hanging baskets for the garden, and 20 tablets for the class.",
    "Suicide prevention training is in the café at the bridge.",
    "The walk against suicide starts at the car park by the station.",
    "Because of what you said about suicide prevention, we train all staff.",
    "Overdose awareness training is in May.",
    "Our self-harm policy was rewritten with young people.",
    "He died by suicide in March.",
    "Psychosocial support is on Tuesdays.",
]
LONG = "Many of you knew her, and we should have written sooner. The chaplain is in each day."


@pytest.mark.parametrize(("text", "words"), ADVISED.items())
def test_words_that_hurt_are_named_with_better_ones(text: str, words: str) -> None:
    assert [(each.words, each.refused) for each in look(text)] == [(words, False)]


@pytest.mark.parametrize(("text", "words"), REFUSED.items())
def test_method_place_amount_and_note_are_refused(text: str, words: str) -> None:
    assert [(each.words, each.refused) for each in look(text)] == [(words, True)]


@pytest.mark.parametrize("text", FINE)
def test_everyday_words_are_left_alone(text: str) -> None:
    assert look(text) == []


def test_a_longer_text_about_suicide_names_help_and_says_so_first() -> None:
    said = "A student died by suicide in March."
    help_line = "You can call Samaritans on 116 123, at any time."
    note = "This is about suicide."

    def missing(*parts: str) -> list[str]:
        return [each.words for each in look(" ".join(parts))]

    assert missing(said, LONG) == ["help", "note"]
    assert missing(said, LONG, help_line) == ["note"]
    assert missing(note, said, LONG, help_line) == []
    assert missing(said, LONG, help_line, "Content note: this was about a death.") == ["note"]
    assert missing(said) == []  # a title has no room for either


class Write(Form):
    careful = ("text",)
    text = forms.CharField(widget=forms.Textarea)
    name = forms.CharField(required=False)


def errors(**data: str) -> list[str]:
    return [str(each) for each in Write(data).errors.get("text", [])]


def test_advice_stands_beside_the_field_and_may_be_set_aside_once_read() -> None:
    text = "He committed suicide."
    says = "“committed suicide” can hurt people who read it. Better: “died by suicide”."
    assert errors(text=text) == [says]
    form = Write({"text": text})
    drawn = Template("{% field form.text %}").render(Context({"form": form}))
    assert 'name="keep-text" value="committed suicide"' in drawn
    assert "Keep my words" in drawn
    assert says in drawn
    assert errors(text=text, **{"keep-text": "committed suicide"}) == []


def test_what_was_set_aside_does_not_cover_other_words() -> None:
    text = "He committed suicide after a failed attempt."
    assert len(errors(text=text, **{"keep-text": "committed suicide"})) == 1


def test_method_detail_cannot_be_kept() -> None:
    for keep in ("", "hanged", "hanged|committed suicide"):
        assert any(
            "says how" in each for each in errors(text="Found hanged.", **{"keep-text": keep})
        )
    form = Write({"text": "Found hanged."})
    assert "keep-text" not in Template("{% field form.text %}").render(Context({"form": form}))


def test_what_stood_there_before_and_other_fields_are_left_alone() -> None:
    text = "He committed suicide."
    assert Write({"text": text}, initial={"text": text}).is_valid()
    assert Write({"text": "All is well.", "name": "the mentally ill"}).is_valid()


def test_a_form_without_such_fields_looks_at_nothing() -> None:
    class Plain(Form):
        text = forms.CharField()

    assert Plain({"text": "He committed suicide."}).is_valid()


# Where staff write what people read. Words of participants are never corrected; notes on a case
# are for few eyes, and have to say what happened. Nothing stands in the way of a line to someone
# who may be in danger (safety.concerns).
PUBLISHING = (
    "projects.forms",
    "organisations.forms",
    "safety.reading.forms",
    "safety.young.",
    "safety.moderation.",
    "safety.requests.",
    "safety.assessments.",
    "listen.",
    "empower.",
    "act.",
    "debrief.",
    "start.",
    "handover.",
)
LEFT_ALONE = {
    "organisations.forms.AddWithoutMail": "names of members, as they want to be called",
    "listen.themes.forms.Correct": "words of participants",
    "listen.coding.forms.Agree": "a note between those who sort, for their eyes alone",
    "listen.coding.forms.StartRound": "addresses of mail",
    "listen.conversations.forms.AddStatement": "words of participants",
    "listen.questions.forms.Reply": "words of participants",
    "listen.rooms.forms.ChangeNote": "words of participants",
    "listen.rooms.forms.TakeNote": "words of participants",
    "listen.stories.forms.TellStory": "words of participants",
    "listen.surveys.forms_files.WhatIsIt": "names of columns, as the file has them",
    "listen.voices.forms.SeeAuthor": "a reason, for the record of looks alone",
    "listen.voices.forms.Speak": "words of participants",
    "listen.voices.forms_class.InClass": "words of participants",
    "listen.voices.forms_paper.OnPaper": "words of participants",
    "empower.meetings.forms.ComingForm": "words of participants",
    "organisations.forms.Domains": "names of mail domains",
    "safety.moderation.forms.MakeReport": "words of participants",
    "safety.moderation.forms.Complain": "words of participants",
    "safety.requests.forms.Ask": "words of participants",
    "safety.requests.forms.LogLetter": "words of participants, and their address",
    "safety.requests.forms.Reply": "words of participants",
}


def forms_below(kind: type[Form]) -> Iterator[type[Form]]:
    for each in kind.__subclasses__():
        yield each
        yield from forms_below(each)


def boxes_not_looked_through(kinds: Iterable[type[Form]]) -> list[str]:
    """Large boxes of forms that are neither looked through nor left alone for a reason."""
    found = []
    for kind in kinds:
        name = f"{kind.__module__}.{kind.__name__}".removeprefix("goldenthread.")
        boxes = {n for n, f in kind.base_fields.items() if isinstance(f.widget, forms.Textarea)}
        if name.startswith(PUBLISHING) and ".tests." not in name and name not in LEFT_ALONE:
            found += [f"{name}.{box}" for box in boxes - set(kind.careful)]
    return sorted(found)


def test_every_box_of_staff_is_looked_through() -> None:
    for room in house.rooms():
        with suppress(ModuleNotFoundError):
            import_module(f"{room}.forms")
    kinds = [kind for kind in forms_below(Form) if kind.__module__ in sys.modules]
    assert "debrief.replies" in " ".join(kind.__module__ for kind in kinds)
    assert boxes_not_looked_through(kinds) == []


def test_a_box_that_is_forgotten_is_found() -> None:
    class Forgotten(Form):
        text = forms.CharField(widget=forms.Textarea)

    Forgotten.__module__ = "goldenthread.act.somewhere"
    assert boxes_not_looked_through([Forgotten]) == ["act.somewhere.Forgotten.text"]


def own_words() -> Iterator[tuple[str, str]]:
    """Every text that our pages and mails can show: templates, and strings of the code."""
    for path in house.templates():
        yield house.shown(path), TAGS.sub(" ", path.read_text())
    for path in house.own_python_files():
        name = house.shown(path)
        if not name.endswith(tuple(SAYS_THEM)):
            for node in ast.walk(house.tree(path)):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    yield name, node.value


def harmful(texts: Iterator[tuple[str, str]]) -> list[Any]:
    return [(name, each.words) for name, text in texts for each in harm_in(text)]


def test_none_of_our_own_pages_and_mails_harms() -> None:
    assert harmful(own_words()) == []


def test_a_page_that_harms_is_found() -> None:
    page = TAGS.sub(" ", '<p>{% translate "Some people commit suicide" %}</p>')
    assert harmful(iter([("page.html", page)])) == [("page.html", "commit suicide")]
