"""A hint brings held words forward, and leaves no trace of itself when they leave the queue."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goldenthread.projects.rota import due_after
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.reading import queries, services
from goldenthread.safety.reading.models import Words

pytestmark = pytest.mark.django_db
FIRST, ORDINARY = "I want to die", "I want a date"  # as long as each other
RANDOM = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32,}|"
    r"'(?:id|seq)': \d+"
)
ALIKE = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def hold(here: Listening, text: str) -> Words:
    return services.hold_words(project=here.project, text=text, now=NOW)


def claimed(here: Listening, words: Words) -> dict[str, Any]:
    services.claim(by=here.rosa, words=words, now=NOW)
    return {"by": here.rosa, "words": words, "version": words.version, "now": NOW}


def released(here: Listening, words: Words) -> None:
    services.release(**claimed(here, words))


def left_unpublished(here: Listening, words: Words) -> None:
    because = {"because": "off-topic", "explanation": "Please leave the number out."}
    services.do_not_publish(**claimed(here, words), **because)


def taken_back(here: Listening, words: Words) -> None:
    services.withdraw(words=words, now=NOW)


def taken_down(here: Listening, words: Words) -> None:
    released(here, words)
    words.refresh_from_db()
    asked = services.ask_to_remove(by=here.tom, words=words, because="advert", now=NOW)
    services.agree_to_remove(by=here.cara, removal=asked, now=NOW)


WAYS_OUT = [released, left_unpublished, taken_back, taken_down]


def _without_bytes(value: Any) -> Any:
    return "#" if isinstance(value, bytes | memoryview) else value


def traces(words: Words) -> list[str]:
    """Every row of every table that names these words, without what is random or theirs."""
    own = words.ref
    found = []
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values():  # noqa: SLF001  every row there is
            said = repr({name: _without_bytes(value) for name, value in row.items()})
            if str(own) in said or own.hex in said:
                for theirs in (str(own), own.hex, FIRST, ORDINARY, "'die'", "'date'"):
                    said = said.replace(theirs, "…")
                said = re.sub(r"'search': (?:'.*?'|\".*?\"),", "", said)
                found.append(f"{model._meta.label} {RANDOM.sub('#', said)}")
    return sorted(found)


def test_what_holds_a_phrase_waits_in_front_and_is_due_no_later() -> None:
    here = listening_project()
    later, sooner = hold(here, ORDINARY), hold(here, FIRST)
    assert (later.lane, sooner.lane) == (Words.Lane.ORDINARY, Words.Lane.FIRST)
    order = [w.ref for w in queries.queue(here.project, now=NOW).order_by(*queries.ORDER)]
    assert order == [sooner.ref, later.ref]
    assert sooner.due_at <= later.due_at == due_after(here.project, now=NOW)


@pytest.mark.parametrize("part", ["would_have_helped", "content_note"])
def test_every_box_is_looked_at(part: str) -> None:
    here = listening_project()
    given_too = {part: "Honestly I feel suicidal."}
    words = services.hold_words(project=here.project, text="The wait.", now=NOW, **given_too)
    assert words.lane == Words.Lane.FIRST


def test_what_comes_from_a_file_is_looked_at_too() -> None:
    here = listening_project()
    held = services.hold_many(project=here.project, texts=[ORDINARY, FIRST], now=NOW)
    assert [words.lane for words in held] == [Words.Lane.ORDINARY, Words.Lane.FIRST]
    assert held[0].due_at == held[1].due_at


@pytest.mark.parametrize("leave", WAYS_OUT, ids=lambda each: each.__name__)
def test_out_of_the_queue_no_table_tells_which_one_was_hinted(
    leave: Callable[[Listening, Words], None],
) -> None:
    here = listening_project()
    hinted, other = hold(here, FIRST), hold(here, ORDINARY)
    assert traces(hinted) != traces(other)  # while they wait, the lane is there for the readers
    for words in (hinted, other):
        leave(here, words)
    assert traces(hinted) == traces(other)


def test_a_mark_that_stays_is_found() -> None:
    here = listening_project()
    hinted, other = hold(here, FIRST), hold(here, ORDINARY)
    for words in (hinted, other):
        released(here, words)
    Words.objects.filter(ref=hinted.ref).update(lane=Words.Lane.FIRST)
    assert traces(hinted) != traces(other)
    Words.objects.filter(ref=hinted.ref).update(lane=Words.Lane.ORDINARY, due_at=NOW)
    assert traces(hinted) != traces(other)


@given(st.lists(st.booleans(), min_size=1, max_size=6))
@ALIKE
def test_a_hint_never_hides_holds_back_or_delays(phrases: list[bool]) -> None:
    with transaction.atomic():
        here = listening_project()
        held = [hold(here, FIRST if one else ORDINARY) for one in phrases]
        rows = queries.queue(here.project, now=NOW)
        order = [words.ref for words in rows.order_by(*queries.ORDER)]
        unhinted = [each for each in queries.ORDER if each != "lane"]
        without = [words.ref for words in rows.order_by(*unhinted)]
        assert sorted(order) == sorted(words.ref for words in held)
        for words, one in zip(held, phrases, strict=True):
            assert words.state == Words.State.HELD
            assert words.due_at <= due_after(here.project, now=NOW)
            if one:
                assert order.index(words.ref) <= without.index(words.ref)
        transaction.set_rollback(True)
