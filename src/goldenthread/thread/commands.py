"""`goldenthread record`: whether it is whole, its heads and keys, and who keeps it outside."""

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goldenthread.thread.merkle import notes


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    record = subparsers.add_parser(
        "record", help="verify the record, show its key and heads, name who keeps it"
    )
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
    words = acts.add_parser("words", help="print the four words of the newest head, to read out")
    words.set_defaults(act=_words)
    key = acts.add_parser("key", help="print the public key with which heads are verified")
    key.add_argument(
        "what", nargs="?", choices=["change"], help="take a new key; the old one signs it too"
    )
    key.set_defaults(act=_key)
    _add_witness(acts)


def _add_witness(acts: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    witness = acts.add_parser("witness", help="say who keeps the record outside, or end that")
    deeds = witness.add_subparsers(metavar="DEED", title="deeds", required=True)
    add = deeds.add_parser("add", help="name a body outside that keeps the record")
    add.add_argument("name", metavar="NAME", help="of the body, as people know it")
    add.add_argument("key", metavar="KEY", help="as its witness program printed it")
    add.add_argument("--power", metavar="WHAT", required=True, help="such as “students’ union”")
    add.set_defaults(act=_witness_add)
    shown = deeds.add_parser("list", help="show who keeps the record, and when they last agreed")
    shown.set_defaults(act=_witness_list)
    end = deeds.add_parser("end", help="count a keeper no longer")
    end.add_argument("key", metavar="KEY", help="as “list” shows it")
    end.set_defaults(act=_witness_end)


def _verify(options: argparse.Namespace) -> int:
    from goldenthread.thread.merkle.spoken import spoken
    from goldenthread.thread.verifying import verify

    kept = _kept(options.head) if options.head else None
    report = verify(kept)
    for fault in report.faults:
        print(fault.sentence)
    if report.is_whole:
        print(f"All {report.size:,} entries match. Root: {report.root.hex()}")
    for remark in report.remarks:
        print(remark)
    if kept:
        print(f"The four words of the head you kept: {spoken(kept.root)}")
    return int(not report.is_whole)


def _kept(path: Path) -> "notes.Head":
    from goldenthread.kit.refusals import Refusal
    from goldenthread.thread.keychain import changes, key_at
    from goldenthread.thread.merkle import notes

    try:
        said = notes.read_note(note := path.read_text())[0]
        return notes.open_note(note, key_at(said.size, changes()))
    except ValueError as error:
        raise Refusal(f"{path} cannot be used: {error}.") from error


def _words(options: argparse.Namespace) -> int:
    from goldenthread.thread.published import newest

    head = newest()
    print(f"{head.words} ({head.size:,} entries)" if head else "Nothing is sealed yet.")
    return 0


def _head(options: argparse.Namespace) -> int:
    from goldenthread.kit import clock
    from goldenthread.thread.published import newest
    from goldenthread.thread.services import publish_head

    publish_head(now=clock.now())
    head = newest()
    print(head.checkpoint if head else "Nothing is in the record yet.", end="")
    return 0


def _key(options: argparse.Namespace) -> int:
    from goldenthread.thread.keys import public_key

    if options.what == "change":
        return _change_key()
    print(public_key())
    return 0


def _change_key() -> int:
    from goldenthread.kit import clock
    from goldenthread.kit.refusals import Refusal
    from goldenthread.thread.services import change_key, publish_head

    if "GOLDENTHREAD_KEYS" not in os.environ:
        raise Refusal("GOLDENTHREAD_KEYS names no keys file.")
    now = clock.now()
    publish_head(now=now)
    print(change_key(file=Path(os.environ["GOLDENTHREAD_KEYS"]), now=now))
    print("Start the program again now: until then it signs no heads.")
    return 0


def _witness_add(options: argparse.Namespace) -> int:
    from goldenthread.kit import clock
    from goldenthread.thread.services import add_witness

    made = add_witness(name=options.name, power=options.power, key=options.key, now=clock.now())
    print(f"{made.name} is named as a keeper of the record.")
    return 0


def _witness_list(options: argparse.Namespace) -> int:
    from goldenthread.thread.published import witnesses

    for each in witnesses():
        agreed = f"agreed on {each.agreed_on}" if each.agreed_on else "has not looked yet"
        print(f"{each.name} ({each.power}), {agreed}\n    {each.key}")
    return 0


def _witness_end(options: argparse.Namespace) -> int:
    from goldenthread.kit import clock
    from goldenthread.thread.services import end_witness

    print(f"{end_witness(key=options.key, now=clock.now()).name} is a keeper no longer.")
    return 0
