"""`goldenthread example load` and `goldenthread bench fill`: invented people and places."""

import argparse

from goldenthread.kit import clock
from goldenthread.kit.progress import bar


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    example = subparsers.add_parser(
        "example", help="the worked example: four invented organisations"
    )
    acts = example.add_subparsers(required=True, metavar="ACT")
    load = acts.add_parser("load", help="load it into an empty database")
    load.set_defaults(act=_load)

    bench = subparsers.add_parser("bench", help="a large invented project, for measuring")
    acts = bench.add_subparsers(required=True, metavar="ACT")
    fill = acts.add_parser("fill", help="make it: never on an installation that people use")
    fill.add_argument("--voices", type=_number, default=10_000, help="how many (%(default)s)")
    fill.set_defaults(act=_fill)


def _number(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number of voices")
    return int(text)


def _load(options: argparse.Namespace) -> int:
    from goldenthread.example.services import STEPS, load

    del options
    with bar("Loading the worked example", STEPS) as tick:
        load(now=clock.now(), tick=tick)
    return 0


def _fill(options: argparse.Namespace) -> int:
    from goldenthread.example.filling import fill, settle, slices

    with bar("Filling the bench", slices(options.voices)) as tick:
        filled = fill(voices=options.voices, now=clock.now(), tick=tick)
    settle()
    codes = ", ".join(filled.codes)
    print(f"{filled.voices:,} voices in /p/{filled.project.address}/. Receipts: {codes}")
    return 0
