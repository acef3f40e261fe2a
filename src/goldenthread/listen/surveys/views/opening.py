"""Opening and closing a survey, and making codes for people who are invited."""

import csv
import io
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.listen.surveys import forms, queries, services, slips
from goldenthread.listen.surveys.holder import shown
from goldenthread.listen.surveys.models import Survey, Wave
from goldenthread.listen.surveys.permissions import may_open
from goldenthread.listen.surveys.readiness import missing_in
from goldenthread.listen.surveys.views.around import around, to_survey, whole
from goldenthread.projects.access import permitted_project, there
from goldenthread.projects.models import Project
from goldenthread.projects.queries import strands_of
from goldenthread.projects.speaker import Request


def _survey(request: Request, address: str, ref: UUID) -> Survey:
    return there(queries.survey_in(permitted_project(request, address, may_open), ref))


@require_http_methods(["GET", "POST"])
def open_survey(request: Request, project: str, survey: UUID) -> HttpResponse:
    """Open a survey, or ask it again as the next wave; what is missing is named first."""
    found = _survey(request, project, survey)
    form = forms.Open(request.POST if "open" in request.POST else None)
    if form.is_valid():
        with form.refusals():
            until = form.cleaned_data["until"]
            services.open_survey(by=request.user, survey=found, until=until, now=clock.now())
            messages.success(request, _("It is open. People find it on the project page."))
            return to_survey(found)
    context = around(found) | {
        "form": form,
        "missing": missing_in(found),
        "again": found.state == Survey.State.CLOSED,
        "project_open": found.project.state == Project.State.OPEN,
    }
    return page(request, "surveys/open.html", context)


@require_http_methods(["GET", "POST"])
def close_survey(request: Request, project: str, survey: UUID) -> HttpResponse:
    """Close the survey, after asking once."""
    found = _survey(request, project, survey)
    if found.state != Survey.State.OPEN:
        return to_survey(found)
    if request.method == "POST":
        services.close_survey(by=request.user, survey=found, now=clock.now())
        messages.success(request, _("It is closed. Nobody can answer it now."))
        return to_survey(found)
    return page(request, "surveys/close.html", around(found))


@require_http_methods(["GET", "POST"])
def codes(request: Request, project: str, survey: UUID) -> HttpResponse:
    """Make codes. They come as a file, once: we keep only marks of them."""
    found = _survey(request, project, survey)
    wave = queries.asking_wave(found, now=clock.now())
    if wave is None or found.open_to != Survey.OpenTo.INVITED:
        return to_survey(found)
    form = forms.MakeCodes(request.POST or None, strands=strands_of(found.project))
    if form.is_valid():
        with form.refusals():
            made = services.make_codes(by=request.user, survey=found, now=clock.now(), **form.given)
            return _file(wave, made, form.cleaned_data["how"])
    context = around(found) | {"form": form, "made": queries.codes_made(wave)}
    return page(request, "surveys/codes.html", context)


def _file(wave: Wave, made: list[str], how: str) -> HttpResponse:
    address = whole(reverse("surveys:door"))
    if how == "slips":
        answer = HttpResponse(slips.make(wave, made, address), content_type="application/pdf")
        answer["Content-Disposition"] = 'attachment; filename="slips.pdf"'
    else:
        text = io.StringIO()
        sheet = csv.writer(text)
        sheet.writerow([_("Code"), _("Address")])
        sheet.writerows([shown(code), f"{address}#{shown(code)}"] for code in made)
        answer = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="codes.csv"'
    answer["Cache-Control"] = "no-store"
    return answer
