"""No value of a column about people can be logged, whatever somebody writes into a log line."""

import ast
import json
import logging
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import resolve

from goldenthread.kit.held import ABOUT_PEOPLE
from goldenthread.kit.logs import HOME, Lines, Plain
from goldenthread.people.accounts.models import Person

CANARY = "Canary"
REF = UUID("c0ffee00-0000-4000-8000-000000000000")
MARKS = (CANARY, "c0ffee", "1999", "424242")
SAMPLES: list[tuple[Any, Any]] = [
    (models.BooleanField, True),
    (models.DateTimeField, date(1999, 3, 2)),
    (models.DateField, date(1999, 3, 2)),
    (models.TimeField, date(1999, 3, 2)),
    (models.UUIDField, REF),
    (models.BinaryField, CANARY.encode()),
    (models.JSONField, [[1, 2, CANARY]]),
    (models.IntegerField, 424242),
    (models.EmailField, f"{CANARY}@example.org"),
    (models.ForeignKey, Person(ref=REF, name=CANARY, email=f"{CANARY}@example.org")),
]


def about_people() -> list[Any]:
    """Every column of ours that says something about a person."""
    return [
        model._meta.get_field(name)
        for model in apps.get_models()
        for name, column in getattr(model, "privacy", {}).items()
        if column.sensitivity in ABOUT_PEOPLE
    ]


def sample(field: Any) -> Any:
    return next((value for kind, value in SAMPLES if isinstance(field, kind)), f"{CANARY} K.")


def line(
    message: str, *given: Any, name: str = "goldenthread.x", error: Any = None, form: Any = Plain
) -> str:
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(name, 40, "x.py", 1, message, given, info)
    return str(form().format(record))


def leaks(text: str) -> list[str]:
    return [mark for mark in MARKS if mark in text]


@pytest.mark.parametrize("field", about_people(), ids=str)
def test_no_value_of_a_column_about_people_is_written(field: Any) -> None:
    one = sample(field)
    for form in (Plain, Lines):
        for value in (one, [one], {"x": one}, {str(one): 1}):
            assert leaks(line("it was %s", value, form=form)) == []
        assert leaks(line("it was %(x)s", {"x": one, str(one): one}, form=form)) == []


def test_a_line_of_json_names_what_its_sentence_names() -> None:
    told = {"task": "goldenthread.kit.logs.where", "tried": 2, "who": CANARY}
    said = line("Task %(task)s, try %(tried)d, of %(who)s", told, form=Lines)
    assert json.loads(said) == {
        "level": "error",
        "logger": "goldenthread.x",
        "message": "Task goldenthread.kit.logs.where, try 2, of …",
        "task": "goldenthread.kit.logs.where",
        "tried": 2,
        "who": "…",
    }
    assert json.loads(line(CANARY, name="psycopg.pool", form=Lines)) == {
        "level": "error",
        "logger": "psycopg.pool",
    }


def test_an_error_in_a_line_of_json_has_its_kind_and_place() -> None:
    try:
        int(CANARY)
    except ValueError as error:
        told = json.loads(line("a page broke", error=error, form=Lines))
    assert told["error"] == "ValueError"
    assert told["where"].startswith("kit/tests/test_logs.py:")


def test_the_formatter_that_python_brings_would_leak() -> None:
    record = logging.LogRecord("goldenthread.x", 40, "x.py", 1, "%s", (f"{CANARY} K.",), None)
    assert leaks(logging.Formatter().format(record)) == [CANARY]


def test_the_message_of_an_error_is_not_written() -> None:
    try:
        int(CANARY)
    except ValueError as error:
        said = line("a page broke: %s", error, error=error)
    assert leaks(said) == []
    assert "a page broke: ValueError (ValueError at kit/tests/test_logs.py:" in said


def test_what_libraries_say_is_left_out() -> None:
    assert line(f"Duplicate key: {CANARY}", name="psycopg.pool") == "error psycopg.pool: …"


@pytest.mark.parametrize(
    "told",
    ["IntegrityError", "goldenthread.kit.logs.where", "pages:help", "kit/logs.py:41", 7, 2.5],
)
def test_numbers_and_names_of_code_are_written(told: Any) -> None:
    assert resolve("/help/").view_name == "pages:help"
    assert line("x %s", told).endswith(f"x {told}")


@pytest.mark.parametrize("given", ["Mina", "mina:help", "a.b", "kit/mina.py:4", REF, b"x"])
def test_everything_else_is_left_out(given: Any) -> None:
    assert line("x %s, try %d", given, 2).endswith("x …, try 2")


def test_the_logs_of_this_installation_are_written_so() -> None:
    assert settings.LOGGING["handlers"]["plain"]["formatter"] == "plain"
    assert settings.LOGGING["formatters"]["plain"]["()"] == "goldenthread.kit.logs.Plain"
    assert settings.LOGGING["root"]["handlers"] == ["plain"]


def built(tree: ast.Module) -> list[int]:
    """Lines where a log message is put together from values instead of being a sentence."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [
        call.lineno
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and ast.unparse(call.func.value) in {"log", "logger", "logging"}
        and call.func.attr in {"debug", "info", "warning", "error", "exception", "critical", "log"}
        and not (call.args and isinstance(call.args[0], ast.Constant))
    ]


def test_every_log_message_of_ours_is_a_sentence_that_stands_in_the_code() -> None:
    files = [path for path in HOME.rglob("*.py") if "tests" not in path.parts]
    assert {str(p): found for p in files if (found := built(ast.parse(p.read_text())))} == {}


def test_a_message_built_from_values_is_caught() -> None:
    assert built(ast.parse("log.error(f'{name} failed')\nlog.error('x %s', name)")) == [1]


def test_what_nobody_caught_is_told_by_kind_and_place(tmp_path: Path) -> None:
    program = (
        "from goldenthread.kit.logs import speak_plainly\nspeak_plainly()\n"
        "def fall(given):\n    raise ValueError(given)\n"
        "import threading\n"
        "one = threading.Thread(target=fall, args=('Canary',)); one.start(); one.join()\n"
        "fall('Canary')\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert leaks(done.stderr.replace("'Canary'", "")) == []
    assert done.stderr.count("Stopped by builtins.ValueError") == 2
