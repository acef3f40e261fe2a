"""Statements of a conversation are voices: themes rest on them, and its map leads there."""

from django.test import Client

from goldenthread.listen.conversations import services as conversations
from goldenthread.listen.conversations.tests.factories import conversation_in
from goldenthread.listen.themes import services
from goldenthread.listen.themes.queries import ungrouped
from goldenthread.listen.voices import formkeys
from goldenthread.projects.speaker import Guest
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.safety.reading import services as reading


def test_a_map_leads_to_the_themes_that_rest_on_its_statements(
    here: Listening, client: Client
) -> None:
    asked = conversation_in(here.project)
    spoken = conversations.add_statement(
        by=Guest(),
        conversation=asked,
        form_key=formkeys.draw(),
        text="Buses should run at night.",
        now=NOW,
    )
    words = spoken.voice.words
    reading.release(by=here.rosa, words=words, version=words.version, now=NOW)
    assert spoken.voice in ungrouped(here.project)
    theme = services.make_theme(
        by=here.tom,
        project=here.project,
        title="Night",
        sentence="Nights are long.",
        voices=[spoken.voice.ref],
        now=NOW,
    )
    services.show_back(by=here.tom, theme=theme, now=NOW)
    body = client.get(f"/p/{here.project.address}/conversations/{asked.ref}/map/").content.decode()
    assert f"/themes/{theme.ref}/" in body
