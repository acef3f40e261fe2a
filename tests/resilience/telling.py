"""A worker that tells a few voices at a time; run as a program.

With `HELD` it stays in the slice after the first `WHOLE` ones until it is killed.
"""

import sys
import time
from itertools import count
from typing import Any

import django

SLICE, WHOLE, HELD, STAYS = 20, 2, "held", 3600.0

if __name__ == "__main__":
    django.setup()
    from goldenthread.config.worker import work
    from goldenthread.debrief.replies import rounds

    write, slices = rounds.write_letters, count()

    def written(letters: Any) -> None:
        """Stay between what a slice has noted and its end, so that the kill falls there."""
        write(letters)
        if next(slices) == WHOLE and sys.argv[1:] == [HELD]:
            time.sleep(STAYS)

    rounds.SLICE, rounds.write_letters = SLICE, written
    work()
