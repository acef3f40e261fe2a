"""No reader, no box (R35): the clock alone closes it, and reading opens it again."""

from datetime import UTC, datetime, time, timedelta

import pytest

from goldenthread.kit.refusals import Refusal
from goldenthread.organisations.models import Organisation
from goldenthread.projects.models import Duty, Project
from goldenthread.projects.queries import is_listening
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.reading import queries, services, tasks
from goldenthread.safety.reading.models import Words
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db
# Rosa and Sam read on weekdays from 9 to 13, and promise one working day.
ON_TIME = NOW + timedelta(days=1)
OVERDUE = NOW + timedelta(days=1, hours=5)
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


EASTER = datetime(2026, 4, 2, 9, 30, tzinfo=UTC)  # Thursday; Friday and Monday are bank holidays
TUESDAY = datetime(2026, 4, 7, 12, 0, tzinfo=UTC)  # the end of the first staffed day after it


@pytest.mark.parametrize(("nation", "is_open"), [("england", True), ("scotland", False)])
def test_over_a_bank_holiday_the_clock_stands_still(nation: str, is_open: object) -> None:
    """Due on Tuesday in England; in Scotland on Monday, so that Tuesday is twice as late."""
    here = listening_project()
    Organisation.objects.filter(ref=here.organisation.ref).update(nation=nation)
    services.hold_words(project=_fresh(here), text="The wait is long.", now=EASTER)
    tasks.watch(now=TUESDAY)
    assert box_is_open(here) is is_open


def test_what_is_read_first_closes_the_box_sooner() -> None:
    """Four staffed hours, twice; the control waits in the other lane and does not close it."""
    urgent, calm = listening_project(), listening_project()
    for here, lane in ((urgent, "first"), (calm, "ordinary")):
        here.project.read_within_hours = 8
        here.project.save()
        Duty.objects.filter(project=here.project).update(until_time=time(17))
        words = services.hold_words(project=here.project, text="I wait.", now=NOW)
        services.set_lane(by=here.rosa, words=words, lane=lane, now=NOW)
    assert queries.item(urgent.project, Words.objects.get(project=urgent.project).ref).due_at == (
        datetime(2026, 3, 10, 17, tzinfo=UTC)
    )
    late = datetime(2026, 3, 11, 17, tzinfo=UTC)
    tasks.watch(now=late)
    assert (box_is_open(urgent), box_is_open(calm)) == (False, True)


def test_a_lane_never_makes_anything_due_later() -> None:
    here, words = waits()
    due = words.due_at
    for lane in ("first", "ordinary", "first"):
        services.set_lane(by=here.rosa, words=words, lane=lane, now=NOW + timedelta(hours=2))
        words.refresh_from_db()
        assert words.due_at <= due


def test_what_is_read_keeps_no_trace_of_how_soon_it_was_to_be_read() -> None:
    here, words = waits()
    other = services.hold_words(project=here.project, text="Another.", now=NOW)
    services.set_lane(by=here.rosa, words=words, lane="first", now=NOW)
    for each in (words, other):
        services.release(by=here.rosa, words=each, version=0, now=NOW)
    kept = Words.objects.filter(project=here.project).values_list("lane", "due_at")
    assert len(set(kept)) == 1


def test_an_appeal_is_due_within_three_working_days_by_someone_else() -> None:
    here, words = waits()
    services.do_not_publish(
        by=here.rosa, words=words, because="advert", explanation="It sells.", version=0, now=NOW
    )
    words = services.object_to(words=words, text="It does not.", now=NOW)
    assert words.due_at == datetime(2026, 3, 13, 13, tzinfo=UTC)  # Friday's end of reading
    with pytest.raises(Refusal):
        services.release(by=here.rosa, words=words, version=words.version, now=NOW)


def _fresh(here: Listening) -> Project:
    return Project.objects.select_related("organisation").get(ref=here.project.ref)
