"""What we keep and why: everywhere, of one organisation, and of one project."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from goldenthread.kit.components.furniture import FOOTER_LINKS, named_links
from goldenthread.kit.held import Held, holdings
from goldenthread.kit.pages import around, page
from goldenthread.kit.shapes import Crumb
from goldenthread.organisations.models import Organisation
from goldenthread.organisations.queries import organisation_at
from goldenthread.projects.access import project_for
from goldenthread.projects.models import Project
from goldenthread.projects.queries import partners_of
from goldenthread.projects.speaker import Request
from goldenthread.safety.reading.reasons import NOT_PUBLISHED
from goldenthread.safety.requests.queries import data_protection_of

NOT_FOR_PEOPLE = {"example", "kit", "thread"}  # rooms whose tables are about the program itself


@require_GET
def what_we_keep(request: Request) -> HttpResponse:
    """Say what is kept and why."""
    return _notice(request, [])


@require_GET
def of_organisation(request: Request, organisation: str) -> HttpResponse:
    """Say it for one organisation, with who answers for the data."""
    found = organisation_at(organisation, visible_to=request.speaker)
    if found is None:
        raise Http404
    return _notice(request, [found], organisation=found)


@require_GET
def of_project(request: Request, project: str) -> HttpResponse:
    """Say it for one project, with everyone who answers for the data in it."""
    found = project_for(request, project)
    return _notice(request, _controllers(found), project=found)


def _controllers(project: Project) -> list[Organisation]:
    """Return those whom the terms name as controllers; before that, whoever began the project."""
    named = [each.organisation for each in partners_of(project) if each.controller]
    return named or [project.organisation]


@around
def footer(request: HttpRequest, inside: Mapping[str, Any]) -> dict[str, Any]:
    """Lead from the foot of each page to the notice of its project or organisation."""
    del request
    links = named_links(FOOTER_LINKS)
    if here := _nearest(inside):
        links = [Crumb(links[0].text, here), *links[1:]]
    return {"footer_links": links}


def _nearest(inside: Mapping[str, Any]) -> str:
    project, organisation = inside.get("project"), inside.get("organisation")
    if isinstance(project, Project):
        return reverse("pages:project_notice", args=[project.address])
    if isinstance(organisation, Organisation):
        return reverse("pages:organisation_notice", args=[organisation.address])
    return ""


def _notice(request: Request, controllers: Sequence[Organisation], **about: Any) -> HttpResponse:
    project = about.get("project")
    context = {
        "controllers": [(each, data_protection_of(each)) for each in controllers],
        "reasons": NOT_PUBLISHED,
        "rows": [_row(held) for model, held in holdings() if _is_about_people(model)],
        "asks_children": isinstance(project, Project) and project.for_under_18,
        **about,
    }
    return page(request, "pages/what_we_keep.html", context)


def _is_about_people(model: Any) -> bool:
    return model._meta.app_label not in NOT_FOR_PEOPLE


def _row(held: Held) -> list[str]:
    return [str(held.what), " ".join(held.sentences), str(held.why)]
