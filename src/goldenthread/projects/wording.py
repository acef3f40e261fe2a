"""Words that several files of this room share."""

from datetime import datetime, time

from django.utils import timezone

from goldenthread.kit.text import say_day

NAMES = {
    "question": "what you ask",
    "can_change": "what can change",
    "cannot_change": "what cannot change",
    "who_decides": "who decides",
    "risks_accepted": "which risks you accept",
    "what_people_get_back": "what people get back",
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def say_time(moment: time) -> str:
    """9:00, 14:30."""
    return f"{moment.hour}:{moment.minute:02}"


def say_moment(moment: datetime) -> str:
    """Tuesday 10 March 2026, 9:00."""
    local = timezone.localtime(moment)
    return f"{WEEKDAYS[local.weekday()]} {say_day(local)}, {say_time(local.time())}"
