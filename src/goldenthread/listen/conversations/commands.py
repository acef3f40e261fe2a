"""`goldenthread map`: the opinion map of votes in files, as Polis exports them."""

import argparse
import json
import sys
from pathlib import Path

FAULTY = 2


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    draw = subparsers.add_parser(
        "map",
        help="draw the opinion map of votes on statements",
        description="Group people who vote alike, and say what each group, and everybody, agrees "
        "on. Reads a folder that Polis exported, its participants-votes.csv alone or its votes.csv "
        "alone. Needs no database, sends nothing anywhere, and gives the same map whatever the "
        "order of lines.",
    )
    draw.add_argument("path", metavar="FOLDER_OR_CSV", type=Path, help="a folder or one CSV file")
    groups = draw.add_mutually_exclusive_group()
    groups.add_argument("--groups", metavar="K", type=_number, help="how many groups there are")
    groups.add_argument(
        "--given-groups",
        metavar="FILE.csv",
        type=Path,
        help="take groups from a file with the columns participant and group",
    )
    draw.add_argument(
        "--agree",
        type=int,
        choices=(1, -1),
        help="what stands for agree in the files (found from their counts, else 1)",
    )
    draw.add_argument(
        "--scale",
        choices=("polis", "own"),
        default="polis",
        help="with statements that were turned down, stretch the map as Polis does, to find the "
        "groups that it found, or by each person's own votes alone (%(default)s)",
    )
    draw.add_argument("--json", action="store_true", help="print one JSON object")
    draw.set_defaults(act=_map, needs="nothing")


def _map(options: argparse.Namespace) -> int:
    from time import perf_counter

    from goldenthread.listen.conversations.mapping import draw_map, files, telling
    from goldenthread.listen.conversations.mapping.tables import FileFault

    began = perf_counter()
    try:
        reading = files.read(options.path, sign=options.agree)
        given = files.read_groups(options.given_groups) if options.given_groups else None
    except FileFault as fault:
        print(fault, file=sys.stderr)
        return FAULTY
    if given is not None and not given.keys() & set(reading.votes.participants):
        sentence = "the people in this file have no votes here."
        print(f"{options.given_groups}: {sentence}", file=sys.stderr)
        return FAULTY
    drawn = draw_map(
        reading.votes,
        groups=options.groups,
        given=given,
        zeroed=len(reading.turned_down) if options.scale == "polis" else 0,
    )
    for sentence in telling.doubts(drawn, reading, asked=options.groups, given=given):
        print(sentence, file=sys.stderr)
    if options.json:
        told = telling.as_object(drawn, reading)
        print(json.dumps({**told, "seconds": round(perf_counter() - began, 3)}))
    else:
        print("\n".join(telling.in_words(drawn, reading)))
    return 0


def _number(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number of groups")
    return number
