"""Everything that writes in the reading room."""

from goldenthread.safety.reading.services.deciding import (
    ask_back,
    do_not_publish,
    pass_on,
    release,
    release_many,
)
from goldenthread.safety.reading.services.holding import hold_many, hold_words, refuse_receipts
from goldenthread.safety.reading.services.taking import (
    Clash,
    claim,
    expire_claims,
    let_go,
    set_lane,
)

__all__ = [
    "Clash",
    "ask_back",
    "claim",
    "do_not_publish",
    "expire_claims",
    "hold_many",
    "hold_words",
    "let_go",
    "pass_on",
    "refuse_receipts",
    "release",
    "release_many",
    "set_lane",
]
