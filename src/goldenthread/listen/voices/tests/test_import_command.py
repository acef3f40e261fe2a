import argparse
import io
from pathlib import Path
from typing import Any

import pytest

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.voices.commands import add_commands
from goldenthread.listen.voices.models import Voice
from goldenthread.projects.tests.factories import NOW, Listening, listening_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def around() -> Listening:
    return listening_project()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "said.csv"
    path.write_text("id,text\n1,The wait is long.\n2,\n3,Evenings would help.\n", encoding="utf-8")
    return path


def run(around: Listening, file: Path, *more: str) -> int:
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers())
    organisation, project = around.organisation.address, around.project.address
    where = ["--organisation", organisation, "--project", project]
    options = parser.parse_args(["import", "voices", str(file), *where, *more])
    with clock.frozen(NOW):
        return int(options.act(options))


def test_it_tells_what_will_happen_and_does_it(around: Listening, file: Path, capsys: Any) -> None:
    assert run(around, file, "--kind", "idea", "--yes") == 0
    said = capsys.readouterr().out
    assert "2 voices will wait for the readers. 1 line is left out." in said
    assert "line 3: There are no words." in said
    assert set(Voice.objects.values_list("kind", flat=True)) == {"idea"}


def test_it_asks_first_and_a_no_changes_nothing(
    around: Listening, file: Path, monkeypatch: Any
) -> None:
    answers = io.StringIO("n\n")
    monkeypatch.setattr(answers, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", answers)
    assert run(around, file) == 0
    assert not Voice.objects.exists()


def test_where_nobody_can_be_asked_it_wants_a_yes(
    around: Listening, file: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    with pytest.raises(Refusal, match="--yes"):
        run(around, file)


def test_the_same_file_twice_is_noticed(around: Listening, file: Path) -> None:
    run(around, file, "--yes")
    with pytest.raises(Refusal, match="before"):
        run(around, file, "--yes")
    assert Voice.objects.count() == 2


def test_once_its_faults_are_mended_a_file_brings_in_only_what_is_new(
    around: Listening, file: Path, capsys: Any
) -> None:
    run(around, file, "--yes")
    file.write_text(file.read_text(encoding="utf-8").replace("2,", "2,Call back."))
    run(around, file, "--yes")
    assert "2 lines are left out because" in capsys.readouterr().out
    assert Voice.objects.count() == 3
    file.write_text("text\nThe wait is long.\n")
    with pytest.raises(Refusal, match="This file was brought in before"):
        run(around, file, "--yes")
    run(around, file, "--yes", "--again")
    assert Voice.objects.count() == 4


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--words", "nowhere"], "There is no column “nowhere”. There are: id, text."),
        (["--project", "nowhere"], "There is no project “nowhere”"),
        (["--organisation", "nowhere"], "of “nowhere”"),
    ],
)
def test_what_is_wrong_is_one_sentence(
    around: Listening, file: Path, more: list[str], says: str
) -> None:
    with pytest.raises(Refusal, match=says):
        run(around, file, "--yes", *more)


def test_a_column_that_cannot_be_guessed_is_asked_for(around: Listening, tmp_path: Path) -> None:
    path = tmp_path / "said.csv"
    path.write_text("a,b\n1,The wait is long.\n", encoding="utf-8")
    with pytest.raises(Refusal, match="--words COLUMN"):
        run(around, path, "--yes")
    run(around, path, "--yes", "--words", "b")
    assert Voice.objects.get().words.text == "The wait is long."
