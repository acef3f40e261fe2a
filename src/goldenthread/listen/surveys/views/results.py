"""Results of a survey: frozen, and shown to everyone who sees the project."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.shapes import Crumb
from goldenthread.listen.surveys import (
    blocks,
    changes,
    exporting,
    files,
    queries,
    queries_results,
    registry,
)
from goldenthread.listen.surveys.models import Results, Survey
from goldenthread.listen.surveys.permissions import may_build
from goldenthread.listen.surveys.services.freezing import freeze as freeze_wave
from goldenthread.projects.access import permitted_project, project_for, there
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def results(request: Request, project: str, survey: UUID) -> HttpResponse:
    """Show what may be shown of the newest wave, or of the one asked for."""
    found, asked = _asked(request, project, survey)
    released = queries_results.results_of(asked)
    shown = queries_results.chosen(released, request.GET.get("wave", ""))
    questions = queries.questions_of(asked)
    return page(
        request,
        "surveys/results.html",
        _around(found, asked, _("Results"))
        | {
            "released": released,
            "results": shown,
            "blocks": list(blocks.blocks_of(questions, shown)) if shown else [],
            "has_areas": any(each.area for each in questions),
            "may_freeze": may_build(request.speaker, found, now=clock.now()),
        },
    )


def _asked(request: Request, project: str, survey: UUID) -> tuple[Project, Survey]:
    found = project_for(request, project)
    return found, there(queries_results.asked_survey(found, survey))


def _around(project: Project, survey: Survey, last: str = "") -> dict[str, Any]:
    args = [project.address, survey.ref]
    crumbs = [Crumb(project.title, reverse("pages:project", args=args[:1]))]
    if last != _("Results"):
        crumbs.append(Crumb(_("Results"), reverse("surveys:results", args=args)))
    return {"project": project, "survey": survey, "crumbs": [*crumbs, Crumb(last)]}


@require_POST
def freeze(request: Request, project: str, survey: UUID) -> HttpResponse:
    """Freeze the results of the newest wave now, where the rules allow it."""
    found = permitted_project(request, project, may_build)
    asked = there(queries_results.asked_survey(found, survey))
    wave = there(queries_results.newest_wave(asked))
    try:
        freeze_wave(wave=wave, by=request.speaker, now=clock.now())
        messages.success(
            request, _("The results are frozen. Everyone who sees the project can see them.")
        )
    except Refusal as refusal:
        messages.info(request, refusal.message)
    return redirect("surveys:results", found.address, asked.ref)


@require_GET
def compare(request: Request, project: str, survey: UUID) -> HttpResponse:
    """Show what changed from one wave to another, as far as that can be told."""
    found, asked = _asked(request, project, survey)
    released = queries_results.results_of(asked)
    chosen = queries_results.pair(released, request.GET.get("then", ""), request.GET.get("now", ""))
    context = _around(found, asked, _("What changed")) | {"released": released, "pair": chosen}
    if chosen:
        questions = queries.questions_of(asked)
        context["changes"] = list(changes.changes(questions, *chosen))
        context["first"], context["later"] = chosen
    return page(request, "surveys/compare.html", context)


@require_GET
def gaps(request: Request, project: str, survey: UUID) -> HttpResponse:
    """Show strengths and gaps, large enough for a room."""
    found, asked = _asked(request, project, survey)
    shown = queries_results.chosen(queries_results.results_of(asked), "")
    areas = queries_results.areas_of(asked, queries.questions_of(asked), shown)
    if not areas:
        raise Http404
    now = clock.now()
    standing = blocks.standing(areas)
    for each in standing:
        each["ways"] = registry.offered(found, each["area"], request.speaker, now=now)
    context = _around(found, asked, _("Strengths and gaps")) | {"results": shown}
    context |= {
        "standing": standing,
        "may_build": may_build(request.speaker, found, now=now),
    }
    return page(request, "surveys/gaps.html", context)


@require_GET
def download(request: Request, project: str, survey: UUID, form: str) -> HttpResponse:
    """Give the results as a file, with their codebook."""
    found, asked = _asked(request, project, survey)
    released = queries_results.results_of(asked)
    shown = there(queries_results.chosen(released, request.GET.get("wave", "")))
    questions = queries.questions_of(asked)
    name = f"{slugify(found.title)}-{slugify(asked.title)}-{shown.wave.number}-{shown.number}"
    made = _file(asked, questions, shown, form)
    kind = "text/csv; charset=utf-8" if form == "csv" else XLSX
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return HttpResponse(made, content_type=kind, headers=headers | {"Cache-Control": "no-store"})


def _file(survey: Survey, questions: list[Any], shown: Results, form: str) -> bytes:
    lines = list(exporting.results_lines(questions, shown))
    book = list(exporting.codebook_lines(survey, questions, shown))
    if form == "csv":
        return files.as_csv([*lines, [], *book])
    return files.as_xlsx([(_("Results"), lines), (_("Codebook"), book)])
