"""Four words of the record on the page of a meeting: to be read out, and the same ever after."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from goldenthread.empower.groups.tests.factories import panel
from goldenthread.empower.meetings import services
from goldenthread.empower.meetings.models import Meeting
from goldenthread.empower.meetings.tests.factories import (
    KEPT,
    STARTS,
    MeetingFactory,
    announced,
)
from goldenthread.kit import clock
from goldenthread.kit.text import say_day
from goldenthread.people.notifications.letters import letter
from goldenthread.people.notifications.models import Letter
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.thread.events import CHECK_FAILED
from goldenthread.thread.models import SignedHead
from goldenthread.thread.published import newest
from goldenthread.thread.services import publish_head, record

DAY = timedelta(days=1)


def seal(now: datetime) -> SignedHead:
    """Note one more thing in the record, and sign what stands."""
    record(CHECK_FAILED, about=uuid4(), facts={"faults": 1}, now=now)
    publish_head(now=now)
    head = newest()
    assert head is not None
    return head


def read(client: Client, here: Listening, meeting: Meeting, now: datetime) -> str:
    with clock.frozen(now):
        return client.get(f"/p/{here.project.address}/meetings/{meeting.ref}/").content.decode()


def test_everyone_who_sees_the_meeting_sees_the_words(here: Listening, client: Client) -> None:
    meeting, head = announced(panel(here.project, here.mina)), seal(NOW)
    for person in (None, here.mina, here.tom):
        if person is not None:
            client.force_login(person)
        told = read(client, here, meeting, NOW)
        assert f'<p class="numeral">{head.words}</p>' in told
        assert f"On {say_day(NOW)} the record had {head.said_size} entries." in told
        assert "Until that day the words can still change." in told


def test_the_words_follow_the_newest_seal_until_the_day_and_then_stay(
    here: Listening, client: Client
) -> None:
    meeting = announced(panel(here.project))
    early, eve = seal(NOW), seal(STARTS - DAY)
    with_the_day = [seal(STARTS - timedelta(hours=2)), seal(STARTS + timedelta(hours=1))]
    later = seal(STARTS + 9 * DAY)
    for now, said in (
        (STARTS - timedelta(hours=1), "Read this out at the meeting today"),
        (STARTS + DAY, "These were the words on the day of this meeting."),
        (STARTS + 300 * DAY, "These were the words on the day of this meeting."),
    ):
        told = read(client, here, meeting, now)
        assert eve.words in told
        assert said in told
        assert not any(each.words in told for each in (early, *with_the_day, later))


def test_the_words_stand_beside_the_notes_and_their_link_answers_yes(
    here: Listening, client: Client
) -> None:
    meeting, head = announced(panel(here.project)), seal(NOW)
    services.write_notes(
        by=here.tom,
        meeting=meeting,
        notes="We met.",
        next_steps="Tom asks.",
        next_step_on=STARTS.date(),
        now=STARTS + DAY,
    )
    seal(STARTS + DAY)
    told = read(client, here, meeting, STARTS + DAY)
    assert head.words in told
    link = told.split('href="/record/?words=')[1].split('"')[0]
    answer = client.get(f"/record/?words={link.removesuffix('#match')}").content.decode()
    assert "Yes, they match." in answer


def test_without_a_seal_the_page_says_so(here: Listening, client: Client) -> None:
    meeting = announced(panel(here.project))
    SignedHead.objects.all().delete()
    told = read(client, here, meeting, NOW)
    assert "The record is not sealed yet." in told
    seal(STARTS)
    told = read(client, here, meeting, STARTS + DAY)
    assert "The record was not sealed yet on the day before this meeting." in told


@pytest.mark.parametrize("state", ["draft", "cancelled"])
def test_where_nobody_meets_there_are_no_words(here: Listening, client: Client, state: str) -> None:
    meeting = MeetingFactory.create(
        group=panel(here.project), **{**KEPT, "state": state, "announced_on": NOW.date()}
    )
    seal(NOW)
    client.force_login(here.tom)
    assert "Four words to read out" not in read(client, here, meeting, NOW)


def test_the_invitation_carries_the_words_out_of_the_house(here: Listening) -> None:
    head = seal(NOW)
    draft = MeetingFactory.create(group=panel(here.project, here.mina), **KEPT)
    services.announce(by=here.tom, meeting=draft, now=NOW)
    [waiting] = Letter.objects.all()
    body = " ".join(letter("meeting").written(waiting.names, waiting.link, "/stop/").text.split())
    assert f"to compare at the meeting: {head.words} ({say_day(NOW)}, " in body
    assert "What to do about the wait" not in body
