from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client

from goldenthread.empower.groups.tests.factories import SeatFactory, panel
from goldenthread.empower.meetings import promises, services
from goldenthread.empower.meetings.models import Coming, Meeting, PromiseCheck
from goldenthread.empower.meetings.tests.factories import (
    CARES,
    KEPT,
    STARTS,
    MeetingFactory,
    announced,
)
from goldenthread.kit import clock
from goldenthread.kit.testing.queries import at_most
from goldenthread.projects.tests.factories import NOW, Listening, listening_project

AFTER = STARTS + timedelta(days=1)
TIMES = {"starts_at": "2026-04-14T14:00", "ends_at": "2026-04-14T16:00"}
LINK = "https://example.org/room"


def at(here: Listening, ref: UUID, path: str = "") -> str:
    return f"/p/{here.project.address}/meetings/{ref}/{path}"


def test_a_meeting_is_planned_and_announced_by_plain_forms(here: Listening, client: Client) -> None:
    group = panel(here.project, here.mina)
    client.force_login(here.tom)
    new = f"/p/{here.project.address}/groups/{group.ref}/meetings/new/"
    assert "Please answer this" in client.post(new, {"title": ""}).content.decode()
    client.post(new, {"title": "What to do", **TIMES})
    meeting = Meeting.objects.get()
    assert meeting.starts_at == STARTS
    body = client.post(at(here, meeting.ref, "announce/")).content.decode()
    for name in ("place", "expenses", "quiet_space", "breaks", "support_person", "recorded_how"):
        assert f'id="id_{name}_error"' in body
        assert str(promises.BEFORE_ANNOUNCING[name]) in body
    assert 'id="id_starts_at_error"' not in body
    assert 'value="2026-04-14T14:00"' in body
    client.post(
        at(here, meeting.ref, "edit/"), {"title": "What", **TIMES, **CARES, "do": "announce"}
    )
    meeting.refresh_from_db()
    assert (meeting.state, meeting.title) == (Meeting.State.ANNOUNCED, "What")


def test_saving_a_draft_asks_for_nothing_more(here: Listening, client: Client) -> None:
    draft = MeetingFactory.create(group=panel(here.project))
    client.force_login(here.cara)
    client.post(at(here, draft.ref, "edit/"), {"title": "Half done", "breaks": "Often"})
    draft.refresh_from_db()
    assert (draft.title, draft.breaks, draft.state) == ("Half done", "Often", "draft")


def test_everyone_reads_an_announced_meeting_without_its_link_and_names(
    here: Listening, client: Client
) -> None:
    meeting = announced(panel(here.project, here.mina), link=LINK)
    body = client.get(at(here, meeting.ref)).content.decode()
    assert "Tuesday 14 April 2026, 14:00 to 16:00" in body
    assert "Room 14 next door" in body
    assert LINK not in body
    assert "Mina" not in body
    client.force_login(here.mina)
    body = client.get(at(here, meeting.ref)).content.decode()
    assert LINK in body
    assert "You are invited" in body


def test_needs_are_read_by_facilitators_only(here: Listening, client: Client) -> None:
    meeting = announced(panel(here.project, here.mina))
    client.force_login(here.mina)
    sent = {"answer": "yes", "needs": "A chair by the door"}
    assert client.post(at(here, meeting.ref, "coming/"), sent).status_code == 302
    assert Coming.objects.get().answer == "yes"
    assert "A chair by the door" in client.get(at(here, meeting.ref, "coming/")).content.decode()
    for person, reads in ((here.tom, True), (here.cara, False), (here.dev, False)):
        client.force_login(person)
        body = client.get(at(here, meeting.ref)).content.decode()
        assert ("A chair by the door" in body) is reads


def test_ways_to_come_follow_the_ways_in(here: Listening, client: Client) -> None:
    meeting = announced(panel(here.project, here.mina))
    client.force_login(here.mina)
    assert "joining by link" not in client.get(at(here, meeting.ref, "coming/")).content.decode()
    services.edit_meeting(by=here.tom, meeting=meeting, link=LINK, now=NOW)
    assert "joining by link" in client.get(at(here, meeting.ref, "coming/")).content.decode()


def test_notes_and_the_check_after_the_meeting(here: Listening, client: Client) -> None:
    meeting = announced(panel(here.project, here.mina))
    with clock.frozen(AFTER):
        client.force_login(here.tom)
        assert client.get(at(here, meeting.ref, "check/")).status_code == 404
        body = client.post(at(here, meeting.ref, "notes/"), {"notes": "We met."}).content.decode()
        assert 'id="id_next_steps_error"' in body
        client.post(
            at(here, meeting.ref, "notes/"),
            {"notes": "We met.", "next_steps": "Tom asks.", "next_step_on": "2026-04-28"},
        )
        client.force_login(here.mina)
        body = client.get(at(here, meeting.ref)).content.decode()
        assert "You hear more by 28 April 2026." in body
        assert "Did we keep our promises?" in body
        check = at(here, meeting.ref, "check/")
        assert "Answer at least one" in client.post(check, {}).content.decode()
        client.post(check, {"time": "kept", "equal": "not-kept"})
        assert PromiseCheck.objects.get().answers == {"time": "kept", "equal": "not-kept"}
        assert "You have answered" in client.get(check).content.decode()


def test_a_cancelled_meeting_says_why(here: Listening, client: Client) -> None:
    meeting = announced(panel(here.project))
    client.force_login(here.tom)
    client.post(at(here, meeting.ref, "cancel/"), {"because": "The room is flooded."})
    client.logout()
    assert "The room is flooded." in client.get(at(here, meeting.ref)).content.decode()


@pytest.mark.parametrize("name", ["mina", "dev", "nell", "stranger"])
@pytest.mark.parametrize("path", ["edit/", "cancel/", "notes/"])
def test_working_pages_are_not_there_for_others(
    here: Listening, client: Client, name: str, path: str
) -> None:
    meeting = announced(panel(here.project, here.mina))
    client.force_login(getattr(here, name))
    assert client.get(at(here, meeting.ref, path)).status_code == 404
    assert client.post(at(here, meeting.ref, "announce/")).status_code == 404


def test_drafts_and_meetings_of_others_are_not_there(here: Listening, client: Client) -> None:
    draft = MeetingFactory.create(group=panel(here.project, here.mina))
    far = announced(panel(listening_project().project))
    client.force_login(here.mina)
    assert client.get(at(here, draft.ref)).status_code == 404
    client.force_login(here.tom)
    assert client.get(at(here, far.ref)).status_code == 404
    assert client.get(at(here, draft.ref)).status_code == 200


def test_the_page_of_the_group_lists_its_meetings(here: Listening, client: Client) -> None:
    group = panel(here.project)
    announced(group, title="In April")
    MeetingFactory.create(group=group, title="Only planned")
    href = f"/p/{here.project.address}/groups/{group.ref}/"
    body = client.get(href).content.decode()
    assert "In April" in body
    assert "Only planned" not in body
    client.force_login(here.tom)
    assert "Only planned" in client.get(href).content.decode()


@pytest.mark.parametrize("name", ["tom", "mina"])
def test_queries_stay_few_with_one_and_with_three(
    here: Listening, client: Client, name: str
) -> None:
    meeting = announced(panel(here.project, here.mina))
    client.force_login(getattr(here, name))
    href = at(here, meeting.ref)
    client.get(href)  # the first one today also notes in the session that someone came
    with at_most(10) as with_one:
        client.get(href)
    for _ in range(2):
        SeatFactory.create(group=meeting.group, name="Jo")
    with at_most(10) as with_three:
        client.get(href)
    assert len(with_one) == len(with_three)


def test_the_facts_of_the_form_are_those_of_the_service() -> None:
    assert set(KEPT) <= set(services.PLANNED)
