"""The organisers' pages: a list, a desk for each conversation, its question and statements."""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.kit.paging import keyset
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.conversations import forms, queries, services, shown
from goldenthread.listen.conversations.models import Conversation
from goldenthread.listen.conversations.permissions import may_arrange, may_bring_in, may_take_out
from goldenthread.projects.access import permitted_project, there
from goldenthread.projects.speaker import Request

Doing = Callable[[Request, Conversation, UUID | None, datetime], object]


def _found(request: Request, project: str, conversation: UUID) -> Conversation:
    now = clock.now()
    return there(queries.arranged_by(request.speaker, project, conversation, now=now))


@require_GET
def conversations(request: Request, project: str) -> HttpResponse:
    """List the conversations of a project, newest first."""
    found = permitted_project(request, project, may_arrange)
    listed = keyset(queries.conversations_of(found), order=queries.BY_DAY, query=request.GET)
    context = shown.about_project(found) | {
        "page": listed,
        "brings_in": may_bring_in(request.speaker, found, now=clock.now()),
    }
    return page(request, "conversations/list.html", context)


@require_http_methods(["GET", "POST"])
def new(request: Request, project: str) -> HttpResponse:
    """Begin a new conversation."""
    found = permitted_project(request, project, may_arrange)
    form = forms.Prepare(request.POST or None)
    if form.is_valid():
        with form.refusals():
            made = services.prepare(
                by=request.user, project=found, **form.cleaned_data, now=clock.now()
            )
            return redirect("conversations:desk", found.address, made.ref)
    return page(request, "conversations/new.html", shown.about_project(found) | {"form": form})


@require_http_methods(["GET", "POST"])
def desk(request: Request, project: str, conversation: UUID) -> HttpResponse:
    """Work on one conversation; writing a statement is what is done here most."""
    found = _found(request, project, conversation)
    form = forms.Seed(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.seed(by=request.user, conversation=found, **form.cleaned_data, now=clock.now())
            return redirect("conversations:desk", found.project.address, found.ref)
    context = shown.around(found, request.speaker) | shown.desk(found) | {"form": form}
    context["takes_out"] = may_take_out(request.speaker, found.project, now=clock.now())
    return page(request, "conversations/desk.html", context)


@require_http_methods(["GET", "POST"])
def question(request: Request, project: str, conversation: UUID) -> HttpResponse:
    """Put the question in other words, while nobody has seen it."""
    found = _found(request, project, conversation)
    written = {name: getattr(found, name) for name in ("question", "about", "answers_leave")}
    form = forms.Question(request.POST or None, initial=written)
    if form.is_valid():
        with form.refusals():
            services.reword(
                by=request.user, conversation=found, **form.cleaned_data, now=clock.now()
            )
            return redirect("conversations:desk", found.project.address, found.ref)
    context = shown.around(found, request.speaker) | {"form": form}
    return page(request, "conversations/question.html", context)


@require_POST
def act(request: Request, project: str, conversation: UUID) -> HttpResponse:
    """Do what a button on the desk says."""
    found = _found(request, project, conversation)
    deed, _colon, statement = request.POST.get("act", "").partition(":")
    form = forms.Act({"act": deed, "statement": statement})
    if not form.is_valid():
        raise Http404
    doing, says = DEEDS[form.cleaned_data["act"]]
    try:
        doing(request, found, form.cleaned_data["statement"], clock.now())
        if says:
            messages.success(request, says)
    except Refusal as refusal:
        messages.info(request, refusal.message)
    return redirect("conversations:desk", found.project.address, found.ref)


def _call(service: Callable[..., object], **more: Any) -> Doing:
    def done(request: Request, found: Conversation, _ref: UUID | None, now: datetime) -> object:
        return service(by=request.user, conversation=found, now=now, **more)

    return done


def _on_statement(service: Callable[..., object]) -> Doing:
    def done(request: Request, found: Conversation, ref: UUID | None, now: datetime) -> object:
        return service(by=request.user, conversation=found, statement=ref, now=now)

    return done


DEEDS: dict[str, tuple[Doing, Any]] = {
    "open": (
        _call(services.open_conversation),
        _("It is open. People find it on the project page."),
    ),
    "close": (_call(services.close_conversation), _("It is closed. What was counted can be seen.")),
    "let-add": (_call(services.let_add, adding=True), _("People can add statements now.")),
    "stop-adding": (
        _call(services.let_add, adding=False),
        _("People can no longer add statements."),
    ),
    "freeze": (_call(services.freeze), _("The answers are counted anew.")),
    "drop": (_on_statement(services.drop_seed), _("The statement is out.")),
    "up": (_on_statement(services.move_seed), ""),
}
