"""What everyone may see of a project's terms, and what is printed: poster, slips, forms."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.projects import queries
from goldenthread.projects.access import project_for
from goldenthread.projects.poster import make, make_form, make_slips
from goldenthread.projects.poster_of import poster_of
from goldenthread.projects.printed import SHAPES, form_of, slips_of
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
    return _pdf(make(wanted), f"poster-{found.address}", short)


@require_GET
def slips(request: Request, project: str) -> HttpResponse:
    """Give slips to cut out, eight to a page; `?strand=` gives those of a strand."""
    found = project_for(request, project)
    short = request.GET.get("strand", "")
    wanted = slips_of(found, strand_short=short)
    if wanted is None:
        raise Http404
    return _pdf(make_slips(wanted), f"slips-{found.address}", short)


@require_GET
def paper_form(request: Request, project: str, form_shape: str) -> HttpResponse:
    """Give a form to fill in by hand, in large print or Easy Read; `?strand=` that of a strand."""
    found = project_for(request, project)
    short = request.GET.get("strand", "")
    shape = next((each for each in SHAPES if each == form_shape), None)
    wanted = form_of(found, shape=shape, strand_short=short) if shape else None
    if wanted is None:
        raise Http404
    return _pdf(make_form(wanted), f"form-{form_shape}-{found.address}", short)


def _pdf(content: bytes, name: str, short: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    name = f"{name}{'-' + short.lower() if short else ''}.pdf"
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
