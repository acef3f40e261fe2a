"""Files: a conversation from elsewhere, and results to take out."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.conversations import forms_files as forms
from goldenthread.listen.conversations import incoming, queries, services, shown
from goldenthread.listen.conversations.models import Conversation
from goldenthread.listen.conversations.permissions import may_bring_in, may_take_out
from goldenthread.projects.access import permitted_project, there
from goldenthread.projects.models import Project
from goldenthread.projects.queries import listening
from goldenthread.projects.speaker import Request


@require_http_methods(["GET", "POST"])
def bring_in(request: Request, project: str) -> HttpResponse:
    """Choose files; look what they give; bring it in. They are kept nowhere between."""
    found = permitted_project(request, project, may_bring_in)
    if "sheet" in request.POST:
        return _check(request, found)
    form = forms.ChooseExport(request.POST or None, request.FILES or None)
    if form.is_valid():
        with form.refusals():
            given = incoming.unpack(form.given())
            return _preview(request, found, forms.CheckExport(given=given))
    context = shown.about_project(found) | {
        "form": form,
        "box": listening(found, now=clock.now()),
    }
    return page(request, "conversations/import.html", context)


def _check(request: Request, project: Project) -> HttpResponse:
    try:
        form = forms.CheckExport(request.POST)
        if request.POST.get("act") != "bring" or not form.is_valid():
            return _preview(request, project, form)
    except Refusal as refusal:
        messages.info(request, refusal.message)
        return redirect("conversations:import", project.address)
    with form.refusals():
        made = services.import_conversation(
            by=request.user,
            project=project,
            brought=form.brought,
            question=form.cleaned_data["question"],
            now=clock.now(),
        )
    if form.errors:
        return _preview(request, project, form)
    messages.success(request, _("It is here. Its statements wait for the readers."))
    return redirect("conversations:desk", project.address, made.ref)


def _preview(request: Request, project: Project, form: forms.CheckExport) -> HttpResponse:
    context = shown.about_project(project) | {"form": form, "facts": shown.found(form.brought)}
    return page(request, "conversations/import_check.html", context)


@require_http_methods(["GET", "POST"])
def take_out(request: Request, project: str, conversation: UUID) -> HttpResponse:
    """Take out rounded results; or single answers, where all the rules are kept."""
    found = _found(request, project, conversation)
    form = forms.TakeOut(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            return _file(request, found, form)
    drawing = queries.newest_of(found)
    context = shown.around(found, request.speaker) | {
        "form": form,
        "drawing": drawing,
        "why_not": services.why_not(found, drawing),
    }
    return page(request, "conversations/export.html", context)


def _found(request: Request, project: str, conversation: UUID) -> Conversation:
    permitted_project(request, project, may_take_out)
    now = clock.now()
    return there(queries.conversation_for(request.speaker, project, conversation, now=now))


def _file(request: Request, found: Conversation, form: forms.TakeOut) -> HttpResponse:
    now = clock.now()
    if request.POST.get("what") == "answers":
        given = form.cleaned_data
        made = services.take_out_answers(by=request.user, conversation=found, **given, now=now)
        kind, name = "application/zip", "answers.zip"
    else:
        made = services.take_out_results(by=request.user, conversation=found, now=now)
        kind, name = "text/csv; charset=utf-8", "results.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made, content_type=kind, headers=headers)
