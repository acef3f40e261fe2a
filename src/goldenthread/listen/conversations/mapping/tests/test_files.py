import csv
import io
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.listen.conversations.mapping import Votes, draw_map, files, plain, writing
from goldenthread.listen.conversations.mapping.statements import Statement
from goldenthread.listen.conversations.mapping.tables import FileFault, table
from goldenthread.listen.conversations.mapping.tests.data import SHARED, shared

HEAD = "timestamp,datetime,comment-id,voter-id,vote\n"
VOTES = HEAD + "2,Tue,0,7,1\n1,Mon,0,7,-1\n3,Tue,1,7,0\n1,Mon,0,10,-1\n1,Mon,1,9,1\n"
MATRIX = (
    "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1\n"
    "7,1,0,2,1,0,1,0\n9,,0,1,1,0,,1\n10,0,0,1,0,1,-1,\n11,,0,0,0,0,,\n"
)
COMMENTS = (
    "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
    '5,Tue,0,7,1,2,1,"Yes, ""really""\nso"\n6,Tue,1,9,1,0,-1,No\n7,Tue,2,9,0,0,0,Ü\n'
)
SUMMARY = 'topic,What now?\nconversation-description,"One\n\ntwo, three"\nviews,4\n'
WHOLE = {
    "votes.csv": VOTES,
    "participants-votes.csv": MATRIX,
    "comments.csv": COMMENTS,
    "summary.csv": SUMMARY,
}


def told(votes: Votes) -> list[list[float]]:
    """Rows of people; nan is not seen."""
    cells = np.full(votes.matrix.shape, np.nan)
    cells[votes.who(), votes.matrix.indices] = votes.matrix.data
    return cells.tolist()


def read(sign: int | None = None, **texts: str) -> files.Reading:
    named = {f"{name.replace('_', '-')}.csv": text.encode() for name, text in texts.items()}
    return files.read_files(named, sign=sign)


def turned(text: str) -> str:
    """Write agree as -1, as a Polis database does."""
    lines = [line.rsplit(",", 1) for line in text.splitlines()[1:]]
    return HEAD + "".join(f"{rest},{-int(vote)}\n" for rest, vote in lines)


def test_a_folder_is_read(tmp_path) -> None:
    for name, text in WHOLE.items():
        (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    reading = files.read(tmp_path)
    assert reading.votes.participants == ("7", "9", "10", "11")
    assert reading.votes.statements == ("0",)
    assert reading.turned_down == ("1",)
    assert repr(told(reading.votes)) == "[[1.0], [nan], [-1.0], [nan]]"
    assert (reading.sign, reading.sign_from) == (1, "participants-votes.csv")
    assert reading.recorded == {"7": 1, "9": None, "10": 0, "11": None}
    assert [each.moderated for each in reading.statements] == [1, -1, 0]
    assert reading.summary["views"] == "4"
    alone = files.read(tmp_path / "votes.csv")
    assert (alone.sign_from, alone.turned_down, alone.votes.matrix.nnz) == ("assumed", (), 4)


def test_names_of_newer_downloads_are_known(tmp_path) -> None:
    newer = {"participants-votes.csv": "participant-votes.csv"}
    for name, text in WHOLE.items():
        there = tmp_path / f"2026-01-31-1200-3abc-{newer.get(name, name)}"
        there.write_text(text, "utf-8")
    reading = files.read(tmp_path)
    assert (reading.sign_from, reading.turned_down) == ("participants-votes.csv", ("1",))
    (tmp_path / "votes.csv").write_text(WHOLE["votes.csv"], "utf-8")
    with pytest.raises(FileFault, match="There is another"):
        files.read(tmp_path)


def test_newer_and_older_heads_and_other_delimiters_say_the_same() -> None:
    first = read(participants_votes=MATRIX)
    newer = MATRIX.replace("participant,", "participant,xid,").replace("\n7,", "\n7,x7,")
    for person in ("9", "10", "11"):
        newer = newer.replace(f"\n{person},", f"\n{person},,")
    quoted = MATRIX.replace("\n7,", '\n"7",')
    for text in (newer, MATRIX.replace(",", ";"), MATRIX.replace(",", "\t"), quoted):
        again = read(participants_votes=text)
        assert again.votes.participants == first.votes.participants
        assert repr(told(again.votes)) == repr(told(first.votes))
        assert again.recorded == first.recorded


@pytest.mark.parametrize(
    ("others", "proof"),
    [
        ({"participants_votes": MATRIX}, "participants-votes.csv"),
        ({"comments": COMMENTS}, "comments.csv"),
    ],
)
def test_the_sign_of_votes_is_found_from_counts(others: dict[str, str], proof: str) -> None:
    for text, sign in ((VOTES, 1), (turned(VOTES), -1)):
        reading = read(votes=text, **others)
        assert (reading.sign, reading.sign_from) == (sign, proof)
        assert told(reading.votes)[0][0] == 1
    asked = read(votes=turned(VOTES), sign=-1)
    assert (asked.sign, asked.sign_from, told(asked.votes)[0]) == (-1, "asked", [1, 0])


def test_votes_written_the_other_way_round_are_seen_in_a_matrix_alone() -> None:
    swapped = MATRIX.replace("1,0,1,0\n", "0,1,1,0\n").replace("1,1,0,,1", "1,0,1,,1")
    reading = read(participants_votes=swapped.replace("1,0,1,-1,", "1,1,0,-1,"))
    assert (reading.sign, told(reading.votes)[0]) == (-1, [-1, 0])


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", None, "empty"),
        ("\n\n", None, "empty"),
        ("a,b\n1,2\n", 1, "neither"),
        (HEAD + "1,Mon,0,7,1\n1,Mon,0,7\n", 3, "4 columns"),
        (HEAD + "1,Mon,0,7,1\n1,Mon,0,7,5\n", 3, "not a vote"),
        (HEAD + "1,Mon,0,7,yes\n", 2, "not a vote"),
        (HEAD + "1,Mon,0,7,\n", 2, "not a vote"),
        (HEAD + "soon,Mon,0,7,1\n", 2, "not a time"),
        (HEAD + "1,Mon,,7,1\n", 2, "not said"),
        (HEAD + '1,"Mon,0,7,1\n1,Mon,0,8,1\n', 2, "never closed"),
        (HEAD + '1,"Mon"x,0,7,1\n', 2, "quotation marks"),
        (HEAD + '1,"Mon\n",0,7,1\n1,Mon,0,7,9\n', 4, "not a vote"),
        (HEAD + "1,M\udcffn,0,7,1\n", 2, "UTF-8"),
        (HEAD + "1,M\0n,0,7,1\n", 2, "not text"),
        (HEAD.replace("vote\n", "vote,vote\n"), 1, "Two columns"),
        (MATRIX.replace("\n9,", "\n7,"), 3, "second time"),
        (MATRIX.replace("\n9,", "\n,"), 3, "not said"),
        (MATRIX.replace("\n9,,", "\n9,blue,"), 3, "not a group"),
        (MATRIX.replace(",,1\n", ",,2\n"), 3, "not a vote"),
        (HEAD.replace("comment-id", "what"), 1, "comment-id"),
    ],
)
def test_damaged_files_are_told_by_line(text: str, line: int | None, says: str) -> None:
    with pytest.raises(FileFault, match=says) as told_:
        files.read_files({"some.csv": text.encode(errors="surrogateescape")})
    assert told_.value.line == line
    assert str(told_.value).startswith("some.csv")


def test_what_is_not_there_is_said(tmp_path) -> None:
    for path, says in ((tmp_path, "no votes.csv"), (tmp_path / "nothing.csv", "no such file")):
        with pytest.raises(FileFault, match=says):
            files.read(path)
    with pytest.raises(FileFault, match="neither"):
        read(comments=COMMENTS)
    with pytest.raises(FileFault, match="beside it"):
        read(comments=COMMENTS, notes="a,b\n")


def test_groups_are_read_from_a_file(tmp_path) -> None:
    path = tmp_path / "groups.csv"
    path.write_text("participant,group\n7,1\n9,\n10,0\n")
    assert files.read_groups(path) == {"7": 1, "9": None, "10": 0}
    for text, line in (("7,1\n7,0\n", 3), ("7,A\n", 2), ("7,-1\n", 2)):
        path.write_text(f"participant,group\n{text}")
        with pytest.raises(FileFault) as told_:
            files.read_groups(path)
        assert told_.value.line == line


@settings(max_examples=25, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 9).map(str),
            st.integers(0, 6).map(str),
            st.sampled_from((-1, 0, 1)),
            st.integers(0, 2_000_000_000_000),
        ),
        max_size=60,
    ),
    st.lists(st.sampled_from((-1, 0, 1)), min_size=7, max_size=7),
    st.lists(st.text("ab=+-@'\",;\n ü", max_size=6), min_size=7, max_size=7),
)
def test_what_is_written_is_read_again(rows, decided, texts) -> None:
    statements = [
        Statement(str(n), text.strip("\r"), author=str(n), moderated=moderated, created=n)
        for n, (moderated, text) in enumerate(zip(decided, texts, strict=True))
    ]
    groups = {row[0]: int(row[0]) % 2 for row in rows}
    written = writing.export(rows, statements, groups=groups, summary={"topic": "=Why?"})
    again = files.read_files(written)
    down = {each.id for each in statements if each.moderated < 0}
    expected = Votes.of(rows).without(down)
    assert again.votes.statements == expected.statements
    assert again.votes.participants == expected.participants
    assert repr(told(again.votes)) == repr(told(expected))
    assert again.recorded == groups
    assert again.summary["topic"] == "=Why?"
    assert [(s.id, s.text, s.moderated, s.created) for s in again.statements] == [
        (s.id, s.text, s.moderated, s.created) for s in statements
    ]
    assert repr(draw_map(again.votes)) == repr(draw_map(expected))
    matrix = files.read_files({"participants-votes.csv": written["participants-votes.csv"]})
    assert repr(told(matrix.votes)) == repr(told(Votes.of(rows)))


def test_a_real_conversation_is_the_same_read_any_way() -> None:
    folder = shared("polis", "london.youth.policing")
    one_by_one = files.read(folder / "votes.csv").votes
    assert repr(told(files.read(folder / "participants-votes.csv").votes)) == repr(told(one_by_one))
    lines = (folder / "votes.csv").read_text().splitlines()
    rest = lines[1:]
    random.Random(4).shuffle(rest)
    mixed = files.read_files({"v.csv": "\n".join([lines[0], *rest]).encode()}).votes
    assert repr(draw_map(mixed)) == repr(draw_map(one_by_one))


def test_arrays_and_rows_read_the_same() -> None:
    plainly = table("v.csv", VOTES.encode())
    assert [each.tolist() for each in plain.columns(plainly, [0, 4])] == [
        [2, 1, 3, 1, 1],
        [1, -1, 0, -1, 1],
    ]
    for odd in ("02", "1.0", "+1", "", "1e3", "x", "-0", "9" * 16):
        assert plain.columns(table("v.csv", f"a,b\n1,{odd}\n".encode()), [1]) is None
    if SHARED.exists():
        data = shared("polis", "london.youth.policing", "participants-votes.csv").read_bytes()
        row = list(csv.reader(io.StringIO(data.decode())))[1]
        assert plain.matrix(table("m.csv", data), [0], [7])[0][0][0] == row[0]
