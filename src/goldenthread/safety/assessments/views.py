"""Assessments: read by everyone as far as they are public, filled in and signed by two people."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.projects.access import permitted_project, project_for, there
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Request
from goldenthread.safety.assessments import forms, permissions, queries, services, shown
from goldenthread.safety.assessments.prefilling import first_answers
from goldenthread.safety.assessments.queries import Standing
from goldenthread.safety.assessments.questions import kinds


@require_GET
def assessments(request: Request, project: str) -> HttpResponse:
    """List the assessments of a project."""
    found = project_for(request, project)
    context = shown.listed(found, speaker=request.speaker, now=clock.now())
    return page(request, "assessments/list.html", context)


@require_GET
def assessment(request: Request, project: str, assessment: str) -> HttpResponse:
    """Show one assessment, or the public part of it."""
    return _show(request, _standing(project_for(request, project), assessment))


@require_http_methods(["GET", "POST"])
def write(request: Request, project: str, assessment: str) -> HttpResponse:
    """Fill in an assessment; gaps may be left."""
    found = permitted_project(request, project, permissions.may_write)
    here = _standing(found, assessment)
    form = forms.Write(request.POST or None, kind=here.kind, initial=_so_far(here))
    if form.is_valid():
        with form.refusals():
            given = {"answers": form.answers, "seen": form.cleaned_data["seen"]}
            services.write(by=request.user, project=found, kind=here.kind, **given, now=clock.now())
            messages.success(request, _("Saved. You can come back to it."))
            return redirect("assessments:assessment", found.address, here.kind.key)
    context = {"project": found, "standing": here, "form": form}
    return page(request, "assessments/write.html", context)


@require_http_methods(["GET", "POST"])
def sign(request: Request, project: str, assessment: str) -> HttpResponse:
    """Sign an assessment that others filled in."""
    found = permitted_project(request, project, permissions.may_write)
    here = _standing(found, assessment)
    draft = there(here.draft)
    form = forms.Sign(request.POST or None, initial=_usual(here))
    if form.is_valid():
        with form.refusals():
            given = {name: form.cleaned_data[name] for name in ("review_on", "seen")}
            services.sign(by=request.user, assessment=draft, **given, now=clock.now())
            messages.success(request, _("Signed."))
            return redirect("assessments:assessment", found.address, here.kind.key)
    return _show(request, here, form)


def _standing(project: Project, key: str) -> Standing:
    return queries.standing(project, there(kinds().get(key)), now=clock.now())


def _show(request: Request, here: Standing, form: forms.Sign | None = None) -> HttpResponse:
    context = shown.one(here, speaker=request.speaker, now=clock.now())
    if context is None:
        raise Http404
    form = form or forms.Sign(initial=_usual(here))
    return page(request, "assessments/assessment.html", context | {"form": form})


def _usual(here: Standing) -> dict[str, object]:
    edition = here.draft.edition if here.draft else ""
    return {"seen": edition, "review_on": services.a_year_after(here.today)}


def _so_far(here: Standing) -> dict[str, object]:
    if here.newest is None:
        return {"seen": "0.0", **first_answers(here.project, here.kind)}
    return {"seen": here.newest.edition, **here.newest.answers}
