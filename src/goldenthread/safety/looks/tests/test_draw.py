"""The draw: once a month, by chance, and no row tells which ones a list had put first."""

from datetime import date

import pytest

from goldenthread.kit.erasure import drop
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.looks import services
from goldenthread.safety.looks.models import Month, SecondLook
from goldenthread.safety.looks.tests.factories import (
    APRIL,
    FEBRUARY,
    HINTED,
    IN_FEBRUARY,
    MARCH,
    ROUNDABOUT,
    drawn,
    read,
)
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.tests.test_hints import (
    FIRST,
    ORDINARY,
    hold,
    released,
    traces,
)
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db


def test_it_is_drawn_once_a_month_of_what_was_read_in_the_last_one() -> None:
    here = listening_project()
    mine = read(here)
    read(here, released_on=date(2026, 3, 1))
    read(here, received_on=date(2026, 1, 30), released_on=date(2026, 1, 31))
    assert services.draw(now=MARCH) == 1
    assert SecondLook.objects.get().words == mine
    assert services.draw(now=MARCH) == 0
    assert Month.objects.get().month == FEBRUARY
    assert Entry.objects.filter(kind="looks.drawn").count() == 1


def test_what_was_not_published_is_drawn_too_and_nothing_that_waits() -> None:
    here = listening_project()
    kept_back = {"state": Words.State.UNPUBLISHED, "unpublished_because": "advert"}
    mine = read(here, released_on=None, **kept_back)
    read(here, objected=True)
    read(here, state=Words.State.HELD, released_on=None)
    read(here, state=Words.State.WITHDRAWN, withdrawn_on=IN_FEBRUARY)
    read(here, state=Words.State.REMOVED, unpublished_because="advert")
    read(here, purpose=Words.Purpose.CHECK)
    read(here, read_by=None)
    services.draw(now=MARCH)
    assert [each.words for each in SecondLook.objects.all()] == [mine]


def test_a_project_that_has_ended_is_left_alone() -> None:
    here = listening_project()
    read(here)
    Project.objects.update(state=Project.State.CLOSED, closed_on=MARCH.date())
    assert services.draw(now=MARCH) == 0


def test_fifty_are_enough_and_a_list_that_marks_much_does_not_add_work_without_end() -> None:
    here = listening_project()
    for _ in range(services.MOST + 5):
        read(here, ORDINARY)
    assert services.draw(now=MARCH) == services.UNHINTED
    Words.objects.update(text=HINTED)
    Month.objects.all().delete()
    assert services.draw(now=MARCH) == services.MOST


def test_the_next_draw_puts_aside_what_nobody_looked_at() -> None:
    here = listening_project()
    old = drawn(here)
    new = read(here, received_on=date(2026, 3, 5), released_on=date(2026, 3, 6))
    services.draw(now=APRIL)
    assert SecondLook.objects.get().words == new
    assert new != old.words


def test_what_a_list_had_put_first_is_drawn_alike_and_no_table_tells_which_one_it_was() -> None:
    here = listening_project()
    hinted, other = hold(here, FIRST), hold(here, ORDINARY)
    for words in (hinted, other):
        released(here, words)
    services.draw(now=APRIL)
    assert SecondLook.objects.count() == 2
    assert traces(hinted) == traces(other)
    SecondLook.objects.filter(words=hinted).delete()  # the control: a draw that leaves it out
    assert traces(hinted) != traces(other)


def test_nothing_about_the_words_is_changed_delayed_or_hidden() -> None:
    here = listening_project()
    words = read(here)
    before = Words.objects.filter(ref=words.ref).values().get()
    services.draw(now=MARCH)
    look = SecondLook.objects.get()
    services.say_yes(by=here.sam, look=look, now=MARCH)
    assert Words.objects.filter(ref=words.ref).values().get() == before


@pytest.mark.parametrize("way", ["withdrawn", "removed", "erased", "hidden"])
def test_what_is_taken_back_removed_destroyed_or_hidden_leaves_the_draw(way: str) -> None:
    here = listening_project()
    drawn(here)
    words = Words.objects.get()
    if way == "withdrawn":
        reading.withdraw(words=words, now=MARCH)
    elif way == "removed":
        reading.remove(
            by=here.tom, second_key_by=here.cara, words=words, because="advert", now=MARCH
        )
    elif way == "erased":  # as for children's words, when their time is over
        reading.destroy(refs=[words.ref], because="time-over", now=MARCH)
    else:
        reading.hide(by=here.rosa, words=words, until_second_reader=False, now=MARCH)
    assert not SecondLook.objects.exists()


def test_when_its_time_is_over_the_row_goes_and_the_words_stay() -> None:
    here = listening_project()
    look = drawn(here)
    drop(SecondLook, [look.ref])  # as the nightly sweep does
    assert not SecondLook.objects.exists()
    assert Words.objects.get(ref=look.words_id).text == ROUNDABOUT


def test_voices_that_are_just_read_are_not_drawn_before_the_month_is_over() -> None:
    here = listening_project()
    read(here, received_on=NOW.date(), released_on=NOW.date())
    assert services.draw(now=NOW) == 0
