import json
from pathlib import Path

import pytest

from goldenthread.config.cli import main

TEXTS = "id,words\n" + "".join(
    f"{at},{line}\n"
    for at, line in enumerate(["Late bus", "The bus is late", "Cold lunch", "Lunch was cold", "No"])
)
RATINGS = "coder,unit,value\nann,1,a\nben,1,a\nann,2,b\nben,2,b\nann,3,a\nben,3,b\nann,4,\n"


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    return int(str(left.value.code))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "some.csv"


def test_themes_are_suggested_as_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(TEXTS, "utf-8")
    assert run("themes", "suggest", str(file), "--themes", "2", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"themes", "none", "seconds"}
    assert {frozenset(each["text_ids"]) for each in told["themes"]} == {
        frozenset("01"),
        frozenset("23"),
    }
    assert set(told["themes"][0]) == {"words", "text_ids", "stability"}
    assert told["none"] == ["4"]
    assert run("themes", "suggest", str(file), "--question", "About buses?") == 0
    assert "words in common: " in capsys.readouterr().out


def test_a_file_is_read_and_nothing_is_kept(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(file.parent)
    file.write_text(TEXTS, "utf-8")
    assert run("--data", "nowhere", "themes", "suggest", str(file), "--json") == 0
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_text_without_an_id_is_known_by_its_line(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file.write_text("Answer\nLate bus\n\nBus late\n", "utf-8")
    assert run("themes", "suggest", str(file), "--json") == 0
    [theme] = json.loads(capsys.readouterr().out)["themes"]
    assert sorted(theme["text_ids"]) == ["2", "4"]


def test_agreement_is_told(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(RATINGS, "utf-8")
    assert run("agreement", str(file), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert set(told) == {"alpha", "low", "high"}
    assert told["low"] <= told["alpha"] <= told["high"]
    assert run("agreement", str(file)) == 0
    assert "3 units" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "text", "said"),
    [
        ("themes suggest", "a,b\n1,2\n", "There is no column of texts"),
        ("themes suggest", "id,text\n1,x\n1,y\n", "The id 1 stands twice"),
        ("themes suggest", "text\n", "There is no text in this file"),
        ("agreement", "coder,value\na,1\n", "There is no column unit"),
        ("agreement", "coder,unit,value\na,,1\n", "Line 2 has a value"),
        ("agreement", "coder,unit,value\na,1,1\na,1,2\n", "Coder a has two values"),
        ("agreement --level ratio", "coder,unit,value\na,1,x\nb,1,2\n", "is no number"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_in_a_sentence(
    file: Path, capsys: pytest.CaptureFixture[str], command: str, text: str, said: str
) -> None:
    file.write_text(text, "utf-8")
    assert run(*command.split(), str(file)) == 2
    told = capsys.readouterr().err
    assert said in told
    assert told.count("\n") == 1


def test_files_that_are_not_there_or_not_text(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("agreement", str(file)) == 2
    assert "There is no file" in capsys.readouterr().err
    file.write_bytes(b"text\n\xff\xfe\n")
    assert run("themes", "suggest", str(file)) == 2
    assert "UTF-8" in capsys.readouterr().err
    assert run("themes", "suggest", str(file), "--model", str(file.parent)) == 2
    file.write_text(TEXTS, "utf-8")
    assert run("themes", "suggest", str(file), "--model", str(file.parent)) == 2
    assert "SHA256SUMS" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('id,text\n1,"open\n2,abc words\n3,abc words\n', "from line 2 on"),
        ("id,text\n1,too long, a comma\n", "Line 2 has more fields"),
    ],
)
def test_a_damaged_file_is_refused_with_its_line(
    file: Path, capsys: pytest.CaptureFixture[str], text: str, says: str
) -> None:
    file.write_text(text, "utf-8")
    assert run("themes", "suggest", str(file), "--json") == 2
    assert says in capsys.readouterr().err


def test_columns_may_be_apart_by_semicolons(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(RATINGS.replace(",", ";"), "utf-8")
    assert run("agreement", str(file), "--json") == 0
    assert json.loads(capsys.readouterr().out)["alpha"] is not None
