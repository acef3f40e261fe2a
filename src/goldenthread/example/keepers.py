"""Two invented bodies of different power that keep the record, by the real witness program.

Their keys are made on this machine, so they prove nothing to anybody: they show how it looks.
"""

from datetime import datetime
from typing import Final

from django.conf import settings

from goldenthread.kit.refusals import Refusal
from goldenthread.thread import published, services
from goldenthread.thread.keys import public_key
from goldenthread.thread.outside import witness

KEEPERS: Final = (
    ("union.northmoor.example", "Northmoor Students' Union", "Students' union, elected yearly"),
    (
        "forum.fenland.example",
        "Fenland User Forum",
        "Service users' forum, independent",
    ),
)


class Here(witness.Site):
    """The site itself, asked without a network."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def get(self, path: str, form: bytes | None = None) -> bytes:
        """Return a file of the record."""
        del form
        if path.startswith("tile/"):
            found = published.tile(path.removeprefix("tile/"))
            return found[1] if found else b""
        head = published.newest()
        return head.checkpoint.encode() if head else b""

    def give(self, note: str) -> None:
        """Give a co-signed head back; who is not named yet is told so by the program."""
        try:
            services.take_cosignatures(note=note, now=self.now)
        except Refusal:
            return


def keep(*, now: datetime) -> None:
    """Let both look at the record once; the first time they are named as keepers."""
    for key_name, name, power in KEEPERS:
        folder = settings.DATA / "keepers" / key_name
        told = witness.keep(Here(now), folder, key_name, str(public_key()))
        key = told.rpartition(" ")[2]
        if key.startswith(key_name):
            services.add_witness(name=name, power=power, key=key, now=now)
            witness.keep(Here(now), folder, key_name, "")
