"""Organisers prepare, open and close a conversation; each of it is on the record."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from goldenthread.kit.refusals import Refusal
from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.conversations import permissions, services
from goldenthread.listen.conversations.models import Conversation, Statement
from goldenthread.listen.conversations.tasks import close_what_is_over
from goldenthread.listen.conversations.tests.factories import SAYS, conversation_in, prepared
from goldenthread.listen.voices.models import Door
from goldenthread.listen.voices.tests.factories import VoiceFactory, signed_in
from goldenthread.listen.voices.ways import ways_of
from goldenthread.organisations.tests.factories import OrganisationFactory
from goldenthread.projects.models import Partner, Project, Stage
from goldenthread.projects.speaker import Guest
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.safety.reading.tests.factories import WordsFactory
from goldenthread.thread.models import Entry

PEOPLE = ["mina", "tom", "rosa", "sam", "priya", "dev", "cara", "ada", "nell", "stranger", "guest"]
EVERYONE = set(PEOPLE)
ALLOWED = {
    "may_look": EVERYONE,
    "may_vote": EVERYONE,
    "may_add": EVERYONE,
    "may_arrange": {"tom", "cara"},
    "may_bring_in": {"tom"},
    "may_take_out": {"tom"},
}


def the(here: Listening, name: str) -> Any:
    return Guest() if name == "guest" else getattr(here, name)


@pytest.mark.parametrize("sentence", ALLOWED)
def test_who_may_do_what(here: Listening, sentence: str) -> None:
    asked: Any = conversation_in(here.project)
    may = getattr(permissions, sentence)
    thing = asked if sentence in {"may_look", "may_vote", "may_add"} else asked.project
    assert {name for name in PEOPLE if may(the(here, name), thing, now=NOW)} == ALLOWED[sentence]


def test_who_may_when_it_is_shut(here: Listening) -> None:
    asked = conversation_in(here.project)
    here.project.board = "team"
    asked.project = here.project
    assert not permissions.may_add(here.mina, asked, now=NOW)
    assert permissions.may_vote(here.mina, asked, now=NOW)
    here.project.board, asked.adding = "shared", False
    assert not permissions.may_add(here.mina, asked, now=NOW)
    here.project.open_to = Project.OpenTo.MEMBERS
    seen = {name for name in PEOPLE if permissions.may_vote(the(here, name), asked, now=NOW)}
    assert seen == EVERYONE - {"nell", "stranger", "guest"}
    asked.state = Conversation.State.CLOSED
    assert not permissions.may_vote(here.mina, asked, now=NOW)
    assert permissions.may_look(here.mina, asked, now=NOW)
    here.project.state = Project.State.CLOSED
    assert not permissions.may_arrange(here.tom, here.project, now=NOW)


def test_from_a_question_to_an_open_door_and_back(here: Listening) -> None:
    tom = signed_in(here.tom)
    home = f"/p/{here.project.address}/conversations/"
    assert "There is no conversation yet" in tom.get(home).content.decode()
    wrong = tom.post(f"{home}new/", {"question": "", "about": "Kept."}).content.decode()
    assert "Write your question." in wrong
    assert "Kept." in wrong
    desk = tom.post(f"{home}new/", {"question": "What should change?", "adding": "1"})["Location"]
    act = desk.replace("/desk/", "/act/")
    for text in SAYS[:2]:
        tom.post(desk, {"text": text, "picture": "clock"})
    again = tom.post(desk, {"text": SAYS[0].upper()}).content.decode()
    assert "This statement is there already." in again
    tom.post(act, {"act": "open"})
    assert "at least three statements first" in tom.get(desk).content.decode()
    tom.post(desk, {"text": SAYS[2]})
    last = Statement.objects.get(seed=SAYS[2])
    tom.post(act, {"act": f"up:{last.pk}"})
    order = Statement.objects.order_by("place").values_list("seed", flat=True)
    assert list(order) == [SAYS[0], SAYS[2], SAYS[1]]
    tom.post(act, {"act": "open"})
    door = Door.objects.get()
    assert (door.title, door.path) == ("What should change?", desk.replace("desk/", ""))
    [way] = [each for each in ways_of(here.project, now=NOW) if each.doors]
    assert way.href == home
    assert Client().get(door.path).status_code == 200
    tom.post(act, {"act": f"drop:{last.pk}"})
    assert Statement.objects.get(pk=last.pk).dropped_on == date(2026, 3, 10)
    tom.post(desk.replace("desk/", "question/"), {"question": "Something else?"})
    asked = Conversation.objects.get()
    assert asked.question == "What should change?"
    tom.post(act, {"act": "stop-adding"})
    tom.post(act, {"act": "close"})
    asked.refresh_from_db()
    assert (asked.state, asked.adding, asked.closed_on) == ("closed", False, date(2026, 3, 10))
    door.refresh_from_db()
    assert (door.shut, door.path) == (True, desk.replace("desk/", "map/"))
    kinds = list(Entry.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds[-7:] == [
        *["statement.seeded"] * 3,
        "conversation.opened",
        "statement.dropped",
        "conversation.adding-changed",
        "conversation.closed",
    ]


def test_what_nobody_closed_is_closed_when_listening_ends_and_leads_to_the_map(
    here: Listening,
) -> None:
    asked = services.open_conversation(by=here.tom, conversation=prepared(here), now=NOW)
    assert Door.objects.get().until is None, "it stays in reach until it is closed"
    close_what_is_over(now=NOW)
    asked.refresh_from_db()
    assert asked.state == "open"
    Stage.objects.filter(name="listen").update(closes_on="2026-03-09")
    for _night in range(2):
        close_what_is_over(now=NOW)
    asked.refresh_from_db()
    assert (asked.state, asked.closed_on) == ("closed", NOW.date())
    door = Door.objects.get()
    assert (door.shut, door.path.split("/")[-2]) == (True, "map")
    assert door.path in Client().get(f"/p/{here.project.address}/").content.decode()
    assert Entry.objects.filter(kind="conversation.closed").count() == 1


def test_what_waits_for_a_reader_is_told_in_fives(here: Listening) -> None:
    asked = conversation_in(here.project)
    tom, desk = signed_in(here.tom), f"/p/{here.project.address}/conversations/{asked.ref}/desk/"

    def waits(number: int) -> str:
        for _each in range(number):
            words = WordsFactory.create(project=here.project, text="Unread")
            voice = VoiceFactory.create(words=words, answers=asked.ref)
            Statement.objects.create(conversation=asked, voice=voice)
        return tom.get(desk).content.decode().split("can be answered. ")[1].split("</p>")[0]

    few = waits(0)
    assert few == "Fewer than ten, or none, wait for a reader."
    assert [waits(1), waits(8)] == [few, few]
    assert waits(3) == waits(0) == "About 10 wait for a reader."


def test_all_who_ask_are_named(here: Listening) -> None:
    asked = conversation_in(here.project)
    other = OrganisationFactory.create(name="The carers’ centre")
    Partner.objects.create(project=here.project, organisation=other)
    body = Client().get(f"/p/{here.project.address}/conversations/{asked.ref}/").content.decode()
    assert f"This is asked by {here.organisation.name}, The carers’ centre." in body


def test_it_opens_only_while_the_project_listens(here: Listening) -> None:
    made = prepared(here)
    Stage.objects.filter(name="listen").update(closes_on="2026-03-09")
    with pytest.raises(Refusal, match="while the project listens"):
        services.open_conversation(by=here.tom, conversation=made, now=NOW)
    for person in (here.mina, here.rosa, here.ada):
        with pytest.raises(Refusal, match="Only organisers"):
            services.seed(by=person, conversation=made, text="Mine.", now=NOW)
    with pytest.raises(Refusal, match="not open"):
        services.close_conversation(by=here.tom, conversation=made, now=NOW)


@pytest.mark.parametrize("name", ["mina", "rosa", "dev", "ada", "nell", "stranger"])
def test_the_desk_is_not_there_for_others(here: Listening, name: str) -> None:
    asked = conversation_in(here.project)
    browser = signed_in(getattr(here, name))
    home = f"/p/{here.project.address}/conversations/"
    for path in ("", "new/", f"{asked.ref}/desk/", f"{asked.ref}/question/"):
        assert browser.get(home + path).status_code == 404
    assert browser.post(f"{home}{asked.ref}/act/", {"act": "close"}).status_code == 404
    assert Conversation.objects.get().state == "open"


def test_lists_cost_the_same_for_one_and_three(here: Listening) -> None:
    tom = signed_in(here.tom)
    home = f"/p/{here.project.address}/conversations/"
    for number in (1, 3):
        while Conversation.objects.count() < number:
            made = conversation_in(here.project, seeds=number)
        with at_most(11):
            assert tom.get(home).content.count(b"/desk/") == number
        with at_most(13):
            body = tom.get(f"{home}{made.ref}/desk/").content.decode()
        assert body.count('value="drop:') == number
