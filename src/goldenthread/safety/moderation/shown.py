"""What the pages of moderation show, put into words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.paging import Page
from goldenthread.kit.shapes import Crumb, FilterGroup, FilterOption
from goldenthread.organisations.models import Organisation
from goldenthread.projects.models import Project
from goldenthread.safety.moderation import permissions, policy, queries, registry
from goldenthread.safety.moderation.log import line_of
from goldenthread.safety.moderation.models import Appeal, Complaint, Report
from goldenthread.safety.reading import reasons
from goldenthread.safety.reading.author import is_taken_back
from goldenthread.thread.models import Entry
from goldenthread.thread.published import say_when


@dataclass(frozen=True)
class Row:
    """One line of a list: what it is, where it is dealt with, whether it is late or done."""

    text: str
    href: str
    on: Any
    late: bool = False
    done: str = ""


def reports(
    project: Project, listed: Page[Report], *, decided: bool, now: datetime
) -> dict[str, Any]:
    """The list of reports."""
    tabs = _tabs(_("Waiting"), _("Decided"), "decided", second=decided)
    rows = [
        Row(
            text=said(each),
            href=reverse("moderation:one_report", args=[project.address, each.ref]),
            on=each.received_on,
            late=not decided and each.due_at < now,
            done=str(each.get_outcome_display()) if decided else "",
        )
        for each in listed
    ]
    around = _around(project, _("Reports"))
    return around | {"rows": rows, "listed": listed, "tabs": tabs, "decided": decided}


def said(report: Report) -> str:
    """Say why something was reported."""
    return str(policy.REASONS[report.because])


def report(project: Project, found: Report, *, visible_to: Any, now: datetime) -> dict[str, Any]:
    """One report, with everything that was said about the same thing."""
    thing = registry.found(found.kind, project, found.about, visible_to=visible_to, now=now)
    waiting = queries.same_thing(found) if found.decided_on is None else [found]
    return _around(project, _("Reports"), "moderation:reports") | {
        "report": found,
        "thing": thing,
        "notes": [(said(each), each.note or "", each.received_on) for each in waiting],
        "late": found.decided_on is None and found.due_at < now,
    }


def appeals(project: Project, listed: Page[Appeal], *, now: datetime) -> dict[str, Any]:
    """The list of appeals."""
    rows = [
        Row(
            text=reasons.said(each.words.unpublished_because),
            href=reverse("moderation:appeal", args=[project.address, each.ref]),
            on=each.due_on,
            late=each.due_on < clock.today(now),
        )
        for each in listed
    ]
    return _around(project, _("Appeals")) | {"rows": rows, "listed": listed}


def appeal(project: Project, found: Appeal, *, by: Any, now: datetime) -> dict[str, Any]:
    """One appeal: the words, why they were taken down, and what their author says."""
    removal = getattr(found.words, "removal", None)
    return _around(project, _("Appeals"), "moderation:appeals") | {
        "appeal": found,
        "taken_back": is_taken_back(found.words),
        "because": reasons.said(found.words.unpublished_because)
        if found.words.unpublished_because
        else "",
        "may_decide": found.decided_on is None
        and permissions.may_decide_appeal(by, project, removal, now=now),
        "late": found.decided_on is None and found.due_on < clock.today(now),
    }


def log(project: Project, listed: Page[Entry]) -> dict[str, Any]:
    """The log, a page at a time."""
    headers = [_("What was done"), _("When"), _("By"), _("Reason or outcome"), _("Number")]
    lines = [line_of(each) for each in listed]
    rows = [
        [line.act, capfirst(say_when(line.day)), line.role, line.reason, line.number]
        for line in lines
    ]
    around = _around(project, _("Moderation log"))
    return around | {"headers": headers, "rows": rows, "listed": listed}


def complaints(
    organisation: Organisation, listed: Page[Complaint], *, answered: bool, now: datetime
) -> dict[str, Any]:
    """The list of complaints."""
    tabs = _tabs(_("Waiting"), _("Answered"), "answered", second=answered)
    today = clock.today(now)
    rows = [
        Row(
            text=str(each.get_about_display()),
            href=reverse("moderation:complaint", args=[organisation.address, each.ref]),
            on=each.received_on,
            late=each.acknowledged_on is None and each.acknowledge_by < today,
            done=_("Answered") if answered else _("Acknowledged") if each.acknowledged_on else "",
        )
        for each in listed
    ]
    return {"organisation": organisation, "rows": rows, "listed": listed, "tabs": tabs} | {
        "answered": answered
    }


def complaint(organisation: Organisation, found: Complaint, *, now: datetime) -> dict[str, Any]:
    """One complaint, and how it stands by the clock."""
    late = found.acknowledged_on is None and found.acknowledge_by < clock.today(now)
    return {"organisation": organisation, "complaint": found, "late": late}


def _around(project: Project, title: str, inner: str = "") -> dict[str, Any]:
    home = reverse("pages:organisation", args=[project.organisation.address])
    here = reverse("pages:project", args=[project.address])
    last = Crumb(title, reverse(inner, args=[project.address])) if inner else Crumb(title)
    crumbs = [Crumb(project.organisation.name, home), Crumb(project.title, here), last]
    return {"project": project, "title": title, "crumbs": crumbs}


def _tabs(first: str, other: str, name: str, *, second: bool) -> list[FilterGroup]:
    options = [
        FilterOption(first, "?", current=not second),
        FilterOption(other, f"?{name}", current=second),
    ]
    return [FilterGroup(_("Show"), options)]
