"""Bringing in a survey that was asked with another tool."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.listen.surveys import forms_files, preview
from goldenthread.listen.surveys.services.bringing import bring_in
from goldenthread.listen.voices.permissions import may_bring_in
from goldenthread.projects.access import permitted_project
from goldenthread.projects.models import Project
from goldenthread.projects.queries import listening
from goldenthread.projects.speaker import Request


@require_http_methods(["GET", "POST"])
def import_survey(request: Request, project: str) -> HttpResponse:
    """Choose a file; say what its columns are; look; bring it in. It is kept nowhere between."""
    found = permitted_project(request, project, may_bring_in)
    if "sheet" in request.POST:
        return _match(request, found)
    form = forms_files.ChooseFile(request.POST or None, request.FILES or None)
    if form.is_valid():
        with form.refusals():
            file = form.cleaned_data["file"]
            return _show(request, found, forms_files.Matching(raw=file.read(), name=file.name))
    box = listening(found, now=clock.now())
    return page(request, "surveys/import.html", _around(found) | {"form": form, "box": box})


def _around(project: Project) -> dict[str, Any]:
    return {"project": project, "organisation": project.organisation}


def _match(request: Request, project: Project) -> HttpResponse:
    matching = forms_files.Matching(request.POST)
    about, wanted = matching.about, request.POST.get("act") == "bring"
    if not (about.is_valid() and wanted and matching.meant and matching.is_ready):
        return _show(request, project, matching)
    with about.refusals():
        survey = bring_in(
            by=request.user,
            project=project,
            table=matching.table,
            proposed=matching.proposed,
            meant=matching.meant,
            title=about.cleaned_data["title"],
            asked_on=about.cleaned_data["asked_on"],
            now=clock.now(),
        )
    if about.errors:
        return _show(request, project, matching)
    messages.success(request, _("The survey is here. Its results can be frozen now."))
    return redirect("surveys:results", project.address, survey.ref)


def _show(request: Request, project: Project, matching: forms_files.Matching) -> HttpResponse:
    context = _around(project) | {"matching": matching, "form": matching.about}
    context["preview"] = preview.of(matching.proposed, matching.meant, matching.read)
    return page(request, "surveys/match.html", context)
