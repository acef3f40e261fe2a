"""Everything that writes in this room."""

from goldenthread.listen.conversations.services.adding import add_statement
from goldenthread.listen.conversations.services.arranging import (
    close_conversation,
    close_due,
    drop_seed,
    let_add,
    move_seed,
    name_group,
    open_conversation,
    prepare,
    reword,
    seed,
)
from goldenthread.listen.conversations.services.bringing import import_conversation
from goldenthread.listen.conversations.services.freezing import (
    freeze,
    freeze_all_due,
    recount,
)
from goldenthread.listen.conversations.services.handing_out import (
    take_out_answers,
    take_out_results,
    why_not,
)
from goldenthread.listen.conversations.services.voting import answer

__all__ = [
    "add_statement",
    "answer",
    "close_conversation",
    "close_due",
    "drop_seed",
    "freeze",
    "freeze_all_due",
    "import_conversation",
    "let_add",
    "move_seed",
    "name_group",
    "open_conversation",
    "prepare",
    "recount",
    "reword",
    "seed",
    "take_out_answers",
    "take_out_results",
    "why_not",
]
