"""Four words for a head, to be read out in a meeting and compared.

The root goes through scrypt (RFC 7914) before words are picked: to find another history with the
same four of 256 words, somebody must try about 2^32 roots, each a tenth of a second of work.
"""

import hashlib
import re
from pathlib import Path
from typing import Final

ROUNDS, BLOCK, MEMORY = 2**15, 8, 64 * 1024 * 1024  # of scrypt; bytes
SALT: Final = b"golden-thread/head"
HOW_MANY: Final = 4
BETWEEN: Final = " – "
WORDS: Final = tuple(Path(__file__).with_name("spoken.txt").read_text().split())


def spoken(root: bytes) -> str:
    """Return the four words of a root, as they are read out: "acorn – tin – velvet – north"."""
    drawn = hashlib.scrypt(root, salt=SALT, n=ROUNDS, r=BLOCK, p=1, maxmem=MEMORY, dklen=HOW_MANY)
    return BETWEEN.join(WORDS[each] for each in drawn)


def heard(text: str) -> str:
    """Write four words that somebody heard as `spoken` does: any case, anything between them.

    :raises ValueError: they are not four, or one is not among ours; it holds those that are not
    """
    words = re.findall(r"[^\W\d_]+", text.lower())
    strange = [word for word in words if word not in WORDS]
    if strange or len(words) != HOW_MANY:
        raise ValueError(*strange)
    return BETWEEN.join(words)
