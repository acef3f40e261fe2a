"""About you, if you like: after speaking, apart from what was said. And the choice to ask."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.projects.access import permitted_project, project_for
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Request
from goldenthread.safety.consent.wordings import EQUALITY, today
from goldenthread.safety.equality import forms, inviting, queries, services
from goldenthread.safety.equality.permissions import may_choose


@require_http_methods(["GET", "POST"])
def about_you(request: Request, project: str) -> HttpResponse:
    """Ask about the person who has just spoken; every question may be left."""
    found, now = project_for(request, project), clock.now()
    if queries.asked_by(found) is None:
        raise Http404
    asking = queries.is_asking(found)
    mark = inviting.invitation(request, found, now=now) if asking else None
    context = {"project": found, "organisation": found.organisation, "neutral_title": True}
    context |= {"ended": not asking}
    if mark is None:
        return page(request, "equality/used.html", context)
    form = forms.AboutYou(request.POST or None, project=found)
    if form.is_valid():
        with form.refusals():
            services.hold(project=found, mark=mark, **form.given, now=now)
            return inviting.used(page(request, "equality/thanks.html", context), found)
    context |= {"form": form, "statement": today(EQUALITY)}
    return page(request, "equality/about_you.html", context)


@require_http_methods(["GET", "POST"])
def setting(request: Request, project: str) -> HttpResponse:
    """Choose whether the project asks about people, before it opens."""
    found = permitted_project(request, project, may_choose)
    asked = queries.asked_by(found)
    pairs = asked.crossings if asked else []
    initial = {"ask": "yes" if asked else "", **dict(zip(("first", "second"), pairs, strict=False))}
    form = forms.Choose(request.POST or None, initial=initial, project=found)
    if form.is_valid():
        with form.refusals():
            services.choose(by=request.user, project=found, **form.chosen, now=clock.now())
            messages.success(request, _("Saved."))
            return redirect("projects:prepare", found.address)
    context = {"project": found, "form": form, "asked": asked}
    context |= {"fixed": found.state != Project.State.DRAFT}
    context |= {"waiting": queries.waiting_about(found)}
    return page(request, "equality/setting.html", context)
