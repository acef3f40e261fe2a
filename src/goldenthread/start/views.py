"""*Start here*: eight plain questions, and what is missing after them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.forms import posted
from goldenthread.kit.pages import page
from goldenthread.kit.text import say_count
from goldenthread.organisations.permissions import may_start_projects
from goldenthread.organisations.queries import organisation_at
from goldenthread.projects.access import permitted_project, there
from goldenthread.projects.models import Project
from goldenthread.projects.permissions import may_follow_preparation
from goldenthread.projects.poster import Sheet, make_sheet
from goldenthread.projects.readiness import preparation_page
from goldenthread.projects.speaker import Request
from goldenthread.start import forms, permissions, queries, services, steps
from goldenthread.start.models import Start
from goldenthread.start.pack import as_docx, documents
from goldenthread.start.steps import STEPS, Step

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
GET_POST = require_http_methods(["GET", "POST"])


@GET_POST
def begin(request: Request, organisation: str) -> HttpResponse:
    """Ask the first question: what it is for. The project is there once it is answered."""
    found = organisation_at(organisation, visible_to=request.speaker)
    if found is None or not may_start_projects(request.speaker, found, now=clock.now()):
        raise Http404
    form = forms.What(posted(request))
    if form.is_valid():
        with form.refusals():
            project = services.begin(
                by=request.user, organisation=found, **form.cleaned_data, now=clock.now()
            )
            return redirect("start:step", project.address, STEPS[1].key)
    context = {"organisation": found, "form": form, "step": STEPS[0], **_place(STEPS[0])}
    return page(request, "start/begin.html", context)


@GET_POST
def question(request: Request, project: str, question_key: str) -> HttpResponse:
    """Ask one question; its answer is kept, and the next one comes."""
    start, now = _start(request, project), clock.now()
    if start is None:
        return redirect("projects:prepare", project)
    step, kind = there(steps.BY_KEY.get(question_key)), there(forms.FORMS.get(question_key))
    begins = queries.begins_with(start, step.key, by=request.user, now=now)
    form = kind(posted(request), initial=begins)
    if form.is_valid():
        with form.refusals():
            given = {"seen": form.cleaned_data.pop("seen"), "given": form.cleaned_data}
            services.answer(by=request.user, start=start, step=step, **given, now=now)
            return redirect(_onward(start, step))
    if meanwhile := services.MEANWHILE in form.non_field_errors():
        form.saw(seen=form.initial["seen"])
    context = {
        "project": start.project,
        "step": step,
        "form": form,
        "kept": form.kept() if meanwhile else (),
        "onward": _onward(start, step),
        **_place(step),
        "named": queries.named(start.project, step.key, now=now),
    }
    return page(request, "start/question.html", context)


def _place(step: Step) -> dict[str, int]:
    return {"at": STEPS.index(step) + 1, "of": len(STEPS)}


def _onward(start: Start, step: Step) -> str:
    following, address = steps.after(step), start.project.address
    if following is None:
        return reverse("start:overview", args=[address])
    return reverse("start:step", args=[address, following.key])


@require_GET
def overview(request: Request, project: str) -> HttpResponse:
    """Show which questions are answered, what is missing and who must supply it."""
    start, now = _start(request, project), clock.now()
    if start is None:
        return redirect("projects:prepare", project)
    shown, me = preparation_page(start.project, visible_to=request.speaker, now=now), request.user
    context = {
        "project": start.project,
        "asked": queries.asked_of(start),
        "shown": shown,
        "people": queries.who_can_help(start.project, shown.missing, besides=me, now=now),
    }
    return page(request, "start/overview.html", context)


@require_POST
def remind(request: Request, project: str) -> HttpResponse:
    """Write to everyone who can supply what is missing."""
    start = there(_start(request, project))
    number = services.remind(by=request.user, project=start.project, now=clock.now())
    said = ngettext(
        "We write to %(n)s person. Each gets one such mail a day at most.",
        "We write to %(n)s people. Each gets one such mail a day at most.",
        number,
    )
    messages.success(request, said % {"n": say_count(number)})
    return redirect("start:overview", project)


@require_GET
def pack(request: Request, project: str) -> HttpResponse:
    """Offer what is printed, sent and read out."""
    found = permitted_project(request, project, may_follow_preparation)
    start, now = queries.start_of(found), clock.now()
    context = {
        "project": found,
        "documents": queries.documents_of(start),
        "here_only": queries.works_here_only(),
        "asks": start and permissions.may_start(request.speaker, found, now=now),
    }
    return page(request, "start/pack.html", context)


@require_GET
def pdf(request: Request, project: str, document: str) -> HttpResponse:
    """Hand out a text of the pack, to print."""
    sheet = _sheet(request, project, document)
    return _file(make_sheet(sheet), f"{project}-{document}.pdf", "application/pdf")


@require_GET
def word(request: Request, project: str, document: str) -> HttpResponse:
    """Hand out a text of the pack, to change."""
    sheet = _sheet(request, project, document)
    return _file(as_docx(sheet), f"{project}-{document}.docx", DOCX)


def _sheet(request: Request, project: str, document: str) -> Sheet:
    found = permitted_project(request, project, may_follow_preparation)
    return queries.sheet_of(found, there(documents().get(document)), now=clock.now())


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-cache",
    }
    return HttpResponse(content, content_type=kind, headers=headers)


def _start(request: Request, project: str) -> Start | None:
    """Return the questions of a project; none once it has opened, when they are over."""
    found = permitted_project(request, project, may_follow_preparation)
    if found.state != Project.State.DRAFT:
        return None
    if not permissions.may_start(request.speaker, found, now=clock.now()):
        raise Http404
    return there(queries.start_of(found))
