"""The pages of the governance pack: for those who answer for an organisation's data."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.organisations.models import Organisation
from goldenthread.organisations.queries import organisation_at
from goldenthread.pages.governance import agreements, drawing, records
from goldenthread.pages.governance.facts import Facts, facts_of
from goldenthread.pages.governance.papers import Paper
from goldenthread.pages.saying import sheet
from goldenthread.projects.speaker import Request
from goldenthread.safety.requests.permissions import may_answer

PAPERS: dict[str, Callable[[Facts], Paper]] = {
    "impact-assessment": agreements.impact_assessment,
    "record-of-processing": records.record_of_processing,
    "joint-controllers": agreements.joint_controllers,
    "retention": records.retention,
    "data-flows": records.data_flows,
    "accessibility": agreements.accessibility,
}


@require_GET
def governance(request: Request, organisation: str) -> HttpResponse:
    """List the papers, and how much of each is still to be filled in."""
    here = _answered_for(request, organisation)
    facts = facts_of(here)
    papers = [make(facts) for make in PAPERS.values()]
    return page(request, "pages/governance.html", {"organisation": here, "papers": papers})


@require_GET
def paper(request: Request, organisation: str, paper: str) -> HttpResponse:
    """Show one paper."""
    here = _answered_for(request, organisation)
    context = {"organisation": here, "paper": _paper(here, paper)}
    return page(request, "pages/paper.html", context)


@require_GET
def paper_file(request: Request, organisation: str, paper: str, shape: str) -> HttpResponse:
    """Hand out one paper as PDF, or as a page of its own."""
    here = _answered_for(request, organisation)
    found = _paper(here, paper)
    if shape == "pdf":
        language = (get_language() or "en").split("-")[0]
        made = drawing.make(found, organisation=here.name, language=language, made_on=clock.today())
        answer = HttpResponse(made, content_type="application/pdf")
    elif shape == "html":
        context = {"organisation": here, "paper": found, "on": clock.today(), "look": sheet()}
        answer = HttpResponse(render_to_string("pages/paper_file.html", context))
    else:
        raise Http404
    answer["Content-Disposition"] = f'attachment; filename="{found.slug}.{shape}"'
    return answer


def _answered_for(request: Request, address: str) -> Organisation:
    found = organisation_at(address, visible_to=request.speaker)
    if found is None or not may_answer(request.speaker, found, now=clock.now()):
        raise Http404
    return found


def _paper(here: Organisation, slug: str) -> Paper:
    if slug not in PAPERS:
        raise Http404
    return PAPERS[slug](facts_of(here))
