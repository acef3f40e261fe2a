"""`goldenthread translations`: collect what there is to translate, check what was translated."""

import argparse
import re
from pathlib import Path

from goldenthread.kit.translation.offered import CATALOGUES, checked_by, languages, name_of

CODE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    translations = subparsers.add_parser(
        "translations", help="bring a language up to date, or check it"
    )
    acts = translations.add_subparsers(metavar="ACT", required=True)
    collect = acts.add_parser(
        "collect",
        help="add all texts that are new to the catalogue of a language",
        description="Add all texts that are new to the catalogue of a language, or begin it. "
        "Texts that are gone are laid aside at its end; no translation is guessed.",
    )
    collect.add_argument("language", type=_language, help="its code, such as cy or pt_BR")
    collect.set_defaults(act=_collect, needs="nothing")
    check = acts.add_parser(
        "check",
        help="say what is missing, and what would break a page",
        description="Say of each language what is missing, who has checked it, and what would "
        "break a page. Ends with 1 when something would.",
    )
    check.set_defaults(act=_check, needs="nothing")
    for act in (collect, check):
        act.add_argument(
            "--folder",
            metavar="FOLDER",
            type=Path,
            default=CATALOGUES,
            help="where the catalogues are (those of Golden Thread)",
        )


def _language(text: str) -> str:
    if not CODE.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text} is not the code of a language, such as cy")
    return text


def _collect(options: argparse.Namespace) -> int:
    from goldenthread.kit.translation.catalogues import bring_up_to_date, missing
    from goldenthread.kit.translation.collecting import collect

    catalogue = bring_up_to_date(options.language, collect(), options.folder)
    new = len(missing(catalogue))
    print(f"{name_of(options.language)}: {len(catalogue):,} texts, {new:,} without a translation.")
    return 0


def _check(options: argparse.Namespace) -> int:
    found = [_say(code, options.folder) for code in languages(options.folder)]
    if not found:
        print("There is no catalogue yet: “goldenthread translations collect cy” begins one.")
    return int(any(found))


def _say(code: str, folder: Path) -> int:
    from goldenthread.kit.translation.catalogues import faults, missing, read

    catalogue = read(code, folder)
    by = checked_by(code, folder)
    who = f"checked by {by}" if by else "not offered: nobody is named who has checked it"
    print(f"{name_of(code)}: {len(missing(catalogue)):,} of {len(catalogue):,} missing; {who}.")
    wrong = faults(catalogue)
    for fault in wrong:
        print(f"  “{fault.text}”: {fault.says}")
    return len(wrong)
