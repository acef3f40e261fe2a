"""`goldenthread hints`: what the phrase lists do, for the people who keep and check them."""

import argparse
import csv
import sys
from pathlib import Path

FAILED, REFUSED = 1, 2  # exit codes


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    hints = subparsers.add_parser("hints", help="check the phrases that are read first")
    kinds = hints.add_subparsers(metavar="WHAT", title="what", required=True)
    check = kinds.add_parser(
        "check",
        help="measure the lists on the made-up sentences, per stratum",
        description="Both halves of the made-up sentences, per stratum. Ends with 1 when a gate "
        "is missed.",
    )
    check.set_defaults(act=_check, needs="nothing")
    share = kinds.add_parser(
        "share",
        help="count how many answers of a file would be read first",
        description="Counts, and nothing else: no answer is printed or kept.",
    )
    share.add_argument("file", metavar="FILE.csv", type=Path)
    share.add_argument("--words", metavar="COLUMN", required=True, help="the column of the answers")
    share.set_defaults(act=_share, needs="nothing")


def _check(options: argparse.Namespace) -> int:
    from goldenthread.safety.reading.hints import checking

    passed = True
    for half in checking.HALVES:
        print(f"\n{half.replace('_', ' ')}")
        print(f"{'stratum':20} {'lang':5} {'first':6} {'n':>4} {'flagged':>8} {'share':>7}  gate")
        for line in checking.measure(half):
            passed = passed and line.passes
            wanted, gate = "yes" if line.first else "no", line.gate
            verdict = f"{gate} {'kept' if line.passes else 'MISSED'}" if gate else ""
            print(
                f"{line.stratum:20} {line.language:5} {wanted:6} {line.number:4} "
                f"{line.flagged:8} {line.share:5.0f} %  {verdict}".rstrip()
            )
    return 0 if passed else FAILED


def _share(options: argparse.Namespace) -> int:
    from goldenthread.safety.reading.hints import hint

    with options.file.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        if options.words not in (rows.fieldnames or ()):
            print(f"There is no column “{options.words}” in this file.", file=sys.stderr)
            return REFUSED
        answers = [row[options.words] or "" for row in rows]
    flagged = sum(map(hint, answers))
    share = 100 * flagged / max(1, len(answers))
    print(f"{flagged:,} of {len(answers):,} would be read first ({share:.2f} %).")
    return 0
