"""Everything that writes in this room."""

from goldenthread.listen.surveys.services.answering import Filled, Sent, send
from goldenthread.listen.surveys.services.bringing import Meant, bring_in
from goldenthread.listen.surveys.services.building import (
    Asked,
    add_question,
    begin_survey,
    change_question,
    change_survey,
    copy_survey,
    drop_question,
    drop_survey,
    duplicate_question,
    move_question,
)
from goldenthread.listen.surveys.services.freezing import freeze, freeze_all_due
from goldenthread.listen.surveys.services.keeping import drop_old, forget, keep
from goldenthread.listen.surveys.services.mixing import mix_all
from goldenthread.listen.surveys.services.opening import (
    close_due,
    close_survey,
    make_codes,
    open_survey,
)

__all__ = [
    "Asked",
    "Filled",
    "Meant",
    "Sent",
    "add_question",
    "begin_survey",
    "bring_in",
    "change_question",
    "change_survey",
    "close_due",
    "close_survey",
    "copy_survey",
    "drop_old",
    "drop_question",
    "drop_survey",
    "duplicate_question",
    "forget",
    "freeze",
    "freeze_all_due",
    "keep",
    "make_codes",
    "mix_all",
    "move_question",
    "open_survey",
    "send",
]
