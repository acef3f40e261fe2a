"""`goldenthread organisation add`: begin an organisation from the command line."""

import argparse


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    command = subparsers.add_parser("organisation", help="begin an organisation")
    acts = command.add_subparsers(metavar="ACT", required=True)
    add = acts.add_parser("add", help="begin an organisation with its first administrator")
    add.add_argument("--name", required=True, help="its name, as people know it")
    add.add_argument("--address", required=True, help="short name in links: /o/ADDRESS/")
    add.add_argument("--kind", required=True, help="university, school, health, charity, …")
    add.add_argument("--nation", default="england", help="whose help lines to begin with")
    add.add_argument("--administrator", metavar="EMAIL", required=True, help="who will run it")
    add.set_defaults(act=_add)


def _add(options: argparse.Namespace) -> int:
    from goldenthread.kit import clock
    from goldenthread.kit.refusals import Refusal
    from goldenthread.organisations import forms, services
    from goldenthread.people.accounts.services import welcome

    form = forms.Found(
        {
            "name": options.name,
            "address": options.address,
            "kind": options.kind,
            "nation": options.nation,
        }
    )
    if not form.is_valid():
        raise Refusal(" ".join(f"{name}: {said[0]}" for name, said in form.errors.items()))
    person = welcome(email=options.administrator, now=clock.now())
    made = services.found(
        by=person, **form.cleaned_data, now=clock.now(), from_the_command_line=True
    )
    print(f"{made.name} is at /o/{made.address}/. {options.administrator} can sign in now.")
    return 0
