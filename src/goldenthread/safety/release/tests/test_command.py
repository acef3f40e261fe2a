import io
import json

import pytest

from goldenthread.config.cli import main


def run(capsys, *words):
    with pytest.raises(SystemExit) as left:
        main(["release", "check", *words])
    return left.value.code, capsys.readouterr()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("row,column,count\nNorth,yes,3\nNorth,no,22\nSouth,yes,14\nSouth,no,31\n")
    return path


def test_one_json_object_with_cells_and_hidden(capsys, file):
    code, said = run(capsys, str(file), "--profile", "threshold_10", "--json")
    assert code == 0
    result = json.loads(said.out)
    assert result["cells"] == [
        {"row": "North", "column": "yes", "shown": None},
        {"row": "North", "column": "no", "shown": 20},
        {"row": "South", "column": "yes", "shown": None},
        {"row": "South", "column": "no", "shown": 30},
    ]
    assert result["hidden"] == [
        {"row": "North", "column": "yes", "low": 1, "high": 6},
        {"row": "South", "column": "yes", "low": 11, "high": 16},
    ]


def test_without_json_it_is_told_in_lines(capsys, file):
    code, said = run(capsys, str(file))
    assert code == 0
    assert "North, no: 20" in said.out
    assert "North, yes: hidden; an attacker finds 1 to 6" in said.out


def test_the_table_may_be_piped_in(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("A,x,40\n"))
    code, said = run(capsys, "-", "--json", "--profile", "hesa")
    assert code == 0
    assert json.loads(said.out)["cells"] == [{"row": "A", "column": "x", "shown": 40}]


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        (b"North,yes,ten\nSouth,yes,30\n", "Line 1: the count must be a whole number from 0"),
        (b"a,x,1\na,x,2\n", "Line 2: row “a”, column “x” is there twice."),
        (b"", "The table is empty: it needs lines of row, column, count."),
        (b"\xff\xfe\x00", "is not text in UTF-8"),
        (None, "There is no file"),
    ],
)
def test_a_table_that_cannot_be_used_is_one_sentence_and_exit_2(
    capsys, tmp_path, written, sentence
):
    path = tmp_path / "table.csv"
    if written is not None:
        path.write_bytes(written)
    code, said = run(capsys, str(path), "--json")
    assert code == 2
    assert said.out == ""
    (line,) = said.err.strip().splitlines()
    assert sentence in line


def test_an_unknown_profile_is_one_sentence(capsys, file):
    code, said = run(capsys, str(file), "--profile", "mine")
    assert code == 2
    assert len(said.err.strip().splitlines()) == 1
