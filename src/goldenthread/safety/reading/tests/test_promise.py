"""No reader, no box (R35): the clock alone closes it, and reading opens it again."""

from datetime import timedelta

import pytest

from goldenthread.projects.models import Duty
from goldenthread.projects.queries import is_listening
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.reading import queries, services, tasks
from goldenthread.safety.reading.models import Words
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db
# Rosa and Sam read on weekdays from 9 to 13, and promise 8 staffed hours: two working days.
ON_TIME = NOW + timedelta(days=1)
OVERDUE = NOW + timedelta(days=2, hours=4)
TWICE_OVERDUE = NOW + timedelta(days=6, hours=4)  # over a weekend


def waits(**given: object) -> tuple[Listening, Words]:
    here = listening_project()
    words = services.hold_words(project=here.project, text="The wait is long.", now=NOW, **given)
    return here, words


def box_is_open(here: Listening) -> bool:
    here.project.refresh_from_db()
    return here.project.box_closed_because == ""


def test_the_page_says_how_we_stand_to_our_promise() -> None:
    here, _words = waits()
    assert queries.service_of(here.project, now=ON_TIME).overdue == 0
    late = queries.service_of(here.project, now=OVERDUE)
    assert (late.to_read, late.overdue, late.oldest_on) == (1, 1, NOW.date())


def test_overdue_once_the_box_stays_open() -> None:
    here, _words = waits()
    tasks.watch(now=OVERDUE)
    assert box_is_open(here)


def test_twice_overdue_the_box_closes_and_says_why() -> None:
    here, _words = waits()
    tasks.watch(now=TWICE_OVERDUE)
    assert not box_is_open(here)
    assert here.project.box_closed_because == "readers-late"
    assert not is_listening(here.project, now=TWICE_OVERDUE)
    assert Entry.objects.filter(project=here.project.ref).count() == 1


def test_it_closes_once_however_often_the_clock_comes_round() -> None:
    here, _words = waits()
    for minute in range(3):
        tasks.watch(now=TWICE_OVERDUE + timedelta(minutes=minute))
    assert Entry.objects.filter(project=here.project.ref).count() == 1


def test_when_reading_is_in_time_again_the_box_opens() -> None:
    here, words = waits()
    tasks.watch(now=TWICE_OVERDUE)
    services.release(by=here.rosa, words=words, version=0, now=TWICE_OVERDUE)
    tasks.watch(now=TWICE_OVERDUE)
    assert box_is_open(here)


def test_while_anything_is_still_late_it_stays_closed() -> None:
    here, words = waits()
    services.hold_words(project=here.project, text="And I am second.", now=NOW)
    tasks.watch(now=TWICE_OVERDUE)
    services.release(by=here.rosa, words=words, version=0, now=TWICE_OVERDUE)
    tasks.watch(now=TWICE_OVERDUE)
    assert not box_is_open(here)


def test_with_the_rota_gone_plain_hours_count_and_the_box_closes() -> None:
    here, _words = waits()
    Duty.objects.all().delete()
    assert not is_listening(here.project, now=ON_TIME)  # nobody reads: not a day is waited for
    tasks.watch(now=OVERDUE + timedelta(days=1))
    assert not box_is_open(here)


@pytest.mark.parametrize("hours", [0, 1, 24])
def test_a_box_whose_readers_are_in_time_is_never_closed(hours: int) -> None:
    here, _words = waits()
    tasks.watch(now=NOW + timedelta(hours=hours))
    assert box_is_open(here)


def test_what_came_from_a_file_or_waits_for_its_author_closes_no_box() -> None:
    here, _words = waits(imported=True)
    words = services.hold_words(project=here.project, text="A question for me.", now=NOW)
    services.ask_back(by=here.rosa, words=words, text="May we?", version=0, now=NOW)
    tasks.watch(now=TWICE_OVERDUE)
    assert box_is_open(here)


def test_a_box_that_was_closed_by_hand_is_not_opened() -> None:
    here, _words = waits()
    here.project.box_closed_because, here.project.box_closed_on = "paused", NOW.date()
    here.project.save()
    tasks.watch(now=ON_TIME)
    assert not box_is_open(here)


def test_other_projects_are_left_alone() -> None:
    here, _words = waits()
    other = listening_project()
    tasks.watch(now=TWICE_OVERDUE)
    assert not box_is_open(here)
    assert box_is_open(other)
