"""`goldenthread retention run`: erase what is due. `privacy drill`: what a receipt leads to."""

import argparse
import sys


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    retention = subparsers.add_parser("retention", help="erase what is due, or show what is")
    acts = retention.add_subparsers(metavar="WHAT", title="what", required=True)
    run = acts.add_parser(
        "run",
        help="erase what is due",
        description="Erase every row whose time is over, by the rule of its table. The worker "
        "does this each night. With --dry-run nothing is erased: each table, its rule, and how "
        "many rows are due are printed.",
    )
    run.add_argument("--dry-run", action="store_true", help="show what is due and erase nothing")
    run.set_defaults(act=_run)

    privacy = subparsers.add_parser("privacy", help="show what a receipt leads to")
    kinds = privacy.add_subparsers(metavar="WHAT", title="what", required=True)
    drill = kinds.add_parser(
        "drill",
        help="print everything that is held behind one receipt",
        description="Ask for a receipt and print everything that is held behind it: what could "
        "be handed to a court. Kinds and days, never words. It must fit on a page.",
    )
    drill.set_defaults(act=_drill)


def _run(options: argparse.Namespace) -> int:
    from goldenthread.kit import clock
    from goldenthread.safety.retention import services
    from goldenthread.safety.retention.queries import due

    if not options.dry_run:
        for table, rows in services.sweep(now=clock.now()).items():
            print(f"{table}: {rows:,} erased")
        return 0
    for each in due(today=clock.today()):
        print(f"{each.table}: {each.rows.count():,} due. {each.clock.sentence}")
    return 0


def _drill(options: argparse.Namespace) -> int:
    from goldenthread.kit import clock
    from goldenthread.kit.holder import Holder, handed_out
    from goldenthread.people.receipts.services import open_with

    print("The receipt: ", end="", file=sys.stderr, flush=True)
    receipt = open_with(code=sys.stdin.readline().strip(), now=clock.now())
    for kind in handed_out(Holder(receipt=receipt.ref), words=False):
        print(kind.held.what)
        for row in kind.rows:
            shown = [f"{name}: {value}" for name, value in row.shown.items()]
            kept = [f"kept, not shown: {', '.join(row.kept)}"] if row.kept else []
            print("  " + "; ".join(shown + kept))
    return 0
