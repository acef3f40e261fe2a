"""Several people write one thing: nobody writes over, or sends out, words they have not seen."""

import hashlib
import json
from typing import Final

from django.utils.translation import gettext_lazy as _

from goldenthread.kit.refusals import Refusal
from goldenthread.kit.text import Text

NEW: Final = "new"  # nothing stood there yet
MEANWHILE: Final = _(
    "Somebody else saved this while you were writing. What they wrote is below yours. Put "
    "together what is right, then save again."
)
LOOK_AGAIN: Final = _(
    "Somebody else changed this after you looked at it. Read it once more, then decide."
)


def edition_of(*parts: object) -> str:
    """Return a mark of what stands there; another as soon as any of it is different."""
    said = json.dumps([str(part) for part in parts])
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def refuse_lost(*, seen: str, stands: str, writes: str = "", says: Text = MEANWHILE) -> None:
    """Go on only if the writer saw what stands there, or writes just that: a button pressed twice.

    :raises Refusal: somebody else has written since
    """
    if seen and stands not in {seen, writes}:
        raise Refusal(says)
