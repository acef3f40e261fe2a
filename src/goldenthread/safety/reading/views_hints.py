"""What is read first, and why: the lists of phrases, open to everyone who works on a project."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.kit.shapes import Crumb
from goldenthread.projects.access import staff_project
from goldenthread.projects.models import ProjectRole
from goldenthread.projects.speaker import Request
from goldenthread.safety.reading import registry, shown
from goldenthread.safety.reading.hints.lists import all_lists


@require_GET
def hints(request: Request, project: str) -> HttpResponse:
    """Show every list, its version, its rules, and who has checked it."""
    here = staff_project(request, project, *ProjectRole.Name)
    context = {
        "project": here,
        "organisation": here.organisation,
        "crumbs": shown.crumbs(here, Crumb(_("What is read first"))),
        "lists": all_lists(),
        "missed": registry.told_beside_hints(now=clock.now()),
    }
    return page(request, "reading/hints.html", context)
