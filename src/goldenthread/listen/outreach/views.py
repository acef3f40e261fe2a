"""Who has not been heard: in short for everyone, in full for those who do something about it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.listen.outreach import forms, permissions, queries, services, shown
from goldenthread.listen.outreach.models import OutreachAction
from goldenthread.projects.access import permitted_project, project_for, there
from goldenthread.projects.models import Project
from goldenthread.projects.permissions import administers_its_organisation
from goldenthread.projects.speaker import Request
from goldenthread.safety.equality.queries import asked_by

GET_POST = require_http_methods(["GET", "POST"])


@require_GET
def missing(request: Request, project: str) -> HttpResponse:
    """Show in short who has not been heard, and what is being done."""
    found, now = project_for(request, project), clock.now()
    context = shown.missing(found, now=now) | {
        "crumbs": shown.crumbs(found, (_("Who has not been heard"), "")),
        "actions": shown.actions(queries.actions_of(found), today=clock.today(now)),
        "may_look": permissions.may_look(request.speaker, found, now=now),
    }
    return page(request, "outreach/missing.html", context)


@require_GET
def organisers(request: Request, project: str) -> HttpResponse:
    """Show all of it: each group, each place, and every plan with its owner."""
    found, now = permitted_project(request, project, permissions.may_look), clock.now()
    context = shown.missing(found, now=now) | {
        "crumbs": shown.crumbs(found, (_("Who has not been heard"), "")),
        "actions": shown.actions(queries.actions_of(found), today=clock.today(now)),
        "may_plan": permissions.may_plan(request.speaker, found, now=now),
        "may_enter": administers_its_organisation(request.speaker, found, now=now),
        "plan_href": shown.plan_href(found),
    }
    return page(request, "outreach/organisers.html", context)


@GET_POST
def new(request: Request, project: str) -> HttpResponse:
    """Plan how to reach people."""
    found = permitted_project(request, project, permissions.may_plan)
    form = forms.PlanOutreach(
        request.POST or None,
        initial={"for_key": request.GET.get("for", "")},
        people=queries.people_to_own(found, now=clock.now()),
        names=queries.names_of(found, asked=asked_by(found) is not None),
    )
    if form.is_valid():
        with form.refusals():
            services.plan_outreach(
                by=request.user, project=found, **form.cleaned_data, now=clock.now()
            )
            messages.success(request, _("Planned. It stands below."))
            return redirect("outreach:organisers", found.address)
    way = (_("Who has not been heard"), reverse("outreach:organisers", args=[found.address]))
    context = {"project": found, "form": form, "crumbs": shown.crumbs(found, way)}
    return page(request, "outreach/plan.html", context)


@GET_POST
def change(request: Request, project: str, outreach: UUID) -> HttpResponse:
    """Change a plan, or say that it is being done."""
    found = permitted_project(request, project, permissions.may_plan)
    action = _open(found, outreach)
    names = ("what", "for_key", "owner", "due_on", "state")
    form = forms.ChangeOutreach(
        request.POST or None,
        initial={name: getattr(action, name) for name in names},
        people=queries.people_to_own(found, now=clock.now()),
        names=queries.names_of(found, asked=asked_by(found) is not None),
    )
    if form.is_valid():
        with form.refusals():
            services.change_outreach(
                by=request.user, action=action, **form.cleaned_data, now=clock.now()
            )
            messages.success(request, _("Saved."))
            return redirect("outreach:organisers", found.address)
    way = (_("Who has not been heard"), reverse("outreach:organisers", args=[found.address]))
    context = {"project": found, "form": form, "action": action}
    context["crumbs"] = shown.crumbs(found, way)
    return page(request, "outreach/plan.html", context)


@GET_POST
def end(request: Request, project: str, outreach: UUID) -> HttpResponse:
    """Say what came of it."""
    found, now = project_for(request, project), clock.now()
    action = _open(found, outreach)
    if not permissions.may_end(request.speaker, action, now=now):
        raise Http404
    form = forms.EndOutreach(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.end_outreach(by=request.user, action=action, **form.cleaned_data, now=now)
            messages.success(request, _("Kept. Everyone can read what came of it."))
            looks = permissions.may_look(request.speaker, found, now=now)
            return redirect("outreach:organisers" if looks else "outreach:missing", found.address)
    [line] = shown.actions([action], today=clock.today(now))
    context = {"project": found, "form": form, "action": action, "line": line}
    way = (_("Who has not been heard"), reverse("outreach:missing", args=[found.address]))
    context["crumbs"] = shown.crumbs(found, way)
    return page(request, "outreach/end.html", context)


def _open(project: Project, ref: UUID) -> OutreachAction:
    """Return a plan that has not ended; else 404."""
    action = there(queries.action_in(project, ref))
    if not action.is_open:
        raise Http404
    return action
