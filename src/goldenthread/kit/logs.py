"""What a log line may hold: our own sentences, numbers, and names of code. Nothing else.

Whatever a column about people holds (`kit.privacy`: personal, words, hidden) is text, bytes, a
day, a reference or a row. None of these is written, so none of them can be logged by mistake.
Messages of libraries are built from values before we see them: only who spoke is written.
"""

import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from django.db.models import Model

HOME = Path(__file__).resolve().parents[1]
LEFT_OUT = "…"
_LINE = re.compile(r"(?P<file>[\w/]+\.py):\d+")
_NAMED = re.compile(r"%\((\w+)\)")
_ROUTE = re.compile(r"(?P<room>[a-z_]+):[a-z_]+")


class Plain(logging.Formatter):
    """Writes one line: our sentence with what may stand in it."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        said = _said(record) if record.name.startswith("goldenthread") else LEFT_OUT
        line = f"{record.levelname.lower()} {record.name}: {said}"
        error = record.exc_info[1] if record.exc_info else None
        return line if error is None else f"{line} ({may_stand(error)} at {where(error)})"


class Lines(logging.Formatter):
    """Writes the same as one object of JSON, with what has a name under its name."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        ours = record.name.startswith("goldenthread")
        line = {"level": record.levelname.lower(), "logger": record.name}
        line |= {"message": _said(record), **_named(record)} if ours else {}
        if error := record.exc_info[1] if record.exc_info else None:
            line |= {"error": may_stand(error), "where": where(error)}
        return json.dumps(line, ensure_ascii=False)


def _named(record: logging.LogRecord) -> dict[str, Any]:
    """Return what the sentence names, as far as a line may hold it; other names are not ours."""
    if not isinstance(record.args, dict):
        return {}
    wanted = set(_NAMED.findall(str(record.msg)))
    return {name: may_stand(each) for name, each in record.args.items() if name in wanted}


def _said(record: logging.LogRecord) -> str:
    if named := _named(record):
        return str(record.msg) % named
    given = record.args if isinstance(record.args, tuple) else (record.args,)
    shown = tuple(may_stand(each) for each in given)
    try:
        return str(record.msg) % shown if record.args else str(record.msg)
    except (TypeError, ValueError):  # %d with something left out
        return re.sub(r"%[a-z]", LEFT_OUT, str(record.msg))


def may_stand(value: Any) -> Any:
    """Return what a line may hold of a value: a number, the name of code, or nothing of it."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, BaseException):
        return type(value).__name__
    if isinstance(value, Model):
        return value._meta.label
    if isinstance(value, type):
        return value.__name__
    return value if isinstance(value, str) and _is_code(value) else LEFT_OUT


def _is_code(text: str) -> bool:
    """Whether a text is nothing but the name of something in our code: a path, a route, a line."""
    if found := _LINE.fullmatch(text):
        return (HOME / found["file"]).is_file()
    if found := _ROUTE.fullmatch(text):
        return found["room"] in {
            each.split(".")[-2] for each in sys.modules if each.endswith(".urls")
        }
    module, _, name = text.rpartition(".")
    if not module:
        return text in {each.__name__ for each in _errors(BaseException)}
    return module in sys.modules and hasattr(sys.modules[module], name)


def _errors(kind: type[BaseException]) -> Iterator[type[BaseException]]:
    yield kind
    for each in kind.__subclasses__():
        yield from _errors(each)


def where(error: BaseException) -> str:
    """Return the last line of ours that was reached."""
    steps = traceback.extract_tb(error.__traceback__)
    ours = [step for step in steps if "/goldenthread/" in step.filename] or steps
    if not ours:
        return LEFT_OUT
    return f"{ours[-1].filename.rpartition('/goldenthread/')[2]}:{ours[-1].lineno}"


def speak_plainly() -> None:
    """Let what nobody caught be told by kind and place: its message may carry what people sent."""
    sys.excepthook = _told
    threading.excepthook = _told_in_thread


def _told(kind: type[BaseException], error: BaseException, steps: TracebackType | None) -> None:
    passed = [f"  {step.filename}:{step.lineno}\n" for step in traceback.extract_tb(steps)]
    last = f"Stopped by {kind.__module__}.{kind.__qualname__} at {where(error)}.\n"
    sys.stderr.write("".join([*passed, last]))


def _told_in_thread(caught: threading.ExceptHookArgs) -> None:
    if caught.exc_value is not None:
        _told(caught.exc_type, caught.exc_value, caught.exc_traceback)
