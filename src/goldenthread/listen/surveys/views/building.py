"""Writing a survey: the list, one survey with its questions, each question, and the preview."""

from collections.abc import Callable
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.forms import posted
from goldenthread.kit.pages import page
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.surveys import forms, queries, services, visits
from goldenthread.listen.surveys.forms_answering import Filling
from goldenthread.listen.surveys.library import template_at
from goldenthread.listen.surveys.models import Question, Survey
from goldenthread.listen.surveys.outline import outline_of, said_in
from goldenthread.listen.surveys.permissions import may_build, may_change, may_open
from goldenthread.listen.surveys.readiness import missing_in
from goldenthread.listen.surveys.views.around import around, to_survey, to_type, whole
from goldenthread.listen.voices.permissions import may_bring_in
from goldenthread.projects.access import permitted_project, there
from goldenthread.projects.speaker import Request


@require_GET
def surveys(request: Request, project: str) -> HttpResponse:
    """List the surveys of a project."""
    found = permitted_project(request, project, may_build)
    context: dict[str, Any] = {"project": found, "organisation": found.organisation}
    context["may_bring_in"] = may_bring_in(request.speaker, found, now=clock.now())
    return page(request, "surveys/list.html", context | {"listed": queries.listed(found)})


@require_http_methods(["GET", "POST"])
def begin(request: Request, project: str) -> HttpResponse:
    """Begin a survey, empty or with a template."""
    found = permitted_project(request, project, may_build)
    form = forms.Begin(request.POST or None)
    if form.is_valid():
        template = template_at(form.cleaned_data["template"])
        title = form.cleaned_data["title"] or (template.title if template else "")
        with form.refusals():
            made = services.begin_survey(
                by=request.user, project=found, title=title, template=template, now=clock.now()
            )
            return to_survey(made)
    context = {"project": found, "organisation": found.organisation, "form": form}
    return page(request, "surveys/begin.html", context)


def _survey(request: Request, address: str, ref: UUID) -> Survey:
    return there(queries.survey_in(permitted_project(request, address, may_build), ref))


@require_GET
def survey(request: Request, project: str, survey: UUID) -> HttpResponse:
    """Show a survey with its questions, how it stands, and what can be done now."""
    found, now = _survey(request, project, survey), clock.now()
    rows = queries.questions_of(found)
    outline = outline_of(rows)
    waves = queries.waves_of(found)
    context = around(found) | {
        "rows": [(each, outline.numbers.get(each.ref), _shown_after(each, rows)) for each in rows],
        "asked": len(outline.questions),
        "kinds": Question.Kind.choices,
        "waves": waves,
        "wave": next((wave for wave in waves if wave.closed_on is None), None),
        "answered": queries.answered_about(waves[0]) if waves else None,
        "missing": missing_in(found) if found.state == Survey.State.DRAFT else [],
        "may_change": may_change(request.speaker, found, now=now),
        "may_open": may_open(request.speaker, found.project, now=now),
        "href": whole(visits.path_to(found)),
        "door": to_type(reverse("surveys:door")),
    }
    return page(request, "surveys/survey.html", context)


def _shown_after(question: Question, rows: list[Question]) -> str:
    """Say after which answers a question is asked; nothing if everyone is asked."""
    asked = next((each for each in rows if each.ref == question.shown_if_id), None)
    if asked is None:
        return ""
    texts = [each["text"] for each in asked.options if each["key"] in question.shown_keys]
    return _("Only after: %(answers)s") % {"answers": _(" or ").join(texts)}


@require_http_methods(["GET", "POST"])
def about(request: Request, project: str, draft: UUID) -> HttpResponse:
    """Change title, introduction, who may answer, and the second language."""
    found = _changing(request, project, draft)
    form = forms.About(posted(request), initial=forms.initial_of(found))
    if form.is_valid():
        with form.refusals():
            services.change_survey(by=request.user, survey=found, now=clock.now(), **form.given)
            messages.success(request, _("Saved."))
            return to_survey(found)
    return page(request, "surveys/about.html", around(found) | {"form": form})


def _changing(request: Request, address: str, ref: UUID) -> Survey:
    """Return a survey that can still be changed; else there is no such page."""
    found = _survey(request, address, ref)
    if not may_change(request.speaker, found, now=clock.now()):
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
def add(request: Request, project: str, draft: UUID, question_kind: str) -> HttpResponse:
    """Write a new question of a kind, at the end."""
    found = _changing(request, project, draft)
    if question_kind not in Question.Kind.values:
        raise Http404
    return _write(request, found, question_kind, None)


@require_http_methods(["GET", "POST"])
def question(request: Request, project: str, draft: UUID, survey_question: UUID) -> HttpResponse:
    """Change a question."""
    found = _changing(request, project, draft)
    asked = there(queries.question_in(found, survey_question))
    return _write(request, found, asked.kind, asked)


def _write(request: Request, survey: Survey, kind: str, asked: Question | None) -> HttpResponse:
    rows = queries.questions_of(survey)
    earlier = forms.earlier_than(rows, asked)
    form = forms.Write(posted(request), survey=survey, kind=kind, earlier=earlier, question=asked)
    if form.is_valid():
        with form.refusals():
            _save(request, survey, asked, form)
            messages.success(request, _("Saved."))
            return to_survey(survey)
    context = around(survey) | {
        "form": form,
        "kind": Question.Kind(kind),
        "asked": asked,
        "second": [each for each in form if each.name.endswith("_2")],
    }
    return page(request, "surveys/question.html", context)


def _save(request: Request, survey: Survey, asked: Question | None, form: forms.Write) -> None:
    now = clock.now()
    if asked is None:
        services.add_question(by=request.user, survey=survey, now=now, **form.asked)
    else:
        services.change_question(by=request.user, question=asked, now=now, **form.asked)


MOVES: Final[dict[str, Callable[..., object]]] = {
    "up": partial(services.move_question, where="up"),
    "down": partial(services.move_question, where="down"),
    "twice": services.duplicate_question,
    "drop": services.drop_question,
}


@require_POST
def move(request: Request, project: str, draft: UUID, survey_question: UUID) -> HttpResponse:
    """Move a question up or down, put it there once more, or take it out."""
    found = _changing(request, project, draft)
    asked = there(queries.question_in(found, survey_question))
    known = {"by": request.user, "question": asked, "now": clock.now()}
    act = MOVES.get(request.POST.get("act", ""))
    try:
        if act is not None:
            act(**known)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect(f"{visits.path_of(found)}#questions")


@require_POST
def copy(request: Request, project: str, survey: UUID) -> HttpResponse:
    """Begin a new survey with the questions of this one."""
    found = _survey(request, project, survey)
    made = services.copy_survey(by=request.user, survey=found, now=clock.now())
    messages.success(request, _("This is the copy. Change what you like."))
    return to_survey(made)


@require_http_methods(["GET", "POST"])
def drop(request: Request, project: str, draft: UUID) -> HttpResponse:
    """Throw away a survey that was never opened, after asking once."""
    found = _changing(request, project, draft)
    if request.method == "POST":
        services.drop_survey(by=request.user, survey=found, now=clock.now())
        messages.success(request, _("The survey is gone."))
        return redirect("surveys:list", found.project.address)
    return page(request, "surveys/drop.html", around(found))


@require_GET
def preview(request: Request, project: str, survey: UUID) -> HttpResponse:
    """Show the whole survey as people see it, in either language; nothing is sent."""
    found = _survey(request, project, survey)
    lang = found.second if request.GET.get("lang") == found.second else ""
    outline, texts = queries.outline(found), found.texts if lang else {}
    pages = [
        (part, Filling(part=part, outline=outline, before={}, lang=lang, whole=True))
        for part in outline.parts
    ]
    context = around(found) | {
        "pages": [(part, form, *visits.heading_of(part, lang)) for part, form in pages],
        "heading": said_in(texts, "title", found.title),
        "intro": said_in(texts, "intro", found.intro),
        "tongues": visits.tongues_of(found, lang),
        "lang": lang,
    }
    return page(request, "surveys/preview.html", context)
