"""Dates that lie ahead of the projects themselves: what is promised, stages, days of the rota."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.people.accounts.models import Person
from goldenthread.projects.ahead import Ahead, dates
from goldenthread.projects.models import Duty, Project, Stage, Terms
from goldenthread.projects.wording import say_time

WEEK = 7


@dates
def promised_and_planned(
    person: Person, projects: list[Project], *, now: datetime
) -> Iterator[Ahead]:
    """Say by when people hear, when stages begin and end, and when the person reads."""
    newest = Terms.objects.filter(project=OuterRef("project")).order_by("-version")
    terms = Terms.objects.filter(project__in=projects, version=newest.values("version")[:1])
    for each in terms.select_related("project"):
        title, href = each.project.title, reverse("projects:terms", args=[each.project.address])
        hear = _("People who spoke in “%(title)s” are to hear.") % {"title": title}
        debrief = _("The debrief of “%(title)s” is promised.") % {"title": title}
        yield Ahead(each.hear_by, hear, href)
        yield Ahead(each.debrief_on, debrief, href)
    for stage in Stage.objects.filter(project__in=projects).select_related("project"):
        words = {"stage": stage.get_name_display(), "title": stage.project.title}
        href = reverse("pages:project", args=[stage.project.address])
        yield Ahead(stage.opens_on, _("%(stage)s begins in “%(title)s”.") % words, href)
        yield Ahead(stage.closes_on, _("%(stage)s ends in “%(title)s”.") % words, href)
    yield from _reading(person, projects, now)


def _reading(person: Person, projects: list[Project], now: datetime) -> Iterator[Ahead]:
    """Say on which day of the coming week each stretch of the rota comes next."""
    today = clock.today(now)
    duties = Duty.objects.filter(reader=person, project__in=projects).select_related("project")
    for duty in duties:
        following = today + timedelta(days=(duty.weekday - today.weekday()) % WEEK)
        times = {"from": say_time(duty.from_time), "until": say_time(duty.until_time)}
        href = reverse("projects:rota", args=[duty.project.address])
        yield Ahead(duty.only_on or following, _says(duty) % times, href)


def _says(duty: Duty) -> str:
    if duty.only_on and duty.stand_in:
        return _("Stands in on the rota, %(from)s to %(until)s.")
    if duty.only_on:
        return _("Reads by the rota, %(from)s to %(until)s.")
    if duty.stand_in:
        return _("Stands in on the rota, %(from)s to %(until)s, each week.")
    return _("Reads by the rota, %(from)s to %(until)s, each week.")
