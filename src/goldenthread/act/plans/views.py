from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.act.decisions.models import Decision
from goldenthread.act.decisions.offers import offered
from goldenthread.act.decisions.queries import decision_for
from goldenthread.act.decisions.trail import trail
from goldenthread.act.plans import forms, queries, services
from goldenthread.act.plans.models import Action
from goldenthread.act.plans.permissions import PLANNERS, may_claim, may_note, may_plan
from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.kit.paging import keyset
from goldenthread.projects.access import permitted_project, project_for, staff_project
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Request
from goldenthread.safety.release.queries import latest
from goldenthread.thread.queries import story_of


@require_GET
def list_actions(request: Request, project: str) -> HttpResponse:
    """List who does what by when, what is late, and what is different now."""
    found, now = project_for(request, project), clock.now()
    plans = may_plan(request.speaker, found, now=now)
    context = {
        "project": found,
        "trail": trail(found, (_("Plan"), "")),
        "actions": keyset(queries.actions_of(found), order=("due_on", "ref"), query=request.GET),
        "changes": queries.changes_of(found, request.speaker, now=now)[: queries.MOST_CHANGES],
        "without_action": queries.decisions_without_action(found) if plans else [],
        "today": clock.today(now),
    }
    return page(request, "plans/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: Request, project: str, decision: UUID) -> HttpResponse:
    """Plan an action that follows from a decision."""
    found, now = permitted_project(request, project, may_plan), clock.now()
    follows = decision_for(request.speaker, found, decision, now=now)
    if follows is None or follows.state != Decision.State.PUBLISHED:
        raise Http404
    form = forms.PlanAction(request.POST or None, people=queries.people_to_own(found, now=now))
    if form.is_valid():
        with form.refusals():
            action = services.plan_action(
                by=request.user, decision=follows, **form.cleaned_data, now=now
            )
            messages.success(request, _("Planned. Everyone can follow it now."))
            return redirect("plans:action", found.address, action.ref)
    steps = trail(found, (follows.title, f"/p/{found.address}/decisions/{follows.ref}/"))
    context = {"project": found, "form": form, "decision": follows, "trail": steps}
    return page(request, "plans/new.html", context)


@require_GET
def action(request: Request, project: str, action: UUID) -> HttpResponse:
    """Show an action: who, what, by when, how it goes, what came of it."""
    found = project_for(request, project)
    return _show(request, found, _action(found, action))


@require_POST
def note(request: Request, project: str, action: UUID) -> HttpResponse:
    """Say how an action goes."""
    found, noted = _noted(request, project, action)
    form = forms.NoteProgress(request.POST)
    if form.is_valid():
        with form.refusals():
            services.note_progress(
                by=request.user, action=noted, **form.cleaned_data, now=clock.now()
            )
            return redirect("plans:action", found.address, noted.ref)
    return _show(request, found, noted, note_form=form)


@require_POST
def finish(request: Request, project: str, action: UUID) -> HttpResponse:
    """Say that an action is done."""
    found, noted = _noted(request, project, action)
    services.finish_action(by=request.user, action=noted, now=clock.now())
    messages.success(request, _("Done. Now say what is different because of it."))
    return redirect("plans:action", found.address, noted.ref)


@require_POST
def stop(request: Request, project: str, action: UUID) -> HttpResponse:
    """Stop an action, with the reason."""
    found, noted = _noted(request, project, action)
    form = forms.StopAction(request.POST)
    if form.is_valid():
        with form.refusals():
            services.stop_action(
                by=request.user, action=noted, **form.cleaned_data, now=clock.now()
            )
            return redirect("plans:action", found.address, noted.ref)
    return _show(request, found, noted, stop_form=form)


@require_http_methods(["GET", "POST"])
def claim(request: Request, project: str, action: UUID) -> HttpResponse:
    """Say what is different now."""
    found, now = staff_project(request, project, *PLANNERS), clock.now()
    done = _action(found, action)
    form = forms.ClaimChange(request.POST or None)
    if form.is_valid():
        with form.refusals():
            change = services.claim_change(
                by=request.user, action=done, **form.cleaned_data, now=now
            )
            messages.success(request, _("Kept. In four weeks we ask people whether it is so."))
            return redirect("plans:change", found.address, change.ref)
    steps = trail(found, (done.what, f"/p/{found.address}/actions/{done.ref}/"))
    context = {"project": found, "form": form, "action": done, "trail": steps}
    return page(request, "plans/claim.html", context)


@require_GET
def change(request: Request, project: str, change: UUID) -> HttpResponse:
    """Show what is different now, how one can tell, and what people say about it."""
    found, now = project_for(request, project), clock.now()
    shown = queries.change_for(found, change, request.speaker, now=now)
    if shown is None:
        raise Http404
    steps = [(_("Plan"), f"/p/{found.address}/plan/")]
    if action := shown.action:
        steps.append((action.what, f"/p/{found.address}/actions/{action.ref}/"))
    context = {
        "project": found,
        "change": shown,
        "trail": trail(found, *steps),
        "verdict": queries.verdict_on(shown, latest(found)),
        "offers": offered("change", shown, request.speaker, now=now),
        "story": story_of(shown.ref, visible_to=request.speaker),
    }
    return page(request, "plans/change.html", context)


def _action(project: Project, ref: UUID) -> Action:
    found = queries.action_for(project, ref)
    if found is None:
        raise Http404
    return found


def _noted(request: Request, address: str, ref: UUID) -> tuple[Project, Action]:
    """Fetch an action for someone who may say how it goes; for others it is not there."""
    project = project_for(request, address)
    action = _action(project, ref)
    if not may_note(request.speaker, action, now=clock.now()):
        raise Http404
    return project, action


def _show(request: Request, project: Project, action: Action, **given: Any) -> HttpResponse:
    now = clock.now()
    context = {
        "project": project,
        "action": action,
        "trail": trail(project, (_("Plan"), f"/p/{project.address}/plan/")),
        "tone": queries.TONES[action.state],
        "facts": queries.facts_of(action),
        "overdue": queries.is_overdue(action, today=clock.today(now)),
        "going": action.state in queries.GOING,
        "may_note": may_note(request.speaker, action, now=now),
        "may_claim": may_claim(request.speaker, project, now=now) and action.state != "stopped",
        "note_form": forms.NoteProgress(),
        "stop_form": forms.StopAction(),
        "offers": offered("action", action, request.speaker, now=now),
        "story": story_of(action.ref, visible_to=request.speaker),
    }
    return page(request, "plans/action.html", context | given)
