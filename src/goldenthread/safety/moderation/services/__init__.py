"""Everything that writes in moderation. Each file is about one way of being heard."""

from goldenthread.safety.moderation.services.appealing import appeal, decide_appeal
from goldenthread.safety.moderation.services.complaining import acknowledge, answer, complain
from goldenthread.safety.moderation.services.reporting import decide, report

__all__ = ["acknowledge", "answer", "appeal", "complain", "decide", "decide_appeal", "report"]
