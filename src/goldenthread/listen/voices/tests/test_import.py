import os
from pathlib import Path

import pytest
from django.db import DataError, connection, transaction
from django.test.utils import CaptureQueriesContext

from goldenthread.kit.refusals import Refusal
from goldenthread.listen.voices import services, sheets
from goldenthread.listen.voices.models import Batch, Voice
from goldenthread.listen.voices.sheets import Columns, Row
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.reading.models import Words
from goldenthread.thread.models import Entry

OTHERS = ["rosa", "priya", "dev", "cara", "ada", "mina", "nell", "stranger"]
SHARED = Path(os.environ.get("GOLDENTHREAD_TEST_DATA", "../shared/data"))
MOST_QUERIES = 60  # some two dozen, and three for each two hundred answers
ANSWERS = SHARED / "text" / "osmi_2016_why.csv"


def rows_of(data: bytes, **columns: str) -> sheets.Taken:
    named = Columns(**{"words": "text", **columns})
    return sheets.take(sheets.read(sheets.decode(data)), named)


def bring_in(around: Listening, rows: list[Row], fingerprint: bytes = b"f" * 32) -> Batch:
    return services.import_voices(
        by=around.tom, project=around.project, rows=rows, fingerprint=fingerprint, now=NOW
    )


@pytest.mark.parametrize(
    "data",
    [
        b"id,text\n1,caf\xc3\xa9 noir\n",
        b"\xef\xbb\xbfid,text\r\n1,caf\xc3\xa9 noir\r\n",
        b"id;text\n1;caf\xe9 noir\n",
        b"id\ttext\n1\tcaf\xe9 noir\n",
        "id,text\n1,café noir\n".encode("utf-16"),
        b'id,text\n\n1,"caf\xc3\xa9 noir"\n,\n',
        b"id, text \n1,caf\xc3\xa9 noir",
    ],
)
def test_however_a_program_writes_a_table_it_is_read(data: bytes) -> None:
    assert [row.words for row in rows_of(data).rows] == ["café noir"]


def test_words_may_hold_commas_quotation_marks_and_line_breaks() -> None:
    taken = rows_of(b'id,text\n1,"He said ""no"", and\nleft."\n2,Next.\n3,\n')
    assert [row.words for row in taken.rows] == ['He said "no", and\nleft.', "Next."]
    assert [fault.line for fault in taken.faults] == [5]


def test_faults_are_told_by_line_and_the_rest_is_taken() -> None:
    lines = [
        b"text,kind,whose",
        b"Good words.,idea,mine",
        b",idea,mine",
        b"x" * 4001 + b",idea,mine",
        b"Odd kind.,banana,",
        b"Odd person.,,banana",
        b"One,too,many,cells",
        b"My receipt is K7M3-9QXP-4T2W-8RHN-5ZJC.,,",
        b"Plain labels.,An idea,Someone I look after",
        b"No kind.,,",
    ]
    taken = rows_of(b"\n".join(lines), kind="kind", whose="whose", usual_kind="story")
    assert [fault.line for fault in taken.faults] == [3, 4, 5, 6, 7, 8]
    assert [(row.kind, row.whose) for row in taken.rows] == [
        ("idea", "mine"),
        ("idea", "cared-for"),
        ("story", ""),
    ]


def test_repeats_are_told_and_left_out_only_when_asked() -> None:
    data = b"text\nToo long.\nToo  LONG.\nToo short.\n"
    assert (rows_of(data).repeats, len(rows_of(data).rows)) == ([3], 3)
    asked = sheets.take(sheets.read(data.decode()), Columns(words="text", skip_repeats=True))
    assert [row.words for row in asked.rows] == ["Too long.", "Too short."]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"text\n",
        b"text,text\na,b\n",
        b'text\n"never closed\n',
        b'text\n"closed" and more"\n',
        b"PK\x03\x04spreadsheet",
        b"text\n\x00\x01\x02\n",
        b"text\n" + b"a\n" * 20_001,
        b"text\n" + b"a" * (2 * 1024 * 1024),
    ],
)
def test_a_broken_file_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(Refusal) as refusal:
        rows_of(data)
    assert refusal.value.message.endswith(".")


def test_a_file_with_one_column_or_a_telling_name_needs_no_guessing() -> None:
    assert sheets.read("anything\na\n").likely_words() == "anything"
    assert sheets.read("id,Comment\n1,a\n").likely_words() == "Comment"
    assert sheets.read("id,q7\n1,a\n").likely_words() == ""


@pytest.mark.django_db
def test_imported_voices_wait_for_the_readers_like_all_others() -> None:
    around = listening_project()
    batch = bring_in(around, [Row("First."), Row("Second.", "idea", "cared-for")])
    first, second = Voice.objects.order_by("words__text")
    assert {voice.words.state for voice in (first, second)} == {Words.State.HELD}
    assert (second.kind, second.whose, second.came_by) == ("idea", "cared-for", "imported")
    assert {voice.batch for voice in (first, second)} == {batch}
    assert (first.author, first.receipt, first.words.imported) == (None, None, True)
    told = Entry.objects.get(kind="voices.imported")
    assert b'"fact_count":2' in bytes(told.body)


@pytest.mark.django_db
def test_the_same_file_twice_is_noticed_and_another_project_may_have_it() -> None:
    around = listening_project()
    bring_in(around, [Row("Once.")])
    with pytest.raises(Refusal, match="before"):
        bring_in(around, [Row("Once.")])
    assert Voice.objects.count() == 1
    bring_in(around, [Row("Other.")], fingerprint=b"o" * 32)
    bring_in(listening_project(), [Row("Once.")])
    assert Voice.objects.count() == 3


def test_the_fingerprint_sees_through_line_breaks_and_nothing_else() -> None:
    assert sheets.fingerprint("text\na\n") == sheets.fingerprint("text\r\na\r\n")
    assert sheets.fingerprint("text\na\n") != sheets.fingerprint("text\nb\n")


@pytest.mark.django_db
def test_one_voice_that_the_database_refuses_brings_none_in() -> None:
    around = listening_project()
    with pytest.raises(DataError), transaction.atomic():
        bring_in(around, [Row("Good."), Row("Bad.", whose="longer than the column")])
    assert not Voice.objects.exists()
    assert not Words.objects.exists()
    assert not Batch.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["rosa", "priya", "dev", "cara", "ada", "mina", "nell", "stranger"]
)
def test_only_a_facilitator_brings_voices_in(name: str) -> None:
    around = listening_project()
    with pytest.raises(Refusal):
        services.import_voices(
            by=getattr(around, name),
            project=around.project,
            rows=[Row("Words.")],
            fingerprint=b"f" * 32,
            now=NOW,
        )
    assert not Batch.objects.exists()


@pytest.mark.django_db
@pytest.mark.skipif(not SHARED.is_dir(), reason=f"no folder {SHARED}: see GOLDENTHREAD_TEST_DATA")
def test_two_thousand_real_answers_come_in_with_three_statements_a_batch() -> None:
    around = listening_project()
    text = sheets.decode(ANSWERS.read_bytes())
    taken = sheets.take(sheets.read(text), Columns(words="text"))
    with CaptureQueriesContext(connection) as asked:
        bring_in(around, taken.rows, sheets.fingerprint(text))
    assert len(asked) <= MOST_QUERIES
    assert Voice.objects.count() == 2216
    assert taken.faults == []
