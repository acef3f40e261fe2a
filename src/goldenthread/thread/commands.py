"""`goldenthread record verify`: whether the record is whole, and fits a head kept outside."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goldenthread.thread.merkle import notes


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    record = subparsers.add_parser("record", help="verify the record, or show its key and heads")
    acts = record.add_subparsers(metavar="WHAT", title="what", required=True)
    verify = acts.add_parser(
        "verify",
        help="hash every entry anew and compare",
        description="Hash every entry of the record anew; compare with the signed heads, with the "
        "words, and with a head that was kept outside. Ends with 0 when all matches, else with 1.",
    )
    verify.add_argument(
        "--head", metavar="FILE", type=Path, help="a signed head that somebody kept"
    )
    verify.set_defaults(act=_verify)
    head = acts.add_parser("head", help="sign what stands now and print the head")
    head.set_defaults(act=_head)
    key = acts.add_parser("key", help="print the public key with which heads are verified")
    key.set_defaults(act=_key)


def _verify(options: argparse.Namespace) -> int:
    from goldenthread.thread.verifying import verify

    report = verify(_kept(options.head) if options.head else None)
    for fault in report.faults:
        print(fault.sentence)
    if report.is_whole:
        print(f"All {report.size:,} entries match. Root: {report.root.hex()}")
    return int(not report.is_whole)


def _kept(path: Path) -> "notes.Head":
    from goldenthread.kit.refusals import Refusal
    from goldenthread.thread.keys import public_key
    from goldenthread.thread.merkle import notes

    try:
        return notes.open_note(path.read_text(), public_key())
    except ValueError as error:
        raise Refusal(f"{path} cannot be used: {error}.") from error


def _head(options: argparse.Namespace) -> int:
    from goldenthread.kit import clock
    from goldenthread.thread.models import SignedHead
    from goldenthread.thread.services import publish_head

    publish_head(now=clock.now())
    newest = SignedHead.objects.order_by("-size").first()
    print(newest.note if newest else "Nothing is in the record yet.", end="")
    return 0


def _key(options: argparse.Namespace) -> int:
    from goldenthread.thread.keys import public_key

    print(public_key())
    return 0
