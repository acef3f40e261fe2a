"""Where the board is the team's own, nobody else reads what people say."""

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.listen.voices import permissions, queries
from goldenthread.listen.voices.similar import similar
from goldenthread.listen.voices.tests.factories import released_voice, signed_in
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Guest
from goldenthread.projects.tests.factories import NOW, listening_project

pytestmark = pytest.mark.django_db
WORDS = "The lantern by the old boathouse is never lit"


def pages(board: str) -> dict[str, tuple[int, bool]]:
    """By person: the status of the voice's page, and whether its words stand on the board."""
    who = listening_project(board=board)
    voice = released_voice(who.project, WORDS)
    seen = {}
    for name in ("guest", "mina", "stranger", "tom", "cara", "rosa", "dev", "ada"):
        client = Client() if name == "guest" else signed_in(getattr(who, name))
        with clock.frozen(NOW):
            there = client.get(reverse("voices:voice", args=[who.project.address, voice.ref]))
            board_page = client.get(reverse("voices:board", args=[who.project.address]))
        assert board_page.status_code == 200
        seen[name] = (there.status_code, WORDS in board_page.content.decode())
    return seen


def test_only_the_team_reads_a_board_of_its_own() -> None:
    seen = pages(Project.Board.TEAM)
    for name in ("guest", "mina", "stranger"):
        assert seen[name] == (404, False), name
    for name in ("tom", "cara", "rosa", "dev"):
        assert seen[name] == (200, True), name


def test_a_shared_board_is_seen_by_all_who_see_the_project() -> None:
    """The negative control: the same pages, the same people, the other choice."""
    assert set(pages(Project.Board.SHARED).values()) == {(200, True)}


def test_nothing_similar_is_shown_and_nobody_agrees_with_what_they_cannot_read() -> None:
    who = listening_project(board=Project.Board.TEAM)
    voice = released_voice(who.project, WORDS)
    assert similar(who.project, WORDS) == []
    assert not permissions.may_say_true_for_me(who.mina, voice, now=NOW)
    with clock.frozen(NOW):
        told = queries.describe_voices([voice.ref], visible_to=Guest())
    assert told == {}


def test_an_author_still_finds_their_own_voice() -> None:
    who = listening_project(board=Project.Board.TEAM)
    mine = released_voice(who.project, WORDS, author=who.mina, known_as="support")
    assert queries.voice_visible_to(who.mina, who.project, mine.ref, now=NOW) == mine
    assert queries.voice_visible_to(who.nell, who.project, mine.ref, now=NOW) is None
