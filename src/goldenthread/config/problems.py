"""What a person at the command line can do something about, in one sentence."""

import errno
import os


class Problem(Exception):
    """The command cannot go on; the message is one plain sentence."""


def number(name: str, without: str) -> int:
    """Read a number from the environment.

    :raises Problem: it is none
    """
    given = os.environ.get(name, without)
    if not given.isdecimal():
        raise Problem(f"{name} must be a number, not “{given}”.")
    return int(given)


def plainly(error: OSError) -> Problem:
    """Say what the system refused, in words for people."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Problem("The disk is full: make room and start again.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Problem(f"There is no permission to read or write {error.filename}.")
    where = f" ({error.filename})" if error.filename else ""
    return Problem(f"The system refused: {(error.strerror or 'unknown reason').lower()}{where}.")
