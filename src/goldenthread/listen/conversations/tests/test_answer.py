"""Answering: without a script, once a statement, changed at will, never about what is unread."""

import re

import pytest
from django.test import Client

from goldenthread.kit.sealing import keyed
from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.conversations import services
from goldenthread.listen.conversations.asking import next_for
from goldenthread.listen.conversations.models import Conversation, Participant, Stance, Statement
from goldenthread.listen.conversations.tasks import refresh_counters
from goldenthread.listen.conversations.tests.factories import conversation_in, crowd, mark, said_in
from goldenthread.listen.voices.tests.factories import VoiceFactory
from goldenthread.projects.models import Project, Stage
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.tests.factories import WordsFactory


def at(conversation: Conversation, path: str = "") -> str:
    return f"/p/{conversation.project.address}/conversations/{conversation.ref}/{path}"


def test_a_guest_answers_everything_without_a_script(here: Listening, client: Client) -> None:
    asked = conversation_in(here.project, seeds=3)
    start = client.get(at(asked)).content.decode()
    assert "There are 3 statements" in start
    assert "answers" not in client.cookies
    seen = set()
    for number in range(3):
        body = client.get(at(asked, "answer/")).content.decode()
        assert f"You have answered {number} of 3." in body
        [statement] = [each for each in asked.statements.all() if each.seed in body]
        seen.add(statement.pk)
        data = {"statement": str(statement.pk), "stance": "1"}
        answer = client.post(at(asked, "answer/"), data)
        assert (answer.status_code, answer["Location"]) == (302, at(asked, "answer/"))
    assert len(seen) == 3
    assert "You have answered everything" in client.get(at(asked, "answer/")).content.decode()
    assert Participant.objects.count() == 1
    cookie = client.cookies["answers"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == (at(asked), True, "Lax")


def test_the_last_answer_counts_and_can_be_changed(here: Listening, client: Client) -> None:
    asked = conversation_in(here.project)
    first, other, _third = asked.statements.order_by("place")
    client.post(at(asked, "answer/"), {"statement": first.pk, "stance": "1"})
    client.post(at(asked, "answer/"), {"statement": other.pk, "stance": "0"})
    answer = client.post(
        at(asked, "answer/"), {"statement": first.pk, "stance": "-1", "from": "mine"}
    )
    assert answer["Location"] == at(asked, "mine/")
    assert Stance.objects.get(statement=first).value == -1
    body = client.get(at(asked, "mine/")).content.decode()
    assert first.seed in body
    assert body.count("Your answer:") == 2
    stranger = Client().get(at(asked, "mine/")).content.decode()
    assert first.seed not in stranger
    client.post(at(asked, "forget/"))
    assert "You have not answered yet" in client.get(at(asked, "mine/")).content.decode()
    assert Stance.objects.count() == 2


def test_nothing_leads_from_an_answer_to_a_person(here: Listening, client: Client) -> None:
    asked, other = conversation_in(here.project), conversation_in(here.project)
    client.force_login(here.mina)
    for each in (asked, other):
        statement = each.statements.first()
        client.post(at(each, "answer/"), {"statement": statement.pk, "stance": "1"})
    one, two = Participant.objects.values()
    assert set(one) == {"ref", "conversation_id", "mark", "group"}
    assert bytes(one["mark"]) != bytes(two["mark"])
    assert keyed("conversations.member", asked.ref, here.mina.pk) in {
        bytes(one["mark"]),
        bytes(two["mark"]),
    }
    assert {each.name for each in Stance._meta.fields} == {
        "ref",
        "participant",
        "statement",
        "value",
    }


def test_what_no_reader_released_is_never_asked(here: Listening, client: Client) -> None:
    asked = conversation_in(here.project, seeds=0)
    waiting = VoiceFactory.create(
        words=WordsFactory.create(project=here.project, text="Canary unread"), answers=asked.ref
    )
    unread = Statement.objects.create(conversation=asked, voice=waiting)
    shown = said_in(asked, "Canary read.")
    assert b"Canary read." in client.get(at(asked, "answer/")).content
    for each, count in ((unread, 0), (shown, 1)):
        client.post(at(asked, "answer/"), {"statement": each.pk, "stance": "1"})
        assert Stance.objects.count() == count
    for path in ("", "answer/", "mine/"):
        assert b"Canary unread" not in client.get(at(asked, path)).content
    assert shown.voice is not None
    Words.objects.filter(pk=shown.voice.pk).update(state="withdrawn")
    for path in ("answer/", "mine/"):
        assert b"Canary read." not in client.get(at(asked, path)).content
    Words.objects.filter(pk=shown.voice.pk).update(state="released")
    Project.objects.update(board="team")  # what people say is for the team alone
    assert b"Canary read." not in client.get(at(asked, "mine/")).content


@pytest.mark.parametrize("shut", ["conversation", "project", "days", "seed"])
def test_answers_are_taken_only_while_all_is_open(
    here: Listening, client: Client, shut: str
) -> None:
    asked = conversation_in(here.project)
    statement = asked.statements.order_by("place")[0]
    if shut == "conversation":
        Conversation.objects.update(state="closed")
    elif shut == "project":
        Project.objects.update(state="paused")
    elif shut == "days":
        Stage.objects.filter(name="listen").update(closes_on="2026-03-09")
    else:
        Statement.objects.filter(pk=statement.pk).update(dropped_on="2026-03-09")
    client.post(at(asked, "answer/"), {"statement": statement.pk, "stance": "1"})
    assert not Stance.objects.exists()
    body = client.get(at(asked, "answer/")).content.decode()
    assert ("No answers can be given now" in body) == (shut != "seed")


def test_drafts_and_other_projects_are_not_there(here: Listening, client: Client) -> None:
    draft = conversation_in(here.project, state="draft", opened_on=None)
    far = conversation_in(listening_project().project)
    mixed = f"/p/{here.project.address}/conversations/{far.ref}/"
    for path in ("", "answer/", "mine/", "add/"):
        assert client.get(at(draft, path)).status_code == 404
        assert client.get(mixed + path).status_code == 404
    statement = far.statements.first()
    asked = conversation_in(here.project)
    client.post(at(asked, "answer/"), {"statement": statement.pk, "stance": "1"})
    wrong = client.post(at(asked, "answer/"), {"statement": statement.pk, "stance": "7"})
    assert wrong.status_code == 404
    assert not Stance.objects.exists()


def test_where_members_alone_answer_a_known_browser_is_not_enough(
    here: Listening, client: Client
) -> None:
    asked = conversation_in(here.project)
    one, two, _three = asked.statements.order_by("place")
    member = Client()
    member.force_login(here.mina)
    for each in (client, member):
        each.post(at(asked, "answer/"), {"statement": one.pk, "stance": "1"})
    Project.objects.filter(pk=here.project.pk).update(open_to="members")
    sent = {"statement": two.pk, "stance": "1"}
    assert client.post(at(asked, "answer/"), sent).status_code == 404
    assert not Stance.objects.filter(statement=two).exists()
    assert member.post(at(asked, "answer/"), sent).status_code == 302
    assert Stance.objects.filter(statement=two).count() == 1


def test_a_vote_is_cheap_however_many_there_are(here: Listening, client: Client) -> None:
    asked = conversation_in(here.project, seeds=6)
    crowd(asked, 12, 12)
    first, other, *_ = asked.statements.order_by("place")
    with at_most(9):  # the first one makes the row that stands for this browser
        client.post(at(asked, "answer/"), {"statement": first.pk, "stance": "1"})
    for stance in ("1", "-1"):
        with at_most(6) as captured:
            client.post(at(asked, "answer/"), {"statement": other.pk, "stance": stance})
        writes = [
            q for q in captured.captured_queries if q["sql"].lstrip().lower().startswith("insert")
        ]
        assert len(writes) == 1
        assert len([q for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]]) == 1
        assert "count(" not in "".join(q["sql"].lower() for q in captured.captured_queries)
    with at_most(6):
        one = client.get(at(asked, "answer/")).content
    told = one.split(b'id="says"')[1][:80]
    assert told in client.get(at(asked, "answer/")).content  # loaded again, it asks the same


def test_a_script_gets_the_next_statement_with_the_answer_to_its_vote(
    here: Listening, client: Client
) -> None:
    asked = conversation_in(here.project, seeds=2)
    one, other = asked.statements.order_by("place")
    sent = {"statement": one.pk, "stance": "1"}
    answer = client.post(at(asked, "answer/"), sent, headers={"X-Part": "answer"})
    body = answer.content.decode()
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert body.lstrip().startswith('<section id="answer"')
    assert other.seed in body
    assert "You have answered 1 of 2." in body
    assert client.cookies["answers"]["httponly"]
    sent = {"statement": other.pk, "stance": "0"}
    with at_most(3):
        done = client.post(at(asked, "answer/"), sent, headers={"X-Part": "answer"})
    assert "You have answered everything" in done.content.decode()
    gone = client.post(
        at(asked, "answer/"), {**sent, "statement": asked.ref}, headers={"X-Part": "answer"}
    )
    assert gone.status_code == 302  # the whole page says why


def test_ones_answers_cost_the_same_for_one_and_three(here: Listening, client: Client) -> None:
    asked = conversation_in(here.project)
    for number, statement in enumerate(asked.statements.all(), start=1):
        client.post(at(asked, "answer/"), {"statement": statement.pk, "stance": "1"})
        if number in (1, 3):
            with at_most(6):
                assert client.get(at(asked, "mine/")).content.count(b"Your answer:") == number


def test_weights_are_felt_by_who_answers_and_by_no_mere_visitor(here: Listening) -> None:
    asked = conversation_in(here.project, seeds=3)
    rare = asked.statements.order_by("place")[0]
    asked.statements.exclude(pk=rare.pk).update(weight=0.0001)
    drawn = [next_for(asked, mark(number))[0] for number in range(12)]
    assert sum(each is not None and each.ref == rare.ref for each in drawn) >= 11
    visits = [Client().get(at(asked, "answer/")).content.decode() for _each in range(40)]
    assert sum(rare.seed in each for each in visits) < 36, "all are alike for a visitor"


def test_what_is_asked_next_changes_when_ten_more_have_answered(here: Listening) -> None:
    asked = conversation_in(here.project, seeds=3)
    crowd(asked, 9)

    def weights() -> list[float]:
        refresh_counters(now=NOW)
        return list(asked.statements.order_by("place").values_list("weight", flat=True))

    fresh = weights()
    assert len(set(fresh)) == 1, "nine answers tell nothing"
    crowd(asked, 1, start=1)
    ten = weights()
    assert ten[0] < fresh[0]
    crowd(asked, 9, start=2)
    assert weights() == ten
    crowd(asked, 1, start=3)
    Stage.objects.filter(name="listen").update(closes_on="2026-03-09")
    assert weights() == ten, "nobody answers today"
    Stage.objects.filter(name="listen").update(closes_on="2026-04-09")
    assert weights() != ten


def test_what_carries_a_note_is_folded(here: Listening, client: Client) -> None:
    asked = conversation_in(here.project, seeds=2)
    said = said_in(asked, "Canary of harm.")
    Words.objects.filter(pk=said.voice_id).update(note_shown="self-harm")
    client.post(at(asked, "answer/"), {"statement": said.pk, "stance": "1"})
    crowd(asked, 20, 14, noise=0)
    services.freeze(conversation=asked, now=NOW)
    for path in ("mine/", "map/", "statements/", "over-time/"):
        main = client.get(at(asked, path)).content.decode().split("<main")[1]
        assert "Before you read: self-harm" in main
        unfolded = re.sub(r"<details.*?</details>", "", main, flags=re.DOTALL)
        assert "Canary of harm." not in unfolded, path
        assert "Canary of harm." in main or path == "over-time/"
