"""`goldenthread docs`: the guide as files."""

import argparse
from pathlib import Path


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    docs = subparsers.add_parser(
        "docs",
        help="write the guide as files, to be published",
        description="Write the guide of this version into a folder: pages that need no server and "
        "no script. Needs no database.",
    )
    docs.add_argument("--to", metavar="FOLDER", required=True, help="the folder, new or empty")
    docs.set_defaults(act=_docs, needs="nothing")


def _docs(options: argparse.Namespace) -> int:
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.config.settings")
    django.setup()
    from goldenthread.guide.export import NotEmptyError, write

    try:
        number = write(Path(options.to))
    except NotEmptyError:
        print(f"The folder {options.to} is not empty: name a new one.")
        return 2
    print(f"{number} pages are in {options.to}: open index.html.")
    return 0
