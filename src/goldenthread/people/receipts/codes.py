"""The shape of a receipt: twenty letters and numbers in five groups of four.

The first group is the drawer: it says where to look and is no secret. The other sixteen are.
"""

import re
import secrets
import unicodedata
from dataclasses import dataclass

from django.utils.translation import gettext as _

from goldenthread.kit.refusals import Refusal

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
BITS = 5  # a letter
GROUP = 4
SECRET = 16  # of 32 letters each: 80 bits
LENGTH = GROUP + SECRET
_SAME = str.maketrans("OIL", "011")
_GAPS = re.compile(r"[\s\-\u2010-\u2015\u2212]+")
_FOUR = "[0-9A-TV-Za-tv-z]{4}"
_BETWEEN = r"(?P<between>\s{0,2}|\s?[-\u2010-\u2015]\s?)"
_SHAPED = re.compile(
    rf"(?<![0-9A-Za-z])(?<![0-9A-Za-z]-){_FOUR}{_BETWEEN}{_FOUR}(?:(?P=between){_FOUR}){{3}}"
    r"(?!-?[0-9A-Za-z])"
)


@dataclass(frozen=True)
class Code:
    """A receipt taken apart."""

    drawer: str
    secret: str

    def __str__(self) -> str:
        whole = self.drawer + self.secret
        return "-".join(whole[at : at + GROUP] for at in range(0, len(whole), GROUP))

    def __repr__(self) -> str:
        return f"Code({self.drawer}-…)"  # never the secret: not in a log, not in an error


def new(secret: int = SECRET) -> Code:
    """Draw a new code. A drawer holds a figure, so that plain words never look like a receipt."""
    drawer = draw(GROUP)
    while not any(letter.isdigit() for letter in drawer):
        drawer = draw(GROUP)
    return Code(drawer, draw(secret))


def draw(length: int) -> str:
    """Draw that many letters of the alphabet, each with five bits of chance."""
    number = secrets.randbits(BITS * length)
    return "".join([ALPHABET[number >> place & 31] for place in range(0, BITS * length, BITS)])


def normalise(text: str) -> Code:
    """Read what someone typed, with or without dashes, O for 0, I or L for 1.

    :raises Refusal: it is too long or too short, or holds a letter that receipts do not use
    """
    plain = letters_of(text)
    if len(plain) != LENGTH:
        raise Refusal(
            _("A receipt has 20 letters and numbers. Please look at yours again."), field="code"
        )
    if set(plain) - set(ALPHABET):
        raise Refusal(
            _("There is a letter here that receipts do not use. Please look at yours again."),
            field="code",
        )
    return Code(plain[:GROUP], plain[GROUP:])


def letters_of(text: str) -> str:
    """Return what someone typed as letters of the alphabet, as far as they are some."""
    plain = unicodedata.normalize("NFKC", text).upper()
    return _GAPS.sub("", plain).translate(_SAME)


def looks_like_receipt(text: str) -> bool:
    """Return whether a text holds something shaped like a receipt.

    Five words of four letters have that shape too, so figures must stand in two of the groups.
    """
    return any(_has_figures(found.group()) for found in _SHAPED.finditer(text))


def _has_figures(shaped: str) -> bool:
    plain = _GAPS.sub("", shaped)
    groups = [plain[at : at + GROUP] for at in range(0, LENGTH, GROUP)]
    return sum(any(letter.isdigit() for letter in group) for group in groups) >= 2  # noqa: PLR2004
