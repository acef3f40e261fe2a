"""Words that several files of this room share."""

from datetime import date, datetime, time

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from goldenthread.kit import clock
from goldenthread.kit.text import Text, say_day, say_hour

NOT_SAID: dict[str, Text] = {
    "question": gettext_lazy("The terms do not say what you ask."),
    "can_change": gettext_lazy("The terms do not say what can change."),
    "cannot_change": gettext_lazy("The terms do not say what cannot change."),
    "who_decides": gettext_lazy("The terms do not say who decides."),
    "risks_accepted": gettext_lazy("The terms do not say which risks you accept."),
    "what_people_get_back": gettext_lazy("The terms do not say what people get back."),
}
SAY_FIRST: dict[str, Text] = {
    "question": gettext_lazy("Please say what you ask first."),
    "can_change": gettext_lazy("Please say what can change first."),
    "cannot_change": gettext_lazy("Please say what cannot change first."),
    "who_decides": gettext_lazy("Please say who decides first."),
    "risks_accepted": gettext_lazy("Please say which risks you accept first."),
    "what_people_get_back": gettext_lazy("Please say what people get back first."),
}
NAMES = tuple(NOT_SAID)
WEEKDAYS = (  # translated when they are shown
    gettext_noop("Monday"),
    gettext_noop("Tuesday"),
    gettext_noop("Wednesday"),
    gettext_noop("Thursday"),
    gettext_noop("Friday"),
    gettext_noop("Saturday"),
    gettext_noop("Sunday"),
)


def say_time(moment: time) -> str:
    """9 am, 2:30 pm."""
    return say_hour(datetime.combine(date.min, moment))


def say_moment(moment: datetime) -> str:
    """Tuesday 10 March 2026, 9 am."""
    local = timezone.localtime(moment)
    return _("%(weekday)s %(day)s, %(hour)s") % {
        "weekday": _(WEEKDAYS[local.weekday()]),
        "day": say_day(local),
        "hour": say_time(local.time()),
    }


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
