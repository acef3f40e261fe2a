"""No reader, no box (R35): and each time a sentence for people that says why."""

from datetime import UTC, date, datetime, timedelta

import pytest

from goldenthread.kit.refusals import Refusal
from goldenthread.kit.shapes import Stage as RailStage
from goldenthread.projects import queries, services
from goldenthread.projects.models import Duty, Project, ProjectRole, Stage
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db


def code(project: Project, now: datetime = NOW) -> str:
    found = queries.listening(project, now=now)
    assert found.is_open is queries.is_listening(project, now=now)
    assert bool(found.sentence) is not found.is_open
    assert queries.why_not_listening(project, now=now) == found.sentence
    return found.code


def rail_of(project: Project, today: date) -> list[RailStage]:
    return queries.stages_of(project, queries.windows_of(project), today=today)


def test_with_everybody_in_place_the_box_is_open():
    found = queries.listening(listening_project().project, now=NOW)
    assert (found.is_open, found.sentence) == (True, "")
    assert found.next_reading == NOW
    assert found.until == date(2026, 4, 5)


@pytest.mark.parametrize(
    ("now", "why"),
    [
        (datetime(2026, 3, 1, 23, 30, tzinfo=UTC), "not-yet"),
        (datetime(2026, 3, 2, 0, 30, tzinfo=UTC), ""),
        (datetime(2026, 4, 5, 22, 30, tzinfo=UTC), ""),  # half past eleven in summer time
        (datetime(2026, 4, 5, 23, 30, tzinfo=UTC), "over"),
    ],
)
def test_the_clock_opens_and_closes_the_box(now, why):
    assert code(listening_project().project, now) == why


def test_without_a_rota_the_box_is_closed():
    who = listening_project()
    Duty.objects.filter(project=who.project).delete()
    assert code(who.project) == "no-reader"
    assert "Nobody is here to read" in queries.why_not_listening(who.project, now=NOW)


def test_a_rota_that_begins_too_late_leaves_the_box_closed():
    who = listening_project()
    ProjectRole.objects.filter(name="reader").update(starts_on=NOW.date() + timedelta(days=9))
    assert code(who.project) == "long-gap"
    assert "Nobody reads before 19 March 2026" in queries.why_not_listening(who.project, now=NOW)
    ProjectRole.objects.filter(name="reader").update(starts_on=NOW.date() + timedelta(days=1))
    assert code(who.project) == ""


def test_control_one_stand_in_alone_keeps_the_box_open():
    who = listening_project()
    Duty.objects.filter(project=who.project, reader=who.rosa).delete()
    assert code(who.project) == ""


def test_without_a_safeguarder_the_box_is_closed():
    who = listening_project()
    ProjectRole.objects.filter(name="safeguarder").update(ends_on=NOW.date() - timedelta(days=1))
    assert code(who.project) == "no-safeguarder"


@pytest.mark.parametrize(("state", "why"), [("draft", "draft"), ("closed", "closed")])
def test_a_draft_and_a_closed_project_have_no_box(state, why):
    who = listening_project()
    opened_on = None if state == "draft" else who.project.opened_on
    Project.objects.update(state=state, opened_on=opened_on)
    assert code(Project.objects.get()) == why


def test_without_a_listen_window_there_is_no_box():
    who = listening_project()
    Stage.objects.filter(name="listen").delete()
    assert code(who.project) == "draft"


def test_late_readers_close_the_box_and_open_it_when_they_have_read():
    who = listening_project()
    services.close_box(project=who.project, because="readers-late", now=NOW)
    services.close_box(project=who.project, because="readers-late", now=NOW)
    assert who.project.box_closed_on == NOW.date()
    assert code(who.project) == "readers-late"
    services.reopen_box(project=who.project, now=NOW)
    services.reopen_box(project=who.project, now=NOW)
    assert code(who.project) == ""
    kinds = [each.kind for each in Entry.objects.order_by("seq")]
    assert kinds == ["project.box-closed", "project.box-reopened"]


def test_closed_by_hand_it_is_opened_by_hand_only():
    who = listening_project()
    services.pause(by=who.tom, project=who.project, now=NOW)
    assert code(who.project) == "paused"
    services.reopen_box(project=who.project, now=NOW)
    assert code(who.project) == "paused"
    services.resume(by=who.ada, project=who.project, now=NOW)
    assert code(who.project) == ""


def test_nobody_opens_by_hand_what_late_readers_closed():
    who = listening_project()
    services.close_box(project=who.project, because="readers-late", now=NOW)
    services.resume(by=who.tom, project=who.project, now=NOW)
    assert code(who.project) == "readers-late"


@pytest.mark.parametrize("name", ["rosa", "dev", "mina", "nell", "stranger"])
def test_only_organisers_close_the_box_by_hand(name):
    who = listening_project()
    with pytest.raises(Refusal, match="Only an organiser"):
        services.pause(by=getattr(who, name), project=who.project, now=NOW)


def test_to_know_costs_at_most_four_queries(django_assert_max_num_queries):
    project = listening_project().project
    with django_assert_max_num_queries(4):
        queries.is_listening(project, now=NOW)


@pytest.mark.parametrize(
    ("today", "states"),
    [
        (date(2026, 3, 1), ["next", "next", "next", "next"]),
        (date(2026, 3, 20), ["now", "now", "next", "next"]),
        (date(2026, 5, 10), ["done", "done", "now", "next"]),
        (date(2026, 7, 1), ["done", "done", "done", "done"]),
    ],
)
def test_the_rail_says_where_the_project_is(today, states):
    rail = rail_of(listening_project().project, today)
    assert [each.key for each in rail] == ["listen", "empower", "act", "debrief"]
    assert [each.state for each in rail] == states


def test_the_rail_speaks_of_days_and_of_what_was_noted():
    who = listening_project()
    Stage.objects.filter(name="empower").update(note="A group of twelve meets.")
    listen, empower, *_ = rail_of(who.project, NOW.date())
    assert listen.note == "Until 5 April 2026"
    assert empower.note == "From 16 March 2026. A group of twelve meets."
    Stage.objects.filter(name="listen").delete()
    assert rail_of(who.project, NOW.date())[0].note == "No dates yet"
