from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.empower.groups.tests.factories import panel
from goldenthread.empower.meetings import services
from goldenthread.empower.meetings.models import Coming, Meeting
from goldenthread.empower.meetings.tests.factories import KEPT, STARTS, MeetingFactory, announced
from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.projects.tests.factories import NOW, Listening

AFTER = STARTS + timedelta(days=1)
SAID: dict[str, Any] = {
    "notes": "We talked about messages.",
    "next_steps": "Tom asks the service.",
    "next_step_on": date(2026, 4, 28),
}


def test_notes_are_published_with_next_steps_and_who_came(here: Listening) -> None:
    meeting = announced(panel(here.project, here.mina, here.cara))
    services.answer_coming(by=here.mina, meeting=meeting, answer=Coming.Answer.NO, now=NOW)
    seats = {seat.person: seat for seat in meeting.group.seats.all()}
    services.write_notes(
        by=here.cara, meeting=meeting, came=[seats[here.cara].ref], now=AFTER, **SAID
    )
    meeting.refresh_from_db()
    assert (meeting.state, meeting.notes_on) == (Meeting.State.HELD, AFTER.date())
    came = dict(Coming.objects.values_list("seat__person", "came"))
    assert came == {here.mina.ref: False, here.cara.ref: True}
    services.write_notes(by=here.tom, meeting=meeting, now=AFTER, **{**SAID, "notes": "Better."})
    meeting.refresh_from_db()
    assert meeting.notes == "Better."


@pytest.mark.parametrize("missing", list(SAID))
def test_nothing_may_be_missing(here: Listening, missing: str) -> None:
    meeting = announced(panel(here.project))
    said = {**SAID, missing: None if missing == "next_step_on" else " "}
    with pytest.raises(Refusal) as refused:
        services.write_notes(by=here.tom, meeting=meeting, now=AFTER, **said)
    assert refused.value.field == missing


def test_notes_come_after_the_meeting(here: Listening) -> None:
    with pytest.raises(Refusal, match="come after"):
        services.write_notes(by=here.tom, meeting=announced(panel(here.project)), now=NOW, **SAID)
    draft = MeetingFactory.create(group=panel(here.project), **KEPT)
    with pytest.raises(Refusal, match="come after"):
        services.write_notes(by=here.tom, meeting=draft, now=AFTER, **SAID)


def test_a_meeting_that_was_held_is_changed_no_more(here: Listening) -> None:
    meeting = announced(panel(here.project))
    services.write_notes(by=here.tom, meeting=meeting, now=AFTER, **SAID)
    with pytest.raises(Refusal, match="is over"):
        services.edit_meeting(by=here.tom, meeting=meeting, title="New", now=AFTER)


def test_a_week_later_the_page_says_that_the_notes_are_late(here: Listening) -> None:
    meeting, late = announced(panel(here.project, here.cara)), "The notes are late"
    href = reverse("meetings:meeting", args=[here.project.address, meeting.ref])
    for days, said in ((6, False), (8, True)):
        with clock.frozen(STARTS + timedelta(days=days)):
            assert (late in Client().get(href).content.decode()) is said
    services.write_notes(by=here.tom, meeting=meeting, now=AFTER, **SAID)
    with clock.frozen(STARTS + timedelta(days=8)):
        assert late not in Client().get(href).content.decode()
