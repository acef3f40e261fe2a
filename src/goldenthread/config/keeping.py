"""`goldenthread backup` and `restore`: nothing is lost, and nothing that was erased comes back."""

import argparse
from pathlib import Path


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    backup = subparsers.add_parser(
        "backup",
        help="write an encrypted backup, while everything goes on",
        description="Write all tables, as they stand now, into a file that only its own key opens. "
        "The key lies in “backup-keys” of the data folder and is destroyed after 35 days.",
    )
    backup.add_argument("--to", metavar="FOLDER", type=Path, help="folder for the file (backups)")
    backup.set_defaults(act=_backup)

    _add_restore(subparsers)
    _add_again(subparsers)


def _add_restore(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    restore = subparsers.add_parser(
        "restore",
        help="restore a backup into an empty folder",
        description="Restore a backup, verify the record, and erase again what was erased since, "
        "before anything is served. Ends with 1 when the record does not match.",
    )
    restore.add_argument("backup", metavar="FILE", type=Path, help="the backup")
    _add_where(restore)
    restore.add_argument(
        "--keys",
        metavar="FOLDER",
        type=Path,
        help="folder with keys.json and backup-keys: the old data folder, or a copy of these "
        "(the folder above that of the backup)",
    )
    restore.add_argument(
        "--erased",
        metavar="FOLDER",
        type=Path,
        action="append",
        default=[],
        help="the folder “erased” of the old installation, if it is not beside the keys",
    )
    restore.add_argument(
        "--record",
        metavar="COPY",
        type=Path,
        action="append",
        default=[],
        help="a copy of the record that tells what was erased: a witness's folder, or a whole list",
    )
    restore.add_argument(
        "--nothing-erased",
        action="store_true",
        help="I know that nobody took anything back since this backup",
    )
    restore.set_defaults(act=_restore, needs="nothing")


def _add_where(restore: argparse.ArgumentParser) -> None:
    restore.add_argument(
        "--data", metavar="FOLDER", default=argparse.SUPPRESS, help="the new, empty folder"
    )
    restore.add_argument(
        "--over",
        action="store_true",
        help="put it back in place of what is there now, in the folder it was made of; everything "
        "written since is lost",
    )


def _add_again(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    again = subparsers.add_parser(
        "erase-again",
        help="after a database was put back: erase what was erased since",
        description="Erase what our own journal and others tell of. Each start does this for its "
        "own journal; use it when you recovered a database of your own from its archives.",
    )
    again.add_argument(
        "--erased",
        metavar="FOLDER",
        type=Path,
        action="append",
        default=[],
        help="the folder “erased” of another installation",
    )
    again.add_argument(
        "--record",
        metavar="COPY",
        type=Path,
        action="append",
        default=[],
        help="a copy of the record: the folder of a witness, or the whole list as a file",
    )
    again.set_defaults(act=_again)


def _again(options: argparse.Namespace) -> int:
    from goldenthread.config.restoring import erase_again

    print(f"{erase_again(options.erased, options.record)} acts were done again.")
    return 0


def _backup(options: argparse.Namespace) -> int:
    from django.conf import settings

    from goldenthread.config.backups import back_up
    from goldenthread.kit import clock

    to = options.to or settings.BACKUPS or settings.DATA / "backups"
    made = back_up(settings.DATA, to=to, now=clock.now())
    print(f"{made.path} ({made.size / 1024**2:.1f} MB). Keep keys.json and backup-keys elsewhere.")
    return 0


def _restore(options: argparse.Namespace) -> int:
    from goldenthread.config.restoring import Source, put_back, restore

    data = Path(options.data).resolve()
    if options.over:
        return put_back(options.backup, data)
    source = Source(
        backup=options.backup,
        keys=options.keys or options.backup.resolve().parent.parent,
        journals=options.erased,
        records=options.record,
        nothing_erased=options.nothing_erased,
    )
    return restore(source, data)
