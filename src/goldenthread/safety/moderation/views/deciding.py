"""For readers and co-leads: what was reported, appeals, and the log of every act."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.kit import clock
from goldenthread.kit.forms import posted
from goldenthread.kit.pages import page
from goldenthread.kit.paging import keyset
from goldenthread.projects.access import permitted_project, there
from goldenthread.projects.speaker import Request
from goldenthread.safety.moderation import forms, permissions, queries, services, shown
from goldenthread.safety.moderation import log as acts
from goldenthread.safety.moderation.services.reporting import outcomes_for

MOST_EXPORTED = 100_000


@require_GET
def reports(request: Request, project: str) -> HttpResponse:
    """List what was reported: what waits, or what was decided."""
    here = permitted_project(request, project, permissions.may_decide)
    decided = "decided" in request.GET
    order = ("-decided_on", "ref") if decided else ("due_at", "ref")
    listed = keyset(queries.reports(here, decided=decided), order=order, query=request.GET)
    context = shown.reports(here, listed, decided=decided, now=clock.now())
    return page(request, "moderation/reports.html", context)


@require_http_methods(["GET", "POST"])
def one_report(request: Request, project: str, report: UUID) -> HttpResponse:
    """Show what was reported and why, and take a decision."""
    here = permitted_project(request, project, permissions.may_decide)
    found = there(queries.report_in(here, report))
    form = forms.Decide(posted(request), outcomes=outcomes_for(found))
    if form.is_valid():
        with form.refusals():
            given = form.cleaned_data
            done = services.decide(by=request.user, report=found, **given, now=clock.now())
            messages.success(request, _("Decided. Whoever reported it sees it with their receipt."))
            if done.outcome == done.Outcome.MASKING:
                return redirect("reading:item", here.address, done.words_id)
            return redirect("moderation:reports", here.address)
    context = shown.report(here, found, visible_to=request.speaker, now=clock.now())
    return page(request, "moderation/one_report.html", context | {"form": form})


@require_GET
def appeals(request: Request, project: str) -> HttpResponse:
    """List the appeals that wait."""
    here = permitted_project(request, project, permissions.may_hear_appeals)
    listed = keyset(queries.appeals(here), order=("due_on", "ref"), query=request.GET)
    reads = permissions.may_decide(request.speaker, here, now=clock.now())
    context = shown.appeals(here, listed, now=clock.now()) | {"reads": reads}
    return page(request, "moderation/appeals.html", context)


@require_http_methods(["GET", "POST"])
def appeal(request: Request, project: str, appeal: UUID) -> HttpResponse:
    """Show an appeal, and decide on it as someone who had no part in the removal."""
    here = permitted_project(request, project, permissions.may_hear_appeals)
    found = there(queries.appeal_in(here, appeal))
    form = forms.DecideAppeal(posted(request))
    if form.is_valid():
        with form.refusals():
            given = form.cleaned_data
            services.decide_appeal(by=request.user, appeal=found, **given, now=clock.now())
            messages.success(request, _("Decided. The author reads it with their words."))
            return redirect("moderation:appeals", here.address)
    context = shown.appeal(here, found, by=request.user, now=clock.now())
    return page(request, "moderation/appeal.html", context | {"form": form})


@require_GET
def log(request: Request, project: str) -> HttpResponse:
    """List every act of moderation, newest first."""
    here = permitted_project(request, project, permissions.may_read_log)
    listed = keyset(acts.entries(here), order=("-seq",), query=request.GET, size=50)
    return page(request, "moderation/log.html", shown.log(here, listed))


@require_GET
def log_csv(request: Request, project: str) -> HttpResponse:
    """Hand out the whole log as CSV."""
    return _exported(request, project, acts.as_csv, "text/csv", "csv")


@require_GET
def log_json(request: Request, project: str) -> HttpResponse:
    """Hand out the whole log as JSON."""
    return _exported(request, project, acts.as_json, "application/json", "json")


def _exported(
    request: Request, project: str, write: Callable[..., str], kind: str, ending: str
) -> HttpResponse:
    here = permitted_project(request, project, permissions.may_read_log)
    rows: Any = acts.entries(here).order_by("seq")[:MOST_EXPORTED]
    answer = HttpResponse(write(acts.line_of(each) for each in rows), content_type=kind)
    name = f"moderation-{here.address}.{ending}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
