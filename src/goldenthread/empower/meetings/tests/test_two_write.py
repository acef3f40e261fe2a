"""Two write about one meeting: nobody saves over words they have not seen."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from goldenthread.empower.groups.tests.factories import panel
from goldenthread.empower.meetings import services
from goldenthread.empower.meetings.models import Coming, Meeting
from goldenthread.empower.meetings.tests.factories import KEPT, STARTS, announced
from goldenthread.kit import clock
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.people.accounts.models import Person
from goldenthread.people.notifications.models import Letter
from goldenthread.projects.tests.factories import Listening

pytestmark = pytest.mark.django_db
AFTER = STARTS + timedelta(days=1)
LATE = "Somebody else saved this while you were writing."
NOTES = {"notes": "Tom wrote.", "next_steps": "Tom asks.", "next_step_on": "2026-04-28"}


def seen_in(shown: str) -> str:
    found = re.search(r'name="seen" value="(\w+)"', shown)
    return found[1] if found else ""


def read(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def at(meeting: Meeting, page: str) -> str:
    return f"/p/{meeting.group.project.address}/meetings/{meeting.ref}/{page}/"


def came(meeting: Meeting) -> set[Person | None]:
    return {each.seat.person for each in Coming.objects.filter(meeting=meeting, came=True)}


@pytest.mark.parametrize("only_who_came", [False, True])
def test_published_notes_and_who_came_are_not_written_over(
    here: Listening, *, only_who_came: bool
) -> None:
    meeting = announced(panel(here.project, here.mina, here.nell))
    seats = {seat.person: str(seat.ref) for seat in meeting.group.seats.all()}
    with clock.frozen(AFTER):
        tom, cara = signed_in(here.tom), signed_in(here.cara)
        caras: dict[str, Any] = {**NOTES, "notes": "Cara wrote.", "came": [seats[here.mina]]}
        if only_who_came:
            cara.post(at(meeting, "notes"), {**caras, "came": [seats[here.nell]]})
        seen = [seen_in(read(each, at(meeting, "notes"))) for each in (tom, cara)]
        for _press in range(2):
            posted = cara.post(at(meeting, "notes"), {**caras, "seen": seen[1]})
            assert posted.status_code == 302
        mine = {**NOTES, "came": [seats[here.nell]]}
        shown = tom.post(at(meeting, "notes"), {**mine, "seen": seen[0]}).content.decode()
        assert LATE in shown
        assert "Tom wrote." in shown
        saved = shown.split("Saved meanwhile by somebody else")[1].split("</section>")[0]
        assert "Cara wrote." in saved
        assert "Mina" in saved
        meeting.refresh_from_db()
        assert (meeting.notes, came(meeting)) == ("Cara wrote.", {here.mina})
        tom.post(at(meeting, "notes"), {**mine, "seen": seen_in(shown)})
    meeting.refresh_from_db()
    assert (meeting.notes, came(meeting)) == ("Tom wrote.", {here.nell})


def test_a_plan_that_somebody_changed_meanwhile_is_not_written_over(here: Listening) -> None:
    meeting = announced(panel(here.project, here.mina))
    tom = signed_in(here.tom)
    seen = seen_in(read(tom, at(meeting, "edit")))
    later = {"starts_at": STARTS + timedelta(hours=1), "place": "Room 7"}
    services.edit_meeting(by=here.cara, meeting=meeting, now=AFTER - timedelta(days=9), **later)
    typed = {**KEPT, "starts_at": "2026-04-14T14:00", "ends_at": "2026-04-14T16:00"}
    typed |= {"support_person": "Tom, in the red hat"}
    shown = tom.post(at(meeting, "edit"), {**typed, "seen": seen}).content.decode()
    for words in (LATE, "Tom, in the red hat", "Room 7", "14 April 2026, 15:00"):
        assert words in shown.replace("\xa0", " ")
    meeting.refresh_from_db()
    assert (meeting.place, meeting.sequence) == ("Room 7", 1)
    assert Letter.objects.count() == 1
    for _press in range(2):
        posted = tom.post(at(meeting, "edit"), {**typed, "seen": seen_in(shown)})
        assert posted.status_code == 302
    meeting.refresh_from_db()
    assert (meeting.place, meeting.starts_at) == (KEPT["place"], STARTS)
