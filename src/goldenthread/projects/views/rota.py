"""Who reads now and next, who is away, and who reads instead."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.projects import forms, permissions, queries, services
from goldenthread.projects.access import permitted_project, there
from goldenthread.projects.speaker import Request


@require_http_methods(["GET", "POST"])
def reading_times(request: Request, project: str) -> HttpResponse:
    """Show who reads now and next and who is missing; readers say here when they are away."""
    found = permitted_project(request, project, permissions.may_see_rota)
    now = clock.now()
    prepares = permissions.may_prepare(request.speaker, found, now=now)
    times = queries.reading_times(found, visible_to=request.user, prepares=prepares, now=now)
    form = forms.TakeOff(request.POST or None, who=times.who)
    if form.is_valid():
        with form.refusals():
            services.take_off(by=request.user, project=found, **form.cleaned_data, now=now)
            messages.success(request, _("It is on the rota."))
            return redirect("projects:reading_times", found.address)
    context = {"project": found, "form": form, "times": times, "prepares": prepares}
    return page(request, "projects/reading_times.html", context)


@require_POST
def read_instead(request: Request, project: str) -> HttpResponse:
    """Take a stretch for a reader who is away."""
    found = permitted_project(request, project, permissions.may_read)
    try:
        start = datetime.fromisoformat(request.POST.get("start", ""))
    except ValueError:
        raise Http404 from None
    if start.tzinfo is None:
        raise Http404
    services.read_instead(by=request.user, project=found, start=start, now=clock.now())
    messages.success(request, _("Thank you. You are on the rota for that time."))
    return redirect("projects:reading_times", found.address)


@require_POST
def take_back(request: Request, project: str) -> HttpResponse:
    """Take days off back."""
    found = permitted_project(request, project, permissions.may_see_rota)
    day_off = there(queries.day_off_in(found, request.POST.get("day_off", "")))
    services.take_back(by=request.user, day_off=day_off, now=clock.now())
    return redirect("projects:reading_times", found.address)
