"""`goldenthread looks sentences`: what readers made up for the lists, for those who keep them."""

import argparse


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    looks = subparsers.add_parser("looks", help="see what readers suggest for the phrase lists")
    kinds = looks.add_subparsers(metavar="WHAT", title="what", required=True)
    sentences = kinds.add_parser(
        "sentences",
        help="print the sentences that readers made up",
        description="Sentences that readers made up when they looked again and found one that "
        "should have been read first. They are about suicide and self-harm.",
    )
    sentences.add_argument(
        "--forget", action="store_true", help="delete them afterwards: the lists are changed"
    )
    sentences.set_defaults(act=_sentences)


def _sentences(options: argparse.Namespace) -> int:
    from goldenthread.kit.text import say_month
    from goldenthread.safety.looks import queries, services

    for each in queries.sentences():
        print(f"{each.language}\t{say_month(each.month)}\t{each.text}")
    if options.forget:
        print(f"{services.forget_sentences():,} deleted.")
    return 0
