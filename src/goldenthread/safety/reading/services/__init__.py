"""Everything that writes in the reading room. Each file is about one side of it."""

from goldenthread.safety.reading.services.authoring import (
    answer,
    mark_seen,
    object_to,
    undo_withdrawal,
    withdraw,
    write_to_author,
)
from goldenthread.safety.reading.services.deciding import (
    ask_back,
    do_not_publish,
    pass_on,
    release,
    release_many,
)
from goldenthread.safety.reading.services.erasing import destroy, destroy_due
from goldenthread.safety.reading.services.handing import end_shifts, forget_skips, hand_over
from goldenthread.safety.reading.services.hiding import hide, put_back
from goldenthread.safety.reading.services.holding import hold_many, hold_words, refuse_receipts
from goldenthread.safety.reading.services.promising import watch
from goldenthread.safety.reading.services.removing import (
    agree_to_remove,
    ask_to_remove,
    refuse_to_remove,
    remove,
)
from goldenthread.safety.reading.services.restricting import hold_back, use_again
from goldenthread.safety.reading.services.taking import (
    Clash,
    claim,
    claim_next,
    expire_claims,
    let_go,
    set_lane,
)

__all__ = [
    "Clash",
    "agree_to_remove",
    "answer",
    "ask_back",
    "ask_to_remove",
    "claim",
    "claim_next",
    "destroy",
    "destroy_due",
    "do_not_publish",
    "end_shifts",
    "expire_claims",
    "forget_skips",
    "hand_over",
    "hide",
    "hold_back",
    "hold_many",
    "hold_words",
    "let_go",
    "mark_seen",
    "object_to",
    "pass_on",
    "put_back",
    "refuse_receipts",
    "refuse_to_remove",
    "release",
    "release_many",
    "remove",
    "set_lane",
    "undo_withdrawal",
    "use_again",
    "watch",
    "withdraw",
    "write_to_author",
]
