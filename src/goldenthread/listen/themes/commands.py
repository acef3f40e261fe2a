"""`goldenthread themes suggest` and `goldenthread agreement`: no database, nothing is kept."""

import argparse
import csv
import json
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from goldenthread.listen.themes.grouping import Agreement, Suggestions, Text
    from goldenthread.listen.themes.grouping.suggesting import Embed

FAULTY = 2
LEVELS = ("nominal", "ordinal", "interval", "ratio")


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    _add_suggest(subparsers)
    _add_agreement(subparsers)


def _add_suggest(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    themes = subparsers.add_parser("themes", help="suggest groups of texts that share words")
    acts = themes.add_subparsers(metavar="WHAT", title="what", required=True)
    suggest = acts.add_parser(
        "suggest",
        help="suggest candidate themes for the texts of a CSV file",
        description="Read a file with a column “text” (or words, answer, response) and, if there "
        "is one, “id”; else the number of the line is the id. Say which texts share words, how "
        "stable each group is (0 to 1), and which texts fit in none. Needs no database; nothing "
        "is kept.",
    )
    suggest.add_argument("file", metavar="FILE.csv", help="the file; “-” reads what is piped in")
    suggest.add_argument(
        "--themes", type=_number, default=12, metavar="N", help="how many at most (%(default)s)"
    )
    suggest.add_argument(
        "--question",
        action="append",
        default=[],
        metavar="TEXT",
        help="what people were asked: its words say nothing (may be given again)",
    )
    suggest.add_argument(
        "--model", type=Path, metavar="FOLDER", help="a local sentence model, to group by meaning"
    )
    suggest.add_argument("--json", action="store_true", help="print one JSON object")
    suggest.set_defaults(act=_suggest, needs="nothing")


def _add_agreement(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    agree = subparsers.add_parser(
        "agreement",
        help="Krippendorff's alpha, with its interval, of a CSV file",
        description="Read a file with the columns coder, unit and value (an empty value is a "
        "missing one). Say how far the coders agree: 1 is full agreement, 0 what chance brings. "
        "The interval of 95 % draws units again 1,000 times.",
    )
    agree.add_argument("file", metavar="FILE.csv", help="the file; “-” reads what is piped in")
    agree.add_argument(
        "--level", choices=LEVELS, default="nominal", help="what the values are (%(default)s)"
    )
    agree.add_argument("--json", action="store_true", help="print one JSON object")
    agree.set_defaults(act=_agreement, needs="nothing")


def _number(text: str) -> int:
    number = int(text) if text.isdecimal() else 0
    if not number:
        raise argparse.ArgumentTypeError("the number of themes is a whole number from 1 upwards")
    return number


def _suggest(options: argparse.Namespace) -> int:
    from goldenthread.listen.themes.grouping import suggest
    from goldenthread.listen.themes.grouping.tables import read_texts

    try:
        texts: list[Text] = _read(options.file, read_texts)
        embed = _model(options.model)
    except (ValueError, OSError, csv.Error) as fault:
        return _tell(fault, options.file)
    start = time.perf_counter()
    found = suggest(texts, themes=options.themes, question=options.question, embed=embed)
    seconds = time.perf_counter() - start
    if options.json:
        print(json.dumps(_plain(found, seconds), ensure_ascii=False))
    else:
        print("\n".join(_lines(found, len(texts), seconds)))
    return 0


def _model(folder: Path | None) -> "Embed | None":
    from goldenthread.listen.themes.grouping.embedding import load

    return load(folder) if folder else None


def _plain(found: "Suggestions", seconds: float) -> dict[str, Any]:
    return {
        "themes": [
            {
                "words": list(each.words),
                "text_ids": list(each.text_ids),
                "stability": each.stability,
            }
            for each in found.themes
        ],
        "none": list(found.none),
        "seconds": round(seconds, 4),
    }


def _lines(found: "Suggestions", number: int, seconds: float) -> Iterable[str]:
    yield f"{number:,} texts, {len(found.themes)} candidate themes, {seconds:.2f} seconds."
    for each in found.themes:
        yield (
            f"{len(each.text_ids):5,} texts, stability {each.stability:.2f}, "
            f"words in common: {', '.join(each.words)}"
        )
    yield f"{len(found.none):5,} texts fit in none. People decide what a theme is."


def _agreement(options: argparse.Namespace) -> int:
    from goldenthread.listen.themes.grouping import agreement
    from goldenthread.listen.themes.grouping.tables import read_ratings

    try:
        found = agreement(_read(options.file, read_ratings), options.level)
    except (ValueError, OSError, csv.Error) as fault:
        return _tell(fault, options.file)
    if options.json:
        told = {"alpha": found.alpha, "low": found.low, "high": found.high}
        print(json.dumps({name: _rounded(value) for name, value in told.items()}))
    else:
        print(_in_words(found))
    return 0


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _in_words(found: "Agreement") -> str:
    if found.alpha is None:
        return "Alpha cannot be said: all values are the same, or no unit has two of them."
    if found.low is None or found.high is None:
        return f"Krippendorff's alpha is {found.alpha:.3f} ({found.units:,} units; no interval)."
    return (
        f"Krippendorff's alpha is {found.alpha:.3f} "
        f"(95 % interval {found.low:.3f} to {found.high:.3f}; {found.units:,} units)."
    )


def _read(path: str, read: Callable[[Iterable[str]], Any]) -> Any:
    if path == "-":
        return read(sys.stdin)
    with open(path, encoding="utf-8-sig", newline="") as file:  # noqa: PTH123 - as it was typed
        return read(file)


def _tell(fault: Exception, path: str) -> int:
    sentence = str(fault)
    if isinstance(fault, UnicodeDecodeError):
        sentence = f"{path} is not text in UTF-8: save it as “CSV UTF-8”."
    elif isinstance(fault, FileNotFoundError):
        sentence = f"There is no file {path}."
    elif isinstance(fault, IsADirectoryError):
        sentence = f"{path} is a folder, not a file."
    elif isinstance(fault, OSError):
        sentence = f"{path} cannot be read."
    elif isinstance(fault, csv.Error):
        sentence = f"{path} is not a table with commas: save it as “CSV UTF-8”."
    print(f"{sentence[:1].upper()}{sentence[1:].rstrip('.')}.", file=sys.stderr)
    return FAULTY
