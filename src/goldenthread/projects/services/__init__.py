"""What can be done to a project. Each file is about one part of it."""

from goldenthread.projects.services.box import close_box, pause, reopen_box, resume
from goldenthread.projects.services.closing import agree_to_close, close, take_back_close
from goldenthread.projects.services.lending import accept_reader, end_loan, offer_reader
from goldenthread.projects.services.opening import open_listening
from goldenthread.projects.services.partners import (
    accept_partnership,
    ask_partner,
    decline_partnership,
    name_controller,
)
from goldenthread.projects.services.people import (
    add_duty,
    end_role,
    give_role,
    keep_open_projects_safe,
    pass_on_hours,
    remove_duty,
)
from goldenthread.projects.services.preparing import (
    add_strand,
    describe,
    offer_ways,
    prepare,
    remove_strand,
    set_ages,
    set_stages,
)
from goldenthread.projects.services.rota import read_instead, take_back, take_off
from goldenthread.projects.services.terms import MEANWHILE, edition, write_terms

__all__ = [
    "MEANWHILE",
    "accept_partnership",
    "accept_reader",
    "add_duty",
    "add_strand",
    "agree_to_close",
    "ask_partner",
    "close",
    "close_box",
    "decline_partnership",
    "describe",
    "edition",
    "end_loan",
    "end_role",
    "give_role",
    "keep_open_projects_safe",
    "name_controller",
    "offer_reader",
    "offer_ways",
    "open_listening",
    "pass_on_hours",
    "pause",
    "prepare",
    "read_instead",
    "remove_duty",
    "remove_strand",
    "reopen_box",
    "resume",
    "set_ages",
    "set_stages",
    "take_back",
    "take_back_close",
    "take_off",
    "write_terms",
]
