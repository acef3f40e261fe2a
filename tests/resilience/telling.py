"""A worker that tells a few voices at a time and lingers in each slice; run as a program."""

import time
from typing import Any

import django

SLICE, LINGERS = 20, 0.2

if __name__ == "__main__":
    django.setup()
    from goldenthread.config.worker import work
    from goldenthread.debrief.replies import rounds

    write = rounds.write_letters

    def linger(letters: Any) -> None:
        """Wait between what a slice has noted and its end, so that a kill falls there."""
        write(letters)
        time.sleep(LINGERS)

    rounds.SLICE, rounds.write_letters = SLICE, linger
    work()
