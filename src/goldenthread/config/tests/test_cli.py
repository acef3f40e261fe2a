from argparse import Namespace

import pytest
from django.db import connection

from goldenthread.config.cli import main, parser, run_with_django
from goldenthread.config.problems import Problem, number, plainly


def run(capsys, *words):
    with pytest.raises(SystemExit) as left:
        main(words)
    return left.value.code, capsys.readouterr()


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["sing"],
        ["serve", "--port", "high"],
        ["serve", "--port", "70000"],
        ["serve", "--processes", "0"],
        ["import", "voices"],
        ["bench", "fill", "--voices", "none"],
    ],
)
def test_a_mistake_is_one_sentence_and_exit_2(capsys, words):
    code, said = run(capsys, *words)
    assert code == 2
    assert said.out == ""
    (line,) = said.err.strip().splitlines()
    assert line.endswith("--help”.")


def test_help_names_every_command(capsys):
    code, said = run(capsys, "--help")
    assert code == 0
    for command in (
        "serve",
        "worker",
        "doctor",
        "record",
        "import",
        "example",
        "bench",
        "organisation",
    ):
        assert command in said.out


@pytest.mark.parametrize(
    "words",
    [
        "serve",
        "worker",
        "doctor",
        "import voices",
        "example load",
        "bench fill",
        "record verify",
        "record head",
        "record key",
    ],
)
def test_every_command_explains_itself(capsys, words):
    code, said = run(capsys, *words.split(), "--help")
    assert code == 0
    assert said.out.startswith("usage: goldenthread")


def test_a_command_knows_its_folder(tmp_path):
    options = parser().parse_args(["--data", str(tmp_path), "doctor"])
    assert options.data == str(tmp_path)


@pytest.mark.parametrize(
    ("number", "part"), [(28, "disk is full"), (13, "no permission"), (20, "a folder")]
)
def test_what_the_system_refuses_is_said_plainly(number, part):
    error = OSError(number, "Not a folder", "name.txt")
    assert part in str(plainly(error))


def test_a_setting_that_is_no_number_is_named(monkeypatch):
    assert number("GOLDENTHREAD_NODES", "1") == 1
    monkeypatch.setenv("GOLDENTHREAD_NODES", "two")
    with pytest.raises(Problem, match="GOLDENTHREAD_NODES must be a number, not “two”"):
        number("GOLDENTHREAD_NODES", "1")


@pytest.mark.django_db
def test_tables_that_are_not_there_are_named_in_one_sentence(capsys):
    def act(options):
        with connection.cursor() as cursor:
            cursor.execute("select size from thread_of_tomorrow")

    assert run_with_django(Namespace(act=act)) == 2
    assert capsys.readouterr().err.startswith("The tables are not up to date")
