"""`goldenthread serve`, `worker`, `doctor`, `prepare`: the commands of the installation itself."""

import argparse
from collections.abc import Callable
from pathlib import Path

from goldenthread.config import keeping

LAST_PORT = 65535
MOST_PROCESSES = 256


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    _add_serve(subparsers)
    worker = subparsers.add_parser(
        "worker", help="do background and scheduled work, on this or another machine"
    )
    worker.set_defaults(act=_worker)

    doctor = subparsers.add_parser(
        "doctor",
        help="check the installation, in plain language",
        description="Look at settings, database, worker, backups, record, help lines, disk, clock, "
        "versions, mail and HTTPS. Ends with 0 when all is well, with 1 when something is to mend.",
    )
    doctor.add_argument(
        "--only",
        metavar="CHECK",
        action="append",
        default=[],
        help="do this check alone, for example “Mail”; may be given more than once",
    )
    doctor.add_argument(
        "--mail-to", metavar="ADDRESS", default="", help="also send a test message to this address"
    )
    doctor.set_defaults(act=_doctor)

    prepare = subparsers.add_parser("prepare", help="bring tables and static files up to date")
    prepare.add_argument("--example", action="store_true", help=argparse.SUPPRESS)
    prepare.set_defaults(act=_prepare)

    state = subparsers.add_parser(
        "state",
        help="tell, as JSON, what an upgrade needs to know",
        description="Tell the version, which changes of tables wait and whether they can be "
        "undone, which a newer version made, and how many rows were ever written (heartbeats, "
        "sessions and tasks left out): the number grows with everything that people write.",
    )
    state.set_defaults(act=_state)

    keeping.add_commands(subparsers)


def _add_serve(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    serve = subparsers.add_parser(
        "serve",
        help="start everything and keep it running: database, web pages, background work",
        description="Start the database (our own, or that of DATABASE_URL), bring tables up to "
        "date, serve the pages and do the background work, until stopped with Ctrl-C.",
    )
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
    serve.add_argument(
        "--port", type=number_to(LAST_PORT), default=8000, help="port to listen on (%(default)s)"
    )
    serve.add_argument(
        "--example", action="store_true", help="load the worked example into a new database"
    )
    serve.add_argument(
        "--no-worker", action="store_true", help="leave background work to another machine"
    )
    serve.add_argument(
        "--processes",
        metavar="N",
        type=number_to(MOST_PROCESSES),
        help="how many answer at once (one for each core; one while trying out)",
    )
    serve.set_defaults(act=_serve, needs="nothing")


def number_to(most: int) -> Callable[[str], int]:
    """Return what reads a number from 1 to `most`."""

    def read(text: str) -> int:
        if not text.isdigit() or not 0 < int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text} is not a number from 1 to {most}")
        return int(text)

    return read


def _serve(options: argparse.Namespace) -> int:
    from goldenthread.config.supervisor import Wishes, serve

    serve(
        Wishes(
            data=Path(options.data),
            host=options.host,
            port=options.port,
            example=options.example,
            worker=not options.no_worker,
            processes=options.processes,
        )
    )
    return 0


def _worker(options: argparse.Namespace) -> int:
    from django.conf import settings

    from goldenthread.config import several
    from goldenthread.config.restoring import refuse_unfinished
    from goldenthread.config.worker import work

    refuse_unfinished(Path(options.data).resolve())
    several.refuse(settings)
    work()
    return 0


def _doctor(options: argparse.Namespace) -> int:
    from goldenthread.config.doctor import examine

    return examine(only=options.only, mail_to=options.mail_to)


def _state(_options: argparse.Namespace) -> int:
    import json

    from goldenthread.config.state import state

    print(json.dumps(state(), indent=2))
    return 0


def _prepare(options: argparse.Namespace) -> int:
    from goldenthread.config.prepare import prepare

    prepare(Path(options.data), example=options.example)
    return 0
