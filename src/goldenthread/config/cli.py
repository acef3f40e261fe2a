"""The `goldenthread` command. Each room brings its own commands; this file gathers them."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from goldenthread.config.installation import Installation
from goldenthread.config.problems import Problem, plainly
from goldenthread.kit.database import DatabaseProblem
from goldenthread.kit.logs import speak_plainly

# Modules with `add_commands(subparsers)`, in the order of `--help`. They import their rooms only
# when a command runs, after Django is ready.
COMMANDS = [
    "goldenthread.config.commands",
    "goldenthread.config.translating",
    "goldenthread.thread.commands",
    "goldenthread.organisations.commands",
    "goldenthread.safety.retention.commands",
    "goldenthread.safety.release.commands",
    "goldenthread.safety.reading.commands",
    "goldenthread.safety.looks.commands",
    "goldenthread.listen.voices.commands",
    "goldenthread.listen.conversations.commands",
    "goldenthread.listen.conversations.commands_import",
    "goldenthread.listen.themes.commands",
    "goldenthread.guide.commands",
    "goldenthread.example.commands",
]
TOLD = 2  # exit code of everything that a person can put right


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        sentence = f"{message[:1].upper()}{message[1:]}".rstrip(".")
        self.exit(TOLD, f"{sentence}. See “{self.prog} --help”.\n")


def parser() -> Parser:
    """Return the parser of all commands."""
    top = Parser(
        prog="goldenthread",
        description="Golden Thread: co-production in mental health, from voice to what changed.",
    )
    top.add_argument(
        "--data",
        metavar="FOLDER",
        default=os.environ.get("GOLDENTHREAD_DATA", "data"),
        help="folder of this installation (%(default)s, or GOLDENTHREAD_DATA)",
    )
    subparsers = top.add_subparsers(metavar="COMMAND", title="commands", required=True)
    for module in COMMANDS:
        importlib.import_module(module).add_commands(subparsers)
    return top


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command and leave: 0 done, 1 found something, 2 could not, with the reason."""
    speak_plainly()
    options = parser().parse_args(arguments)
    try:
        code = _run(options)
    except (Problem, DatabaseProblem) as problem:
        code = _tell(str(problem))
    except OSError as error:
        code = _tell(str(plainly(error)))
    except KeyboardInterrupt:
        code = _tell("Stopped.")
    sys.exit(code)


def _run(options: argparse.Namespace) -> int:
    if getattr(options, "needs", "database") == "nothing":
        return int(options.act(options))
    with Installation(Path(options.data)).database():
        return run_with_django(options)


def run_with_django(options: argparse.Namespace) -> int:
    """Run a command that needs the database; what people can put right is one sentence."""
    import django

    django.setup()
    from django.db import OperationalError, ProgrammingError
    from psycopg.errors import UndefinedColumn, UndefinedTable

    from goldenthread.kit.refusals import Refusal

    try:
        return int(options.act(options) or 0)
    except Refusal as refusal:
        return _tell(refusal.message)
    except ProgrammingError as error:
        if not isinstance(error.__cause__, UndefinedTable | UndefinedColumn):
            raise
        return _tell("The tables are not up to date: run “goldenthread prepare” first.")
    except OperationalError:
        return _tell("The database went away in the middle; nothing half done was kept.")


def _tell(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return TOLD
