"""Adding a statement: a voice like any other, with a receipt, read before anybody votes on it."""

from datetime import timedelta

import pytest
from django.test import Client

from goldenthread.kit.refusals import Refusal
from goldenthread.listen.conversations import services
from goldenthread.listen.conversations.models import Statement
from goldenthread.listen.conversations.tests.factories import conversation_in
from goldenthread.listen.voices import formkeys
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.tests.factories import form_data
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Guest
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.models import Words
from goldenthread.thread.queries import stories_of

TEXT = "Someone should   call\nme each week."


def test_a_guest_adds_a_statement_and_follows_it(here: Listening, client: Client) -> None:
    asked = conversation_in(here.project)
    href = f"/p/{here.project.address}/conversations/{asked.ref}/add/"
    body = client.get(href).content.decode()
    for said in ("Nobody reads this live", "The next reading is", "Give me a receipt"):
        assert said in body
    data = form_data(here.project, text=TEXT, picture="phone")
    answer = client.post(href, data)
    assert answer["Location"] == f"/p/{here.project.address}/sent/"
    client.post(href, data)  # pressed twice
    added = Statement.objects.exclude(voice=None).get()
    voice = Voice.objects.get()
    assert (added.voice, added.picture, added.text) == (voice, "phone", "")
    assert (voice.kind, voice.asked, voice.answers) == ("statement", asked.question, asked.ref)
    assert voice.words.text == "Someone should call me each week."
    assert "Your receipt" in client.get(answer["Location"]).content.decode()
    assert voice.words.state == Words.State.HELD
    reading.release(by=here.rosa, words=voice.words, version=voice.words.version, now=NOW)
    added.refresh_from_db()
    assert Statement.objects.get(pk=added.pk).text == "Someone should call me each week."
    page = client.get(f"/p/{here.project.address}/voices/{voice.ref}/").content.decode()
    assert f"A conversation: {asked.question}" in page
    [story] = stories_of([asked.ref], visible_to=Guest()).values()
    assert [step.ref for step in story.after] == [voice.ref]


def test_what_was_typed_is_kept_where_nothing_can_be_added(here: Listening, client: Client) -> None:
    asked = conversation_in(here.project, adding=False)
    href = f"/p/{here.project.address}/conversations/{asked.ref}/add/"
    body = client.post(href, form_data(here.project, text="Kept words")).content.decode()
    assert "take no more statements" in body
    assert "Kept words" in body
    asked.adding = True
    asked.save()
    Project.objects.update(box_closed_on=NOW.date(), box_closed_because="readers-late")
    body = client.post(href, form_data(here.project, text="Kept words")).content.decode()
    assert "Kept words" in body
    assert not Voice.objects.exists()
    Project.objects.update(board="team", box_closed_on=None, box_closed_because="")
    asked.refresh_from_db()
    with pytest.raises(Refusal, match="cannot add"):
        services.add_statement(
            by=Guest(), conversation=asked, form_key=formkeys.draw(), text="No.", now=NOW
        )
    assert not Statement.objects.exclude(voice=None).exists()


def test_a_long_statement_is_refused_beside_the_field(here: Listening, client: Client) -> None:
    asked = conversation_in(here.project)
    href = f"/p/{here.project.address}/conversations/{asked.ref}/add/"
    begun = NOW - timedelta(minutes=1)
    data = form_data(here.project, text="long " * 60, begun=begun)
    body = client.post(href, data).content.decode()
    assert "200" in body
    assert "long long" in body
    assert not Voice.objects.exists()
