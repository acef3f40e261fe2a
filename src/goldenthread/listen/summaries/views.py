from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.forms import posted
from goldenthread.kit.pages import page
from goldenthread.listen.summaries import forms, queries, services, shown
from goldenthread.listen.summaries.models import Sentence
from goldenthread.listen.themes.permissions import ORGANISERS, may_group
from goldenthread.projects.access import project_for, staff_project
from goldenthread.projects.permissions import may_see_board
from goldenthread.projects.speaker import Request


@require_GET
def summary(request: Request, project: str) -> HttpResponse:
    """Show what people said, in short."""
    found, now = project_for(request, project), clock.now()
    context = {
        "project": found,
        "crumbs": shown.crumbs(found),
        "sentences": queries.shown_summary(found),
        "may_read": may_see_board(request.speaker, found, now=now),
        "may_group": may_group(request.speaker, found, now=now),
    }
    return page(request, "summaries/summary.html", context)


@require_GET
def sentence(request: Request, project: str, sentence: UUID) -> HttpResponse:
    """Show the words that a sentence rests on."""
    found = project_for(request, project)
    if not may_see_board(request.speaker, found, now=clock.now()):
        raise Http404
    one = queries.shown_sentence(found, sentence)
    return page(request, "summaries/sentence.html", shown.beneath(one, found))


@require_GET
def work(request: Request, project: str) -> HttpResponse:
    """Show every sentence to those who write the summary."""
    found = staff_project(request, project, *ORGANISERS)
    context = {"project": found, "crumbs": shown.crumbs(found, summary=True)}
    context["lines"] = shown.lines(queries.summary_of(found))
    return page(request, "summaries/work.html", context)


@require_http_methods(["GET", "POST"])
def write(request: Request, project: str) -> HttpResponse:
    """Write a sentence, and tick what it rests on."""
    found = staff_project(request, project, *ORGANISERS)
    looking = request.POST.get("do") == "look"
    initial = forms.looked_for(request.POST) if looking else None
    form = shown.form_for(found, None, None if looking else posted(request), initial)
    if form.is_valid():
        with form.refusals():
            services.write(by=request.user, project=found, now=clock.now(), **form.rest())
            messages.success(request, _("Saved. Only organisers see it until you show it."))
            return redirect("summaries:work", project)
    return page(request, "summaries/write.html", shown.writing(found, form, None))


@require_http_methods(["GET", "POST"])
def reword(request: Request, project: str, sentence: UUID) -> HttpResponse:
    """Change a sentence, or what it rests on."""
    one = _one(request, project, sentence)
    looking = request.POST.get("do") == "look"
    initial = forms.looked_for(request.POST) if looking else None
    form = shown.form_for(one.project, one, None if looking else posted(request), initial)
    context = shown.writing(one.project, form, one)
    if form.is_valid():
        with form.refusals():
            services.reword(
                by=request.user,
                sentence=one,
                version=form.cleaned_data["version"],
                now=clock.now(),
                **form.rest(),
            )
            messages.success(request, _("Saved."))
            return redirect("summaries:work", project)
    if form.errors:
        context["theirs"] = form.meet(one)
    return page(request, "summaries/write.html", context)


@require_POST
def show(request: Request, project: str, sentence: UUID) -> HttpResponse:
    """Show a sentence to everyone."""
    one = _one(request, project, sentence)
    services.show(by=request.user, sentence=one, now=clock.now())
    messages.success(request, _("Everyone can read this sentence now."))
    return redirect("summaries:work", project)


@require_POST
def take_down(request: Request, project: str, sentence: UUID) -> HttpResponse:
    """Take a sentence out."""
    one = _one(request, project, sentence)
    services.take_down(by=request.user, sentence=one, now=clock.now())
    messages.success(request, _("Taken out."))
    return redirect("summaries:work", project)


@require_POST
def move_up(request: Request, project: str, sentence: UUID) -> HttpResponse:
    """Put a sentence before the one before it."""
    one = _one(request, project, sentence)
    services.move_up(by=request.user, sentence=one, now=clock.now())
    return redirect("summaries:work", project)


def _one(request: Request, project: str, ref: UUID) -> Sentence:
    return queries.sentence_in(staff_project(request, project, *ORGANISERS), ref)
