"""Whether people can speak now; and if not, why."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.text import say_day
from goldenthread.projects import hours, rota
from goldenthread.projects.models import Duty, Project, ProjectRole, Stage
from goldenthread.projects.roles import in_good_standing

State = Project.State


@dataclass(frozen=True)
class Listening:
    """Whether the box is open, and if not, why: a code, and a sentence for people."""

    is_open: bool
    code: str = ""
    sentence: str = ""
    next_reading: datetime | None = None
    gap: hours.Stretch | None = None  # no reader for a day or more: from when to when
    until: date | None = None


def is_listening(project: Project, *, now: datetime) -> bool:
    """Return whether people can write in the box now."""
    return listening(project, now=now).is_open


def why_not_listening(project: Project, *, now: datetime) -> str:
    """Return the sentence that says why the box is closed; nothing while it is open."""
    return listening(project, now=now).sentence


def listening(project: Project, *, now: datetime) -> Listening:
    """Tell whether the box is open, or who closed it, and when somebody reads next."""
    window = Stage.objects.filter(project=project, name=Stage.Name.LISTEN).first()
    return listening_in(project, window, now=now)


def listening_in(project: Project, window: Stage | None, *, now: datetime) -> Listening:
    """Tell the same where the days of listening have been fetched already."""
    if shut := _by_state(project, window, now):
        return shut
    wanted = (ProjectRole.Name.READER, ProjectRole.Name.SAFEGUARDER)
    roles = list(in_good_standing().filter(project=project, name__in=wanted))
    duties: list[Any] = list(
        Duty.objects.filter(project=project).annotate(off=ArraySubquery(rota.DAYS_OFF))
    )
    off = rota.days_off_from(duties[0].off if duties else [])
    week = rota.rota_from(project, duties, roles, off)
    return _staffed(window, week, safeguarded=_has_safeguarder(roles, now), now=now)


def listening_from(
    project: Project,
    window: Stage | None,
    week: rota.Rota,
    *,
    safeguarded: bool,
    now: datetime,
) -> Listening:
    """Tell the same from what has been fetched already."""
    shut = _by_state(project, window, now)
    return shut or _staffed(window, week, safeguarded=safeguarded, now=now)


def _by_state(project: Project, window: Stage | None, now: datetime) -> Listening | None:
    """Return what the state, the days and the box say, before anyone asks who reads."""
    today = clock.today(now)
    if project.state != State.OPEN:
        return _shut(project.state)
    if window is None or today < window.opens_on:
        return _shut("not-yet", day=window.opens_on) if window else _shut(State.DRAFT)
    if today > window.closes_on:
        return _shut("over", day=window.closes_on)
    return _shut(project.box_closed_because) if project.box_closed_because else None


def _staffed(
    window: Stage | None,
    week: rota.Rota,
    *,
    safeguarded: bool,
    now: datetime,
) -> Listening:
    """Return an open box if somebody reads soon and somebody owns worries about safety."""
    reading = hours.next_of(week, now=now)
    if reading is None:
        return _shut("no-reader")
    if reading - now > rota.SOON:
        return _shut("long-gap", day=clock.today(reading))
    if not safeguarded:
        return _shut("no-safeguarder")
    return Listening(
        is_open=True,
        next_reading=reading,
        gap=hours.gap_ahead(week, now=now),
        until=window.closes_on if window else None,
    )


def _has_safeguarder(roles: list[ProjectRole], now: datetime) -> bool:
    """Return whether somebody owns concerns about safety today."""
    today = clock.today(now)
    return any(
        each.name == ProjectRole.Name.SAFEGUARDER
        and each.starts_on <= today
        and (each.ends_on is None or each.ends_on >= today)
        for each in roles
    )


def _shut(code: str, *, day: date | None = None) -> Listening:
    return Listening(is_open=False, code=code, sentence=_say(code, say_day(day) if day else ""))


def _say(code: str, day: str) -> str:
    sentences = {
        "draft": _("We are still getting ready. You cannot write here yet."),
        "not-yet": _("We start to listen on %(day)s. You cannot write here yet."),
        "over": _("We stopped listening on %(day)s. You can still see what comes of it."),
        "closed": _("This project has ended. You can still see what came of it."),
        "readers-late": _(
            "More has come in than we can read in time. We have closed the box until we have "
            "read it. Nothing you sent is lost."
        ),
        "paused": _("We have closed the box for a while. Please come back later."),
        "no-reader": _(
            "Nobody is here to read what you write. The box stays closed until somebody is."
        ),
        "long-gap": _(
            "Nobody reads before %(day)s. The box stays closed until shortly before. "
            "What you sent already is safe."
        ),
        "no-safeguarder": _(
            "Nobody is here to look after worries about safety. "
            "The box stays closed until somebody is."
        ),
    }
    return sentences[code] % {"day": day}
