"""`goldenthread import voices`: voices from a file, checked before anything is saved."""

import argparse
import sys
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from goldenthread.listen.voices.models import Batch
    from goldenthread.listen.voices.sheets import Columns, Sheet, Taken
    from goldenthread.projects.models import Project

    Parsers: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]  # noqa: SLF001

KINDS = ("issue", "idea", "praise", "question", "story")
SHOWN_FAULTS = 20


def add_commands(subparsers: "Parsers") -> None:
    """Add the command."""
    voices = kinds_of_import(subparsers).add_parser(
        "voices",
        help="bring in voices from a CSV file; they wait for the readers like all others",
    )
    voices.add_argument("file", metavar="FILE.csv", type=Path, help="the file; it is kept nowhere")
    voices.add_argument("--organisation", required=True, help="address of the organisation")
    voices.add_argument("--project", required=True, help="address of the project")
    voices.add_argument("--words", metavar="COLUMN", help="the column that holds the words")
    voices.add_argument(
        "--kind", choices=KINDS, default="issue", help="what kind they are (%(default)s)"
    )
    voices.add_argument("--kind-column", metavar="COLUMN", help="the column that says the kind")
    voices.add_argument(
        "--whose-column", metavar="COLUMN", help="the column that says whose experience it is"
    )
    voices.add_argument(
        "--skip-repeats", action="store_true", help="leave out lines with the words of earlier ones"
    )
    voices.add_argument(
        "--again", action="store_true", help="bring in once more what came in from a file before"
    )
    voices.add_argument("--yes", action="store_true", help="do not ask before bringing them in")
    voices.set_defaults(act=_import)


@lru_cache(maxsize=1)
def kinds_of_import(subparsers: "Parsers") -> "Parsers":
    """Return where rooms add what they can bring in: `goldenthread import WHAT`."""
    bring = subparsers.add_parser("import", help="bring in what people said elsewhere")
    return bring.add_subparsers(metavar="WHAT", required=True)


def _import(options: argparse.Namespace) -> int:
    from goldenthread.kit.refusals import Refusal
    from goldenthread.listen.voices import queries, sheets

    project = project_of(options)
    text = sheets.decode(options.file.read_bytes())
    sheet = sheets.read(text)
    taken = sheets.take(sheet, _columns(options, sheet))
    if not options.again:
        taken = sheets.without(taken, queries.brought_in(project, taken.texts))
    _show(taken, project)
    if not taken.rows and taken.before:
        raise Refusal("This file was brought in before. Nothing was changed.")
    if not taken.rows:
        raise Refusal("There is no voice in this file that could be brought in.")
    if not options.yes and not _agreed(len(taken.rows)):
        print("Nothing was changed.")
        return 0
    batch = _bring_in(project, taken, sheets.fingerprint(text))
    print(f"{batch.count:,} voices wait for the readers now.")
    return 0


def project_of(options: argparse.Namespace) -> "Project":
    """Return the project that the options name.

    :raises Refusal: there is none
    """
    from goldenthread.kit.refusals import Refusal
    from goldenthread.projects.models import Project

    found = (
        Project.objects.filter(
            address=options.project, partners__organisation__address=options.organisation
        )
        .select_related("organisation")
        .first()
    )
    if found is None:
        raise Refusal(f"There is no project “{options.project}” of “{options.organisation}”.")
    return found


def _columns(options: argparse.Namespace, sheet: "Sheet") -> "Columns":
    from goldenthread.kit.refusals import Refusal
    from goldenthread.listen.voices.sheets import Columns

    words = options.words or sheet.likely_words()
    named = [words, options.kind_column, options.whose_column]
    names = ", ".join(sheet.headers)
    if not words:
        raise Refusal(f"Say which column holds the words: --words COLUMN. There are: {names}.")
    for name in named:
        if name and name not in sheet.headers:
            raise Refusal(f"There is no column “{name}”. There are: {names}.")
    return Columns(
        words=words,
        kind=options.kind_column or "",
        whose=options.whose_column or "",
        usual_kind=options.kind,
        skip_repeats=options.skip_repeats,
    )


def _show(taken: "Taken", project: "Project") -> None:
    from goldenthread.listen.voices.sheets import Preview

    print(f"{project.title}: {Preview(taken).says}")
    for fault in taken.faults[:SHOWN_FAULTS]:
        print(f"  line {fault.line}: {fault.says}")
    if len(taken.faults) > SHOWN_FAULTS:
        print(f"  and {len(taken.faults) - SHOWN_FAULTS:,} more lines")


def _agreed(number: int) -> bool:
    from goldenthread.kit.refusals import Refusal

    if not sys.stdin.isatty():
        raise Refusal("Add --yes to bring them in without being asked.")
    return input(f"Bring in {number:,} voices? [y/N] ").strip().lower() in ("y", "yes")


def _bring_in(project: "Project", taken: "Taken", fingerprint: bytes) -> "Batch":
    from goldenthread.kit import clock
    from goldenthread.kit.progress import bar
    from goldenthread.listen.voices import services

    slices = -(-len(taken.rows) // services.SLICE)
    with bar("Handing them to the readers", slices) as tick:
        return services.import_voices(
            by=None,
            project=project,
            rows=taken.rows,
            fingerprint=fingerprint,
            progress=tick,
            now=clock.now(),
        )
