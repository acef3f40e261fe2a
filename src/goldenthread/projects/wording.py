"""Words that several files of this room share."""

from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.text import say_day, say_hour

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
    """9 am, 2:30 pm."""
    return say_hour(datetime.combine(date.min, moment))


def say_moment(moment: datetime) -> str:
    """Tuesday 10 March 2026, 9 am."""
    local = timezone.localtime(moment)
    return f"{WEEKDAYS[local.weekday()]} {say_day(local)}, {say_time(local.time())}"


def say_gap(gap: tuple[datetime, datetime] | None, *, now: datetime) -> str:
    """Nobody reads between Friday 5 pm and Tuesday 9 am. Nothing where there is no gap."""
    if gap is None:
        return ""
    near = all(abs((clock.today(each) - clock.today(now)).days) < len(WEEKDAYS) for each in gap)
    ends = [_say_end(each, near=near) for each in gap]
    sentence = _("Nobody reads between %(from)s and %(until)s.")
    return sentence % dict(zip(("from", "until"), ends, strict=True))


def _say_end(moment: datetime, *, near: bool) -> str:
    local = timezone.localtime(moment)
    words = {"weekday": _(WEEKDAYS[local.weekday()]), "hour": say_hour(local)}
    if near:
        return _("%(weekday)s %(hour)s") % words
    return _("%(weekday)s %(day)s, %(hour)s") % {**words, "day": say_day(local)}
