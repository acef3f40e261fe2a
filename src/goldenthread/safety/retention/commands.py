"""`goldenthread retention run`: what is due to be erased, or erase it now."""

import argparse


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
