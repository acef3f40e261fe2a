"""Asking a quick question, replying to it, and closing it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.forms import posted
from goldenthread.kit.pages import page
from goldenthread.kit.paging import keyset
from goldenthread.listen.questions import forms, queries, services, shown
from goldenthread.listen.questions.browser import has_token, remember, token_in
from goldenthread.listen.questions.models import Question
from goldenthread.listen.questions.permissions import may_ask, may_end
from goldenthread.listen.voices import handing, offers
from goldenthread.listen.voices.forms import SAME
from goldenthread.projects.access import permitted_project, project_for, there
from goldenthread.projects.models import Project
from goldenthread.projects.poster import make
from goldenthread.projects.queries import listening
from goldenthread.projects.speaker import Request


@require_GET
def all_questions(request: Request, project: str) -> HttpResponse:
    """List the quick questions of a project, the newest first."""
    found, now = project_for(request, project), clock.now()
    rows = keyset(queries.questions_of(found), order=queries.ORDER, query=request.GET)
    context = _around(found) | {
        "questions": rows,
        "may_ask": may_ask(request.speaker, found, now=now),
    }
    return page(request, "questions/list.html", context)


@require_http_methods(["GET", "POST"])
def ask(request: Request, project: str) -> HttpResponse:
    """Ask everyone one question."""
    found = permitted_project(request, project, may_ask)
    form = forms.Ask(posted(request))
    if form.is_valid():
        with form.refusals():
            asked = services.ask(by=request.user, project=found, **form.asked, now=clock.now())
            messages.success(request, _("Asked. Everyone can reply now."))
            return redirect("questions:question", found.address, asked.ref)
    return page(request, "questions/ask.html", _around(found) | {"form": form})


@require_http_methods(["GET", "POST"])
def question(request: Request, project: str, question: UUID) -> HttpResponse:
    """Reply to a question; once it has ended, see what was chosen and what was answered."""
    found, now = project_for(request, project), clock.now()
    asked, written = _question(found, question), request.POST.get("text", "").strip()
    if not queries.is_taking(asked, now=now):
        return page(request, "questions/ended.html", shown.ended(asked, request, written=written))
    box = listening(found, now=now)
    offer = offers.offer_to(request.speaker, found, box=box)
    initial = {"option": _chosen(request, asked)}
    given: dict[str, Any] = {"question": asked, "offer": offer, "words": box.is_open, "now": now}
    form = forms.Reply(posted(request), initial=initial, **given)
    if not form.takes_anything:
        context = _around(found) | {"box": box, "written": written, "neutral_title": True}
        return page(request, "voices/closed.html", context)
    unsent = "" if box.is_open else written
    context = shown.open_now(asked, request, offer=offer, form=form, unsent=unsent)
    if form.is_valid():
        with form.refusals():
            return _reply(request, asked, form, context)
    return page(request, "questions/question.html", context)


def _reply(
    request: Request, asked: Question, form: forms.Reply, context: dict[str, Any]
) -> HttpResponse:
    """Take what was replied, and lead on to the receipt or back to the question.

    Words that cannot be taken are given back on the page itself.
    """
    now, token = clock.now(), token_in(request, otherwise=form.key)
    given: dict[str, Any] = {
        "by": request.speaker,
        "question": asked,
        "form_key": form.key,
        "browser": token,
    }
    replied = services.reply(**given, **form.said, now=now)
    if replied.spoken is None:
        messages.success(request, _("Thank you. Your choice counts. You can change it."))
        answer: HttpResponse = redirect("questions:question", asked.project.address, asked.ref)
        if context["unsent"]:
            answer = page(request, "questions/question.html", context)
    else:
        said, same = replied.spoken, form.cleaned_data["receipt"] == SAME
        handed = handing.handed_of(said.voice, said.code, same=same)
        answer = handing.over(asked.project, handed, now=now)
    return remember(answer, asked, token) if replied.chose else answer


@require_POST
def end(request: Request, project: str, question: UUID) -> HttpResponse:
    """End a question before its time."""
    found = permitted_project(request, project, may_end)
    asked = services.end(by=request.user, question=_question(found, question), now=clock.now())
    messages.success(request, _("It has ended. Now write the answer."))
    return redirect("questions:question", found.address, asked.ref)


@require_http_methods(["GET", "POST"])
def leave(request: Request, project: str, question: UUID) -> HttpResponse:
    """Close a question that gets no answer, with the reason."""
    found = permitted_project(request, project, may_end)
    asked = _question(found, question)
    form = forms.Leave(posted(request))
    if form.is_valid():
        with form.refusals():
            services.close_without(
                by=request.user, question=asked, **form.cleaned_data, now=clock.now()
            )
            messages.success(request, _("It is closed. Everyone can read why."))
            return redirect("questions:question", found.address, asked.ref)
    context = _around(found) | {"question": asked, "form": form}
    return page(request, "questions/leave.html", context)


@require_GET
def poster(request: Request, project: str, question: UUID) -> HttpResponse:
    """Give a poster with the question and the way to its page, as PDF."""
    found = permitted_project(request, project, may_end)
    asked = _question(found, question)
    answer = HttpResponse(make(shown.poster_of(asked)), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="question-{asked.ref.hex[:6]}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


def _around(project: Project) -> dict[str, Any]:
    return {"project": project, "organisation": project.organisation}


def _question(project: Project, ref: UUID) -> Question:
    return there(queries.question_in(project, ref))


def _chosen(request: Request, asked: Question) -> str:
    """What this person or browser chose before, to be changed."""
    if not request.speaker.is_member and not has_token(request):
        return ""
    token = token_in(request, otherwise=asked.ref)
    return queries.chosen_by(asked, services.mark_of(request.speaker, asked, token))
