"""What everyone may see of a project's terms, and the poster to hang up."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.projects import queries
from goldenthread.projects.access import project_for
from goldenthread.projects.poster import make
from goldenthread.projects.poster_of import poster_of
from goldenthread.projects.speaker import Request


@require_GET
def terms(request: Request, project: str) -> HttpResponse:
    """Show the terms in force, whether they are unchanged, and every version before."""
    found = project_for(request, project)
    shown = queries.terms_page(found, today=clock.today())
    return page(request, "projects/terms.html", {"project": found, "shown": shown})


@require_GET
def poster(request: Request, project: str) -> HttpResponse:
    """Give the poster as PDF; `?strand=` gives that of a strand."""
    found = project_for(request, project)
    short = request.GET.get("strand", "")
    wanted = poster_of(found, strand_short=short)
    if wanted is None:
        raise Http404
    answer = HttpResponse(make(wanted), content_type="application/pdf")
    name = f"poster-{found.address}{'-' + short.lower() if short else ''}.pdf"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
