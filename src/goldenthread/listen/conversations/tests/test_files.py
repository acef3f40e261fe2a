"""Files in Polis's shape: brought in all or nothing and read first; taken out under rules."""

import csv
import io
import zipfile
from collections import Counter
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from goldenthread.config.cli import parser
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.conversations import incoming, services
from goldenthread.listen.conversations.mapping import files
from goldenthread.listen.conversations.models import Conversation, Participant, Stance, Statement
from goldenthread.listen.conversations.tests.factories import conversation_in, crowd, said_in
from goldenthread.listen.voices.models import Batch, Voice
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.safety.reading.models import Words
from goldenthread.thread.models import Entry

COMMENTS = """timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1,x,0,5,2,0,1,Buses should run at night.
1,x,1,5,1,1,0,"Lights, please."
1,x,2,6,0,1,-1,Turned down.
"""
VOTES = """timestamp,datetime,comment-id,voter-id,vote
1,x,0,5,-1
2,x,0,5,1
1,x,0,6,1
1,x,1,5,1
1,x,1,6,-1
1,x,2,6,-1
"""
EXPORT = {
    "comments.csv": COMMENTS.encode(),
    "votes.csv": VOTES.encode(),
    "summary.csv": b"topic,What should change?\n",
}


def zipped(given: dict[str, bytes] = EXPORT) -> bytes:
    to = io.BytesIO()
    with zipfile.ZipFile(to, "w") as packed:
        for name, data in given.items():
            packed.writestr(f"export/{name}", data)
    return to.getvalue()


def nothing_saved() -> bool:
    kept = (Conversation, Statement, Participant, Stance, Voice, Batch)
    return not any(model.objects.exists() for model in kept)  # type: ignore[attr-defined]


def test_an_export_is_looked_at_and_brought_in_once(here: Listening) -> None:
    tom, href = signed_in(here.tom), f"/p/{here.project.address}/conversations/import/"
    body = tom.post(href, {"export": SimpleUploadedFile("polis.zip", zipped())}).content.decode()
    assert "What is in these files" in body
    assert 'value="What should change?"' in body
    assert nothing_saved()
    sheet = body.split('name="sheet" value="')[1].split('"')[0]
    given = {"sheet": sheet, "question": "What should change?", "sign": "", "act": "bring"}
    answer = tom.post(href, given)
    made = Conversation.objects.get()
    assert answer["Location"].endswith(f"{made.ref}/desk/")
    assert (made.state, made.adding) == ("draft", False)
    texts = Voice.objects.values_list("words__text", "words__state", "kind", "came_by", "answers")
    assert set(texts) == {
        ("Buses should run at night.", "held", "statement", "imported", made.ref),
        ("Lights, please.", "held", "statement", "imported", made.ref),
    }
    first = Statement.objects.get(voice__words__text__startswith="Buses")
    assert Counter(first.stances.values_list("value", flat=True)) == {1: 2}
    assert Stance.objects.count() == 4
    assert Participant.objects.count() == 2
    assert not Statement.objects.exclude(seed="").exists()
    again = tom.post(href, given).content.decode()
    assert "brought in before" in again
    assert Conversation.objects.count() == 1
    Words.objects.update(state="released", shown="Read.", released_on=NOW.date())
    services.seed(by=here.tom, conversation=made, text="One more.", now=NOW)
    services.open_conversation(by=here.tom, conversation=made, now=NOW)
    facts = Entry.objects.filter(kind="conversation.imported")
    assert facts.count() == 1


DAMAGED: list[tuple[dict[str, bytes], str]] = [
    ({"votes.csv": VOTES.encode()}, "no comments.csv"),
    ({"comments.csv": COMMENTS.encode()}, "votes.csv"),
    ({**EXPORT, "votes.csv": VOTES.replace(",5,-1", ",5,seven").encode()}, "line 2"),
    ({**EXPORT, "votes.csv": VOTES.encode() + b'1,x,"0'}, "quotation mark"),
    ({**EXPORT, "comments.csv": b"\x00\x01"}, "not text"),
    ({**EXPORT, "comments.csv": COMMENTS.replace("Lights", "x" * 1001).encode()}, "1,000 letters"),
    (
        {**EXPORT, "comments.csv": COMMENTS.replace("Lights", "K7M3-9QXP-2B4D-5F6G-7H8J").encode()},
        "holds a receipt",
    ),
]


@pytest.mark.parametrize(("given", "says"), DAMAGED)
def test_damaged_files_are_refused_and_nothing_is_saved(
    here: Listening, given: dict[str, bytes], says: str
) -> None:
    tom, href = signed_in(here.tom), f"/p/{here.project.address}/conversations/import/"
    sent: Any = [SimpleUploadedFile(name, data) for name, data in given.items()]
    body = tom.post(href, {"export": sent}).content.decode()
    assert says in body.replace("&#x27;", "'")
    assert nothing_saved()


def test_no_zip_and_a_changed_form_are_refused(here: Listening) -> None:
    tom, href = signed_in(here.tom), f"/p/{here.project.address}/conversations/import/"
    body = tom.post(href, {"export": SimpleUploadedFile("polis.zip", b"PK nothing")}).content
    assert b"cannot be opened" in body
    answer = tom.post(href, {"sheet": "forged", "question": "?", "act": "bring"})
    assert answer["Location"] == href
    assert signed_in(here.cara).get(href).status_code == 404
    with pytest.raises(Refusal, match="Only a facilitator"):
        services.import_conversation(
            by=here.cara, project=here.project, brought=incoming.take(EXPORT), question="?", now=NOW
        )
    Project.objects.update(box_closed_on=NOW.date(), box_closed_because="readers-late")
    here.project.refresh_from_db()
    with pytest.raises(Refusal):
        services.import_conversation(
            by=here.tom, project=here.project, brought=incoming.take(EXPORT), question="?", now=NOW
        )
    assert nothing_saved()


def test_it_is_brought_in_from_the_command_line(
    here: Listening, tmp_path: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, data in EXPORT.items():
        (tmp_path / name).write_bytes(data)
    where = ["--organisation", here.organisation.address, "--project", here.project.address]
    options = parser().parse_args(["import", "polis", str(tmp_path), *where, "--yes"])
    assert options.act(options) == 0
    said = capsys.readouterr().out
    assert "2 statements, 2 people, 4 answers" in said
    assert "1 stands for agree (comments.csv)" in said
    assert "2 statements wait for the readers now." in said
    assert Stance.objects.count() == 4


def told_beforehand(here: Listening, *sizes: int, **given: Any) -> Conversation:
    asked = conversation_in(here.project, seeds=3, **{"answers_leave": True, **given})
    said_in(asked, "=Kept.")
    gone = said_in(asked, "Gone.")
    crowd(asked, *sizes)
    Words.objects.filter(pk=gone.voice_id).update(state="withdrawn")
    services.freeze(conversation=asked, now=NOW)
    return asked


def out(client: Client, asked: Conversation, **given: str) -> Any:
    return client.post(f"/p/{asked.project.address}/conversations/{asked.ref}/export/", given)


def test_single_answers_leave_once_without_names_or_times(here: Listening) -> None:
    asked = told_beforehand(here, 20, 14)
    tom = signed_in(here.tom)
    early = out(tom, asked, what="answers", understood="1").content.decode()
    assert "after the conversation is closed" in early
    services.close_conversation(by=here.tom, conversation=asked, now=NOW)
    assert "Tick that you have read this first" in out(tom, asked, what="answers").content.decode()
    answer = out(tom, asked, what="answers", understood="1")
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        inside = {name: packed.read(name) for name in packed.namelist()}
    whole = b"".join(inside.values()).decode()
    for person in Participant.objects.all():
        assert str(person.ref) not in whole
    assert "Gone." not in whole
    reading = files.read_files(inside)
    assert len(reading.votes.participants) == 34
    assert {each.author for each in reading.statements} == {""}
    rows = list(csv.DictReader(io.StringIO(inside["votes.csv"].decode())))
    assert {row["datetime"][:10] for row in rows} == {"Tue Mar 10"}
    assert len({row["timestamp"] for row in rows}) == 1
    brought = incoming.take(inside)
    assert (len(brought.statements), brought.people) == (4, 34)
    again = out(tom, asked, what="answers", understood="1").content.decode()
    assert "cannot be taken out again" in again
    with pytest.raises(Refusal, match="stays closed"):
        services.open_conversation(by=here.tom, conversation=asked, now=NOW)
    crowd(asked, 12, start=1)  # a new count makes no second file either
    services.freeze(conversation=asked, now=NOW)
    again = out(tom, asked, what="answers", understood="1").content.decode()
    assert "cannot be taken out again" in again
    assert Entry.objects.filter(kind="conversation.answers-exported").count() == 1


@pytest.mark.parametrize(
    ("sizes", "given", "says"),
    [
        ((20, 9), {}, "once 30 people"),
        ((20, 14), {"answers_leave": False}, "single answers stay here"),
    ],
)
def test_single_answers_stay_unless_all_rules_are_kept(
    here: Listening, sizes: tuple[int, ...], given: dict[str, Any], says: str
) -> None:
    asked = told_beforehand(here, *sizes, **given)
    body = out(signed_in(here.tom), asked, what="answers", understood="1").content.decode()
    assert says in body
    Conversation.objects.update(answers_leave=True)
    Project.objects.update(ages=["16-17"])
    asked = Conversation.objects.select_related("project").get()
    if sizes == (20, 14):
        with pytest.raises(Refusal, match="Where children are asked"):
            services.take_out_answers(by=here.tom, conversation=asked, understood=True, now=NOW)
    assert not Entry.objects.filter(kind="conversation.answers-exported").exists()


def test_results_are_what_the_pages_show(here: Listening) -> None:
    asked = told_beforehand(here, 20, 14)
    answer = out(signed_in(here.tom), asked, what="results")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 4
    assert "'=Kept." in {row["statement"] for row in rows}
    assert {row["people, rounded to 5"] for row in rows} == {"35"}
    assert "34" not in answer.content.decode()
    assert out(signed_in(here.cara), asked, what="results").status_code == 404
    assert out(signed_in(here.mina), asked, what="answers", understood="1").status_code == 404
