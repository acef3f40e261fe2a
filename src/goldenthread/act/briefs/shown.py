"""What the pages of briefs show, put together from queries."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.act.briefs import permissions, queries
from goldenthread.act.briefs.models import Brief, BriefOption, Delegation
from goldenthread.act.decisions.models import Decision
from goldenthread.act.decisions.queries import TONES
from goldenthread.act.decisions.trail import trail
from goldenthread.kit import clock
from goldenthread.kit.text import say_day
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Speaker
from goldenthread.safety.release.queries import latest_for

BRINGS = {  # what an option would bring to those who asked
    "yes": gettext_lazy("People get what they asked for"),
    "partly": gettext_lazy("People get part of what they asked for"),
    "no": gettext_lazy("People do not get what they asked for"),
}


def decisions(project: Project) -> tuple[str, str]:
    """Return the step to the decisions of a project."""
    return _("Decisions"), reverse("decisions:list", args=[project.address])


def briefs_at(project: Project) -> str:
    """Return where the briefs of a project are."""
    return reverse("briefs:list", args=[project.address])


def stands_at(brief: Brief, *, now: datetime) -> tuple[str, str]:
    """Say where a brief stands, in a few words, with their tone."""
    if brief.decision is not None:
        outcome = Decision.Outcome(brief.decision.outcome)
        return str(outcome.label), TONES[outcome]
    if brief.state == Brief.State.DRAFT:
        return _("Draft: only organisers see it"), "quiet"
    if queries.is_overdue(brief, today=clock.today(now)):
        return _("Overdue"), "stop"
    return _("Waits for a decision"), "care"


def line(brief: Brief, *, opens: bool, now: datetime) -> dict[str, Any]:
    """Return one line of the list: what is asked, by when, and where it stands."""
    says, tone = stands_at(brief, now=now)
    decided_at = [brief.project.address, brief.decision_id]
    return {
        "brief": brief,
        "says": says,
        "tone": tone,
        "days": _days(brief),
        "opens": opens,
        "decision_at": reverse("decisions:decision", args=decided_at) if brief.decision else "",
    }


def _days(brief: Brief) -> str:
    days = {"day": say_day(brief.decide_by)}
    if brief.decision is None:
        return _("Decide by %(day)s") % days
    days["on"] = say_day(brief.decision.decided_on)
    return _("Decided on %(on)s; it was asked for by %(day)s") % days


def whole(seen: queries.Seen, speaker: Speaker, *, now: datetime) -> dict[str, Any]:
    """Gather the page of a brief."""
    brief, project, may_decide = seen.brief, seen.brief.project, seen.may_decide
    says = stands_at(brief, now=now)
    figures = latest_for(speaker, project, now=now)
    return {
        "project": project,
        "trail": trail(project, decisions(project), (_("Asked for"), briefs_at(project))),
        "brief": brief,
        "says": says[0],
        "tone": says[1],
        "said": queries.said_in(brief, figures),
        "figures": figures,
        "options": list(_options(brief, chooses=may_decide)),
        "who": queries.who_decides(brief, seen.standing, now=now),
        "may_decide": may_decide,
        "in_the_name_of": in_the_name_of(brief, speaker, now=now) if may_decide else "",
        "may_prepare": permissions.may_prepare_brief(speaker, project, now=now),
        "may_delegate": permissions.is_asked(speaker, brief, now=now),
        "days": _days(brief),
    }


def _options(brief: Brief, *, chooses: bool) -> Iterator[dict[str, Any]]:
    for each in brief.on_the_table:  # type: ignore[attr-defined]  # annotated
        href = reverse("briefs:decide", args=[brief.project.address, brief.ref, each["ref"]])
        yield {
            **each,
            "facts": costs(each["cost"], each["risk"]),
            "brings": str(BRINGS[each["outcome"]]),
            "tone": TONES[each["outcome"]],
            "href": href if chooses else "",
        }


def costs(cost: str, risk: str) -> list[tuple[str, str]]:
    """Return what an option costs and what could go wrong, as facts."""
    return [(_("What it costs"), cost), (_("What could go wrong"), risk)]


def choice(brief: Brief, option: BriefOption, speaker: Speaker, *, now: datetime) -> dict[str, Any]:
    """Gather the page on which an option is decided on."""
    project = brief.project
    here = (brief.title, reverse("briefs:brief", args=[project.address, brief.ref]))
    return {
        "project": project,
        "trail": trail(project, decisions(project), here),
        "brief": brief,
        "option": option,
        "facts": costs(option.cost, option.risk),
        "in_the_name_of": in_the_name_of(brief, speaker, now=now),
    }


def in_the_name_of(brief: Brief, speaker: Speaker, *, now: datetime) -> str:
    """Return in whose name the speaker would decide; nothing in their own."""
    if permissions.is_asked(speaker, brief, now=now) or brief.asked_of is None:
        return ""
    return brief.asked_of.name


def delegation(kept: Delegation, speaker: Speaker, *, now: datetime) -> dict[str, Any]:
    """Say who decides in whose name, on what and until when."""
    names = {"name": kept.delegate.name, "other": kept.decision_maker.name}
    own = kept.decision_maker == speaker
    says = _("%(name)s decides in your name") if own else _("You decide in the name of %(other)s")
    on = kept.brief.title if kept.brief else _("everything that is asked")
    stands = queries.counts(kept, now=now)
    until = kept.withdrawn_on or kept.ends_on
    about = {"what": on, "day": say_day(until)}
    detail = _("On: %(what)s. Until %(day)s.") if stands else _("On: %(what)s. Over since %(day)s.")
    return {
        "ref": kept.ref,
        "says": says % names,
        "detail": detail % about,
        "stands": stands,
        "end": _("Withdraw") if own else _("Step down"),
    }
