"""`goldenthread import polis`: a conversation as Polis exports it, checked before it is saved."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from goldenthread.listen.voices.commands import kinds_of_import, project_of

if TYPE_CHECKING:
    from goldenthread.listen.conversations.incoming import Brought
    from goldenthread.listen.voices.commands import Parsers


def add_commands(subparsers: "Parsers") -> None:
    """Add what can be imported."""
    polis = kinds_of_import(subparsers).add_parser(
        "polis",
        help="bring in a conversation that Polis exported; its statements wait for the readers",
    )
    polis.add_argument(
        "folder", metavar="FOLDER", type=Path, help="the exported folder; it is kept nowhere"
    )
    polis.add_argument("--organisation", required=True, help="address of the organisation")
    polis.add_argument("--project", required=True, help="address of the project")
    polis.add_argument("--question", default="", help="the question, if not the exported topic")
    polis.add_argument(
        "--agree",
        type=int,
        choices=(1, -1),
        help="what stands for agree in the files (found from their counts, else 1)",
    )
    polis.add_argument("--yes", action="store_true", help="do not ask before bringing it in")
    polis.set_defaults(act=_import)


def _import(options: argparse.Namespace) -> int:
    from goldenthread.kit import clock
    from goldenthread.kit.progress import bar
    from goldenthread.kit.refusals import Refusal
    from goldenthread.listen.conversations import incoming, services
    from goldenthread.listen.voices.services import SLICE

    project = project_of(options)
    if not options.folder.is_dir():
        raise Refusal(f"There is no folder “{options.folder}”.")
    paths = [path for path in options.folder.glob("*.csv") if path.is_file()]
    given = {path.name: path.read_bytes() for path in paths}
    brought = incoming.take(incoming.unpack(given, largest=None), sign=options.agree)
    question = options.question or brought.topic
    if not question:
        raise Refusal("Say which question these statements answer: --question QUESTION.")
    print(f"{project.title}: {question}")
    print(_told(brought))
    if not options.yes and not _agreed():
        print("Nothing was changed.")
        return 0
    slices = -(-len(brought.statements) // SLICE) + 1
    with bar("Bringing it in", slices) as tick:
        services.import_conversation(
            by=None,
            project=project,
            brought=brought,
            question=question,
            progress=tick,
            now=clock.now(),
        )
    print(f"{len(brought.statements):,} statements wait for the readers now.")
    return 0


def _told(brought: "Brought") -> str:
    many = f"{len(brought.statements):,} statements, {brought.people:,} people"
    lines = [
        f"  {many}, {brought.answers:,} answers",
        f"  {brought.sign} stands for agree ({brought.sign_from})",
    ]
    if brought.turned_down:
        lines.append(f"  {brought.turned_down:,} statements were turned down there: left out")
    if brought.without_words:
        lines.append(f"  {brought.without_words:,} statements have no words: left out")
    return "\n".join(lines)


def _agreed() -> bool:
    from goldenthread.kit.refusals import Refusal

    if not sys.stdin.isatty():
        raise Refusal("Add --yes to bring it in without being asked.")
    return input("Bring it in? [y/N] ").strip().lower() in ("y", "yes")
