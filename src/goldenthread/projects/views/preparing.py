"""Preparing a project: what is ready, what is missing, and the pages on which it is supplied."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.organisations.permissions import may_start_projects
from goldenthread.organisations.queries import organisation_at
from goldenthread.projects import forms, permissions, queries, services
from goldenthread.projects.access import permitted_project, there
from goldenthread.projects.forms_stages import SetStages
from goldenthread.projects.models import Project, Terms
from goldenthread.projects.readiness import preparation_page
from goldenthread.projects.speaker import Request

USUAL_WEEKS, USUAL_DEBRIEF_WEEKS = 12, 16


@require_http_methods(["GET", "POST"])
def new(request: Request, organisation: str) -> HttpResponse:
    """Begin a project in an organisation."""
    found = organisation_at(organisation, visible_to=request.speaker)
    if found is None or not may_start_projects(request.speaker, found, now=clock.now()):
        raise Http404
    usual = {"open_to": Project.OpenTo.EVERYONE, "read_within_hours": 8}
    form = forms.Basics(request.POST or None, initial=usual)
    if form.is_valid():
        with form.refusals():
            project = services.prepare(
                by=request.user, organisation=found, **form.cleaned_data, now=clock.now()
            )
            return redirect("projects:prepare", project.address)
    return page(request, "projects/new.html", {"organisation": found, "form": form})


@require_GET
def prepare(request: Request, project: str) -> HttpResponse:
    """Show what is ready and what is missing, and who must supply it."""
    found = permitted_project(request, project, permissions.may_follow_preparation)
    shown = preparation_page(found, visible_to=request.speaker, now=clock.now())
    return page(request, "projects/prepare.html", {"project": found, "shown": shown})


@require_http_methods(["GET", "POST"])
def basics(request: Request, project: str) -> HttpResponse:
    """Change what a project is called and who may see it."""
    found = permitted_project(request, project, permissions.may_prepare)
    form = forms.Basics(request.POST or None, initial=vars(found))
    if form.is_valid():
        with form.refusals():
            changed = services.describe(
                by=request.user, project=found, **form.cleaned_data, now=clock.now()
            )
            return redirect("projects:prepare", changed.address)
    return page(request, "projects/basics.html", {"project": found, "form": form})


@require_http_methods(["GET", "POST"])
def ages(request: Request, project: str) -> HttpResponse:
    """Say for which ages the project is, and in which ways people may be known."""
    found = permitted_project(request, project, permissions.may_prepare)
    initial = {"ages": found.ages, "known_as": found.known_as}
    form = forms.SetAges(request.POST or None, initial=initial)
    if form.is_valid():
        with form.refusals():
            services.set_ages(by=request.user, project=found, **form.cleaned_data, now=clock.now())
            messages.success(request, _("Saved."))
            return redirect("projects:prepare", found.address)
    return page(request, "projects/ages.html", {"project": found, "form": form})


@require_http_methods(["GET", "POST"])
def write_terms(request: Request, project: str) -> HttpResponse:
    """Write the draft of the terms; once the project is open, a new version."""
    found = permitted_project(request, project, permissions.may_write_terms)
    kind = forms.WriteTerms if found.state == Project.State.DRAFT else forms.RenewTerms
    newest = queries.newest_terms(found)
    form = kind(request.POST or None, initial=_terms_so_far(newest))
    if form.is_valid():
        with form.refusals():
            services.write_terms(
                by=request.user, project=found, **form.cleaned_data, now=clock.now()
            )
            messages.success(request, _("Saved."))
            return redirect("projects:prepare", found.address)
    if services.MEANWHILE in form.non_field_errors():
        form.saw(seen=services.edition(newest))
    saved = queries.parts_of(newest)
    context = {"project": found, "form": form, "newest": newest, "saved": saved}
    return page(request, "projects/write_terms.html", context)


def _terms_so_far(newest: Terms | None) -> dict[str, object]:
    if newest is None:
        today = clock.today()
        return {
            "seen": services.edition(None),
            "hear_by": today + timedelta(weeks=USUAL_WEEKS),
            "debrief_on": today + timedelta(weeks=USUAL_DEBRIEF_WEEKS),
        }
    return {**vars(newest), "seen": services.edition(newest), "change_because": ""}


@require_http_methods(["GET", "POST"])
def stages(request: Request, project: str) -> HttpResponse:
    """Set from when to when each stage runs."""
    found = permitted_project(request, project, permissions.may_prepare)
    form = SetStages(request.POST or None, initial=queries.stage_windows(found))
    if form.is_valid():
        with form.refusals():
            services.set_stages(
                by=request.user, project=found, windows=form.windows(), now=clock.now()
            )
            messages.success(request, _("Saved."))
            return redirect("projects:prepare", found.address)
    return page(request, "projects/stages.html", {"project": found, "form": form})


@require_http_methods(["GET", "POST"])
def strands(request: Request, project: str) -> HttpResponse:
    """Show the links and posters, and add a strand with its own."""
    found = permitted_project(request, project, permissions.may_prepare)
    form = forms.AddStrand(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.add_strand(
                by=request.user, project=found, **form.cleaned_data, now=clock.now()
            )
            return redirect("projects:strands", found.address)
    context = {"project": found, "form": form, "links": queries.links_of(found)}
    context["remove_href"] = reverse("projects:remove_strand", args=[found.address])
    return page(request, "projects/strands.html", context)


@require_POST
def remove_strand(request: Request, project: str) -> HttpResponse:
    """Take a strand out again."""
    found = permitted_project(request, project, permissions.may_prepare)
    strand = there(queries.strand_in(found, request.POST.get("strand", "")))
    services.remove_strand(by=request.user, project=found, strand=strand, now=clock.now())
    return redirect("projects:strands", found.address)
