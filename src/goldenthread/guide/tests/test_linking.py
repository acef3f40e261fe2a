"""Every page of staff leads to what is written about it; nothing leads to nowhere."""

import re

import pytest
from tests.architecture.test_docs import DOCS, anchors_of
from tests.matrix.test_matrix import routes

from goldenthread.guide.library import documents
from goldenthread.guide.linking import room_of, told, told_about
from goldenthread.kit import clock
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.projects.tests.factories import NOW, listening_project

LINK = re.compile(r'<a href="([^"]+)"( target="_blank")?>How this (?:page )?works')


def is_dead(target: str) -> bool:
    path, _hash, anchor = target.partition("#")
    if path not in documents():
        return True
    return bool(anchor) and anchor not in anchors_of(DOCS / f"{path}.md")


def untold(names: set[str]) -> list[str]:
    """Routes of which the data says neither what is written about them, nor why nothing is."""
    return sorted(name for name in names if not told_about(name)[0])


def test_every_target_is_a_document_and_a_heading_that_stand():
    targets = [*told()["staff"].values(), *told()["everybody"].values()]
    assert [target for target in targets if is_dead(target)] == []


@pytest.mark.parametrize("target", ["how-to/nothing", "how-to/run-a-survey#nothing"])
def test_a_dead_target_is_caught(target):
    assert is_dead(target)


def test_every_route_is_told_about_or_it_is_said_why_not():
    assert untold({name for name, _path in routes()}) == []
    assert untold({"attic:list", "reading:queue"}) == ["attic:list"]
    assert all(reason for reason in told()["none"].values())


def test_nothing_is_told_about_a_page_that_is_not_there():
    names = {name for name, _path in routes()}
    there = names | {room_of(name) for name in names} | {"kit"}
    assert (
        sorted(name for section in told().values() for name in section if name not in there) == []
    )


@pytest.fixture
def listening(db):
    with clock.frozen(NOW):
        yield listening_project()


def test_staff_find_the_link_in_menu_and_foot_and_it_opens_beside(client, listening):
    at = f"/p/{listening.project.address}"
    body = signed_in(listening.tom).get(f"{at}/prepare/").content.decode()
    assert LINK.findall(body) == [("/guide/how-to/prepare-a-project/", ' target="_blank"')] * 2
    board = client.get(f"{at}/board/").content.decode()
    assert LINK.findall(board) == [("/guide/explanation/readers-first/", "")] * 2


def test_nothing_leads_away_from_where_someone_writes(client, listening):
    body = client.get(f"/p/{listening.project.address}/speak/").content.decode()
    assert LINK.findall(body) == []
    assert "<textarea" in body
