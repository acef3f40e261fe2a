"""Briefs: what is asked, deciding in three clicks, and who decides in whose name."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.act.briefs import forms, paper, permissions, queries, services, shown
from goldenthread.act.briefs.models import Brief
from goldenthread.act.decisions.queries import themes_to_decide
from goldenthread.act.decisions.trail import trail
from goldenthread.kit import clock
from goldenthread.kit.forms import posted
from goldenthread.kit.pages import page
from goldenthread.kit.paging import keyset
from goldenthread.projects.access import permitted_project, project_for, there
from goldenthread.projects.models import Project
from goldenthread.projects.poster import BriefPage, make_brief
from goldenthread.projects.speaker import Request
from goldenthread.safety.release.queries import latest_for

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
GET_POST = require_http_methods(["GET", "POST"])


@require_GET
def list_briefs(request: Request, project: str) -> HttpResponse:
    """List what was asked for, by when, and what came of it."""
    found, now = project_for(request, project), clock.now()
    rows = queries.briefs_of(found, request.speaker, now=now)
    listed = keyset(rows, order=("-number",), query=request.GET)
    for each in listed.rows:
        each.project = found
    opened = queries.opened_to(request.speaker, found, listed.rows, now=now)
    context = {
        "project": found,
        "trail": trail(found, shown.decisions(found), (_("Asked for"), "")),
        "listed": listed,
        "lines": [shown.line(each, opens=each.ref in opened, now=now) for each in listed.rows],
        "may_prepare": permissions.may_prepare_brief(request.speaker, found, now=now),
        "may_delegate": permissions.may_delegate(request.speaker, found, now=now),
        "delegates": queries.delegates_of(found, now=now),
    }
    return page(request, "briefs/list.html", context)


@require_GET
def brief(request: Request, project: str, brief: UUID) -> HttpResponse:
    """Show a brief on one page; who decides chooses an option here."""
    found = _seen(request, project, brief)
    return page(request, "briefs/brief.html", shown.whole(found, request.speaker, now=clock.now()))


@require_GET
def pdf(request: Request, project: str, brief: UUID) -> HttpResponse:
    """Hand out a brief on one page, to print."""
    return _file(make_brief(_paper(request, project, brief)), f"{project}-brief.pdf", PDF)


@require_GET
def word(request: Request, project: str, brief: UUID) -> HttpResponse:
    """Hand out a brief for the papers of a meeting."""
    return _file(paper.as_docx(_paper(request, project, brief)), f"{project}-brief.docx", DOCX)


def _paper(request: Request, project: str, ref: UUID) -> BriefPage:
    found, now = _seen(request, project, ref), clock.now()
    figures = latest_for(request.speaker, found.brief.project, now=now)
    return paper.page_of(found, figures, now=now)


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-cache",
    }
    return HttpResponse(content, content_type=kind, headers=headers)


@GET_POST
def new(request: Request, project: str) -> HttpResponse:
    """Write a brief."""
    found = permitted_project(request, project, permissions.may_prepare_brief)
    return _write(request, found, None)


@GET_POST
def edit(request: Request, project: str, brief: UUID) -> HttpResponse:
    """Write a draft anew."""
    found = permitted_project(request, project, permissions.may_prepare_brief)
    draft = _brief(request, project, brief)
    if draft.state != Brief.State.DRAFT:
        raise Http404
    return _write(request, found, draft)


@require_POST
def give(request: Request, project: str, brief: UUID) -> HttpResponse:
    """Hand a brief over."""
    found = _own(request, project, brief)
    services.give_brief(by=request.user, brief=found, now=clock.now())
    messages.success(request, _("Handed over. We write to those who decide."))
    return redirect("briefs:brief", project, found.ref)


@require_POST
def take_back(request: Request, project: str, brief: UUID) -> HttpResponse:
    """Take a brief back."""
    found = _own(request, project, brief)
    services.take_back(by=request.user, brief=found, now=clock.now())
    messages.success(request, _("It is a draft again."))
    return redirect("briefs:brief", project, found.ref)


@require_POST
def drop(request: Request, project: str, brief: UUID) -> HttpResponse:
    """Throw a draft away."""
    found = _own(request, project, brief)
    services.drop_brief(by=request.user, brief=found, now=clock.now())
    messages.success(request, _("The draft is gone."))
    return redirect("briefs:list", project)


@GET_POST
def decide(request: Request, project: str, brief: UUID, option: UUID) -> HttpResponse:
    """Look once more at the option that was chosen, say why, and decide."""
    seen, now = _seen(request, project, brief), clock.now()
    found = seen.brief
    late = request.method == "POST" and permissions.is_up_to(request.speaker, found, now=now)
    if not (seen.may_decide or late):  # too late, they hear why and keep what they wrote
        raise Http404
    chosen = there(queries.option_in(found, option))
    form = forms.Decide(posted(request), initial={"outcome": chosen.outcome})
    if form.is_valid():
        with form.refusals():
            made = services.decide(
                by=request.user, brief=found, option=chosen, **form.cleaned_data, now=now
            )
            messages.success(request, _("Decided, and out for everyone to read."))
            return redirect("decisions:decision", project, made.ref)
    context = shown.choice(found, chosen, request.speaker, now=now) | {"form": form}
    return page(request, "briefs/decide.html", context)


@GET_POST
def delegates(request: Request, project: str) -> HttpResponse:
    """Name who decides in one's name; withdraw them, or step down."""
    found, now = project_for(request, project), clock.now()
    may_name = permissions.may_delegate(request.speaker, found, now=now)
    own = queries.delegations_of(request.speaker, found)
    if not may_name and not own:
        raise Http404
    waiting = queries.waiting_for(request.user, found)
    chosen = {"brief": request.GET.get("brief", "")}
    form = forms.NameDelegate(posted(request) if may_name else None, briefs=waiting, initial=chosen)
    if form.is_valid():
        with form.refusals():
            services.name_delegate(by=request.user, project=found, **form.cleaned_data, now=now)
            messages.success(request, _("Named. We write to them."))
            return redirect("briefs:delegates", project)
    context = {"project": found, "form": form, "may_name": may_name}
    context["lines"] = [shown.delegation(each, request.speaker, now=now) for each in own]
    asked = (_("Asked for"), shown.briefs_at(found))
    context["trail"] = trail(found, shown.decisions(found), asked, (_("In your name"), ""))
    return page(request, "briefs/delegates.html", context)


@require_POST
def end_delegation(request: Request, project: str, delegation: UUID) -> HttpResponse:
    """Withdraw a delegate, or step down as one."""
    found, now = project_for(request, project), clock.now()
    kept = there(queries.delegation_in(found, delegation))
    if not permissions.may_withdraw(request.speaker, kept, now=now):
        raise Http404
    services.end_delegation(by=request.user, delegation=kept, now=now)
    messages.success(request, _("Ended. It counts no more from now on."))
    return redirect("briefs:delegates", project)


def _seen(request: Request, project: str, ref: UUID) -> queries.Seen:
    found = project_for(request, project)
    return there(queries.brief_for(request.speaker, found, ref, now=clock.now()))


def _brief(request: Request, project: str, ref: UUID) -> Brief:
    return _seen(request, project, ref).brief


def _own(request: Request, project: str, ref: UUID) -> Brief:
    permitted_project(request, project, permissions.may_prepare_brief)
    return _brief(request, project, ref)


def _write(request: Request, project: Project, draft: Brief | None) -> HttpResponse:
    now, themes = clock.now(), themes_to_decide(project)
    form = forms.WriteBrief(
        posted(request),
        initial=forms.written(draft) if draft else {"themes": request.GET.getlist("theme")},
        themes=themes,
        people=queries.decision_makers(project, now=now),
        quotes=queries.quotes_to_choose(project),
    )
    if form.is_valid():
        with form.refusals():
            kept = services.write_brief(
                by=request.user, project=project, brief=draft, **form.brief(), now=now
            )
            return redirect("briefs:brief", project.address, kept.ref)
    asked = (_("Asked for"), shown.briefs_at(project))
    context = {"project": project, "form": form, "draft": draft, "themes": themes}
    context["trail"] = trail(project, shown.decisions(project), asked)
    return page(request, "briefs/write.html", context)
