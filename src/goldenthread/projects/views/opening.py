"""Opening and closing: of a project, and of its box."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.projects import gates, permissions, queries, services
from goldenthread.projects.access import permitted_project, there
from goldenthread.projects.readiness import preparation_page
from goldenthread.projects.speaker import Request


@require_http_methods(["GET", "POST"])
def open_project(request: Request, project: str) -> HttpResponse:
    """Show what opening means, and open."""
    found = permitted_project(request, project, permissions.may_open)
    if request.method == "POST":
        services.open_listening(by=request.user, project=found, now=clock.now())
        messages.success(request, _("The project is open. Its terms are sealed."))
        return redirect("projects:prepare", found.address)
    shown = preparation_page(found, visible_to=request.speaker, now=clock.now())
    return page(request, "projects/open.html", {"project": found, "shown": shown})


@require_POST
def box(request: Request, project: str) -> HttpResponse:
    """Close the box by hand for a while, or open it again."""
    found = permitted_project(request, project, permissions.may_open)
    deed = services.pause if request.POST.get("box") == "pause" else services.resume
    deed(by=request.user, project=found, now=clock.now())
    return redirect("projects:prepare", found.address)


@require_http_methods(["GET", "POST"])
def close(request: Request, project: str) -> HttpResponse:
    """Show what stands between the project and its close, and close it."""
    found = permitted_project(request, project, permissions.may_see_closing)
    now = clock.now()
    if request.method == "POST":
        services.close(by=request.user, project=found, now=now)
        messages.success(request, _("The project is closed."))
        return redirect("projects:prepare", found.address)
    partners = queries.partners_of(found)
    missing = gates.missing_to_close(found, now=now)
    context = {
        "project": found,
        "missing": [each.shown_to(request.speaker, found, now=now) for each in missing],
        "partners": partners,
        "mine": queries.one_speaks_for(request.speaker, partners, now=now),
        "may_close": permissions.may_close(request.speaker, found, now=now),
    }
    return page(request, "projects/close.html", context)


@require_POST
def agree(request: Request, project: str) -> HttpResponse:
    """Agree for one organisation that the project may close, or take that back."""
    found = permitted_project(request, project, permissions.may_see_closing)
    taking_back = "take_back" in request.POST
    deed = services.take_back_close if taking_back else services.agree_to_close
    named = request.POST.get("take_back" if taking_back else "agree", "")
    partner = there(queries.partner_in(found, named))
    deed(by=request.user, partner=partner, now=clock.now())
    return redirect("projects:close", found.address)
