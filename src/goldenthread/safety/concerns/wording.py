"""How the parts of a case are said, on its sheet and in its history."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from goldenthread.kit.text import say_day
from goldenthread.safety.concerns.listen import STEPS
from goldenthread.safety.concerns.models import Concern, ListenStep


def say_worry(why: str) -> str:
    """Say that this is what a reader sees."""
    return _("What worries the reader: %(why)s") % {"why": why}


def say_step(marked: ListenStep) -> str:
    """Say which step it was, whether it was done, and who does what comes next."""
    said = _("%(step)s: done. %(text)s") if marked.done else _("%(step)s: not done. %(text)s")
    line = (said % {"step": STEPS[marked.step][0], "text": marked.text or ""}).strip()
    if marked.who and marked.due_on:
        next_one = {"who": marked.who, "day": say_day(marked.due_on)}
        line += " " + _("%(who)s, by %(day)s.") % next_one
    return line


def say_ending(concern: Concern) -> Iterator[str]:
    """Say how a case ended: what came of it, what was done, and why nobody else was told."""
    yield f"{concern.get_outcome_display()}. {concern.what_was_done or ''}".strip()
    yield _("Asked how it is for them now? %(answer)s.") % {"answer": concern.get_checked_display()}
    if concern.told_because:
        yield _("Why nobody else was told: %(why)s") % {"why": concern.told_because}
