"""What a person at the command line can do something about, in one sentence."""

import errno


class Problem(Exception):
    """The command cannot go on; the message is one plain sentence."""


def plainly(error: OSError) -> Problem:
    """Say what the system refused, in words for people."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Problem("The disk is full: make room and start again.")
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return Problem(f"There is no permission to write {error.filename}.")
    where = f" ({error.filename})" if error.filename else ""
    return Problem(f"The system refused: {(error.strerror or 'unknown reason').lower()}{where}.")
