from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.act.decisions import forms, queries, services
from goldenthread.act.decisions.models import Decision
from goldenthread.act.decisions.offers import beside_decisions, offered, papers_of
from goldenthread.act.decisions.permissions import WRITERS, may_publish_decision, may_write_decision
from goldenthread.act.decisions.trail import trail
from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.kit.paging import keyset
from goldenthread.listen.themes.permissions import may_group
from goldenthread.projects.access import permitted_project, project_for, staff_project
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Request
from goldenthread.safety.release.queries import latest
from goldenthread.thread.queries import story_of


@require_GET
def list_decisions(request: Request, project: str) -> HttpResponse:
    """List what was decided in a project, each with its reason."""
    found, now = project_for(request, project), clock.now()
    rows = queries.decisions_of(found, request.speaker, now=now)
    context = {
        "project": found,
        "trail": trail(found, (_("Decisions"), "")),
        "decisions": keyset(rows, order=("-number",), query=request.GET),
        "tally": queries.tally(found),
        "may_write": may_write_decision(request.speaker, found, now=now),
        "beside": beside_decisions(found, request.speaker, now=now),
    }
    return page(request, "decisions/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: Request, project: str) -> HttpResponse:
    """Write a decision down."""
    found = staff_project(request, project, *WRITERS)
    if found.state == Project.State.CLOSED and request.method == "GET":
        messages.info(request, _("This project has closed. Nothing new is decided in it."))
        return redirect("decisions:list", found.address)
    return _write(request, found, None)


@require_http_methods(["GET", "POST"])
def edit(request: Request, project: str, decision: UUID) -> HttpResponse:
    """Write a draft anew; what was typed stays when somebody published or closed meanwhile."""
    found = staff_project(request, project, *WRITERS)
    draft = _decision(request, found, decision)
    over = draft.state == Decision.State.PUBLISHED or found.state == Project.State.CLOSED
    if over and request.method == "GET":
        raise Http404
    return _write(request, found, draft)


@require_GET
def decision(request: Request, project: str, decision: UUID) -> HttpResponse:
    """Show what was decided, by whom, out of what, and why."""
    found, now = project_for(request, project), clock.now()
    shown, speaker = _decision(request, found, decision), request.speaker
    context = {
        "project": found,
        "decision": shown,
        "trail": trail(found, (_("Decisions"), f"/p/{found.address}/decisions/")),
        "who": queries.who_decided(shown),
        "tone": queries.TONES[shown.outcome],
        "rests_on": queries.rests_on(shown, latest(found)),
        "offers": offered("decision", shown, speaker, now=now),
        "papers": papers_of(shown),
        "may_write": may_write_decision(speaker, found, now=now),
        "may_publish": may_publish_decision(speaker, shown, now=now),
        "story": story_of(shown.ref, visible_to=speaker),
    }
    if shown.state == Decision.State.DRAFT:
        context["edition"] = queries.edition(shown)
    return page(request, "decisions/decision.html", context)


@require_POST
def publish(request: Request, project: str, decision: UUID) -> HttpResponse:
    """Publish a decision."""
    found = permitted_project(request, project, may_write_decision)
    draft = _decision(request, found, decision)
    seen = request.POST.get("seen", "")
    services.publish_decision(by=request.user, decision=draft, seen=seen, now=clock.now())
    messages.success(request, _("Published. Next: say who does what, and tell people."))
    return redirect("decisions:decision", found.address, draft.ref)


@require_POST
def drop(request: Request, project: str, decision: UUID) -> HttpResponse:
    """Throw a draft away."""
    found = permitted_project(request, project, may_write_decision)
    draft = _decision(request, found, decision)
    services.drop_draft(by=request.user, decision=draft, now=clock.now())
    messages.success(request, _("The draft is gone."))
    return redirect("decisions:list", found.address)


def _decision(request: Request, project: Project, ref: UUID) -> Decision:
    found = queries.decision_for(request.speaker, project, ref, now=clock.now())
    if found is None:
        raise Http404
    return found


def _write(request: Request, project: Project, draft: Decision | None) -> HttpResponse:
    themes = queries.themes_to_decide(project)
    so_far = forms.written(draft) if draft else {"themes": request.GET.getlist("theme")}
    form = forms.WriteDecision(
        request.POST or None,
        initial={**so_far, "seen": queries.edition(draft)},
        themes=themes,
        groups=queries.groups_that_decide(project),
        meetings=queries.meetings_held(project),
    )
    if form.is_valid():
        with form.refusals():
            kept = services.write_decision(
                by=request.user, project=project, decision=draft, **form.decision(), now=clock.now()
            )
            return redirect("decisions:decision", project.address, kept.ref)
    steps = trail(project, (_("Decisions"), f"/p/{project.address}/decisions/"))
    context = {"project": project, "form": form, "draft": draft, "themes": themes, "trail": steps}
    context["may_group"] = may_group(request.speaker, project, now=clock.now())
    return page(request, "decisions/write.html", context)
