from datetime import datetime

from goldenthread.listen.coding.models import Coder, Round
from goldenthread.listen.themes.permissions import may_group
from goldenthread.projects.models import Project
from goldenthread.projects.permissions import may_see_board
from goldenthread.projects.speaker import Speaker


def may_read_codebook(speaker: Speaker, project: Project, *, codes: bool, now: datetime) -> bool:
    """Those who group voices, and those who code them."""
    return may_group(speaker, project, now=now) or codes


def may_code(speaker: Speaker, coder: Coder, *, now: datetime) -> bool:
    """A coder, until they are done, while they may read the voices at all."""
    own = speaker.is_member and getattr(speaker, "ref", None) == coder.person_id
    at_work = coder.round.state == Round.State.CODING and coder.done_on is None
    return own and at_work and may_see_board(speaker, coder.round.project, now=now)
