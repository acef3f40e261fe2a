"""`install`, `upgrade` and `rollback` of one machine. Standard library alone; see docs/how-to."""

import argparse
import sys

import moving
from answers import add_options
from installing import install
from places import MOVING
from system import Problem, alone, need_root, stop, told


def main() -> int:
    """Do what was asked: 0 done, 1 something is to mend or we went back, 2 it could not be."""
    parser = argparse.ArgumentParser(prog="deploy", description=__doc__)
    acts = parser.add_subparsers(metavar="ACT", required=True)
    first = acts.add_parser(
        "install", prog="deploy/install", help="install, mend, or change answers"
    )
    add_options(first)
    first.set_defaults(act=install)
    newer = acts.add_parser(
        "upgrade",
        prog="deploy/upgrade",
        help="go to another version",
        description="Back up, try the version out behind a shut door, and go back by itself when "
        "it is not well.",
    )
    newer.add_argument(
        "version", nargs="?", default="", help="a tag, branch or commit (the newest)"
    )
    newer.set_defaults(act=lambda options: moving.upgrade(options.version))
    back = acts.add_parser(
        "rollback",
        prog="deploy/rollback",
        help="go back to the version before",
        description="Go back to the version before, unless that would lose what people wrote; or "
        "end an upgrade that was interrupted.",
    )
    back.set_defaults(act=lambda _options: moving.rollback())
    options = parser.parse_args()
    need_root()
    with alone():
        try:
            return int(options.act(options))
        except (Exception, KeyboardInterrupt) as error:
            if not MOVING.exists():
                raise
            raise Problem(f"{told(error)} The door is shut: run deploy/rollback.") from error


try:
    sys.exit(main())
except (Problem, OSError, KeyboardInterrupt) as error:
    stop(error)
