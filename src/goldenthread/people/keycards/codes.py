"""The shape of the code on a card: twelve letters and numbers in three groups of four.

The first group is the drawer, as with receipts; the other eight are secret. Fewer than on a
receipt, because the code alone lets nobody in.
"""

from itertools import pairwise

from django.utils.translation import gettext as _

from goldenthread.kit.refusals import Refusal
from goldenthread.people.receipts import codes
from goldenthread.people.receipts.codes import ALPHABET, GROUP, Code
from goldenthread.people.receipts.stretching import auth_of, stretched

SECRET = 8  # of 32 letters each: 40 bits
FIGURES = 6


def new() -> Code:
    """Draw a new code."""
    return codes.new(SECRET)


def normalise(text: str) -> Code:
    """Read what someone typed, with or without dashes, O for 0, I or L for 1.

    :raises Refusal: it is no code of a card
    """
    plain = codes.letters_of(text)
    if len(plain) != GROUP + SECRET or set(plain) - set(ALPHABET):
        raise Refusal(
            _("The code on a card has 12 letters and numbers. Please look at yours again."),
            field="code",
        )
    return Code(plain[:GROUP], plain[GROUP:])


def auth_of_code(code: Code) -> bytes:
    """Return what is kept of a code. Costs one Argon2, whatever lies in the drawer."""
    return auth_of(stretched("keycard", code.secret, beside=code.drawer))


def auth_of_number(number: str, *, of: object) -> bytes:
    """Return what is kept of somebody's six figures."""
    return auth_of(stretched("keycard.number", number, beside=of))


def too_easy(number: str) -> bool:
    """Whether six figures would be among the first that anyone tries: 111111, 123456, 121212."""
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(number)}
    return len(steps) == 1 or number in (number[:2] * 3, number[:3] * 2)
