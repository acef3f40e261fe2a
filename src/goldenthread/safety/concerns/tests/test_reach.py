import pytest
from django.test import Client

from goldenthread.kit import clock
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.concerns import registry, services
from goldenthread.safety.reading.registry import ItemLink
from goldenthread.safety.reading.tests.factories import WordsFactory, sign_in

pytestmark = pytest.mark.django_db


def shown(client: Client, text: str) -> str:
    here = listening_project()
    words = WordsFactory.create(project=here.project, text=text)
    concern = services.raise_concern(by=here.rosa, words=words, why="Hm.", now=NOW)
    sign_in(client, here.priya)
    with clock.frozen(NOW):
        url = f"/p/{here.project.address}/concerns/{concern.ref}/"
        return client.get(url).content.decode()


def test_a_way_that_another_room_knows_is_shown(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_reaches", [])

    @registry.ways_to_reach
    def known(words: object, **_given: object) -> ItemLink | None:
        link = ItemLink("See how", "/p/x/known/", "They let support staff know who they are.")
        return link if words.text == "Call me." else None

    assert "They let support staff know" in shown(client, "Call me.")
    assert "They did not leave a way" in shown(client, "Leave me.")
