"""Rounds: one question to a whole class on the shared screen, and hands to count."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.listen.rooms import forms, queries, services, shown
from goldenthread.listen.rooms.permissions import may_run
from goldenthread.projects.access import permitted_project, there
from goldenthread.projects.speaker import Request


@require_http_methods(["GET", "POST"])
def all_rounds(request: Request, project: str) -> HttpResponse:
    """Begin a round, and see those before."""
    found = permitted_project(request, project, may_run)
    form = forms.BeginRound(request.POST or None, project=found)
    if form.is_valid():
        with form.refusals():
            asked = services.begin_round(
                by=request.user, project=found, **form.asked, now=clock.now()
            )
            return redirect("rooms:round", project, asked.ref)
    before = shown.newest(queries.rounds_of(found), request.GET)
    context = shown.around(found) | {
        "form": form,
        "crumbs": shown.crumbs(found),
        "page": before,
        "rounds": shown.rounds(before.rows),
    }
    return page(request, "rooms/rounds.html", context)


@require_http_methods(["GET", "POST"])
def one(request: Request, project: str, class_round: UUID) -> HttpResponse:
    """Show the question to the class, and take the numbers that the teacher counted."""
    asked = there(queries.round_in(permitted_project(request, project, may_run), class_round))
    form = forms.CountHands(request.POST or None, asked=asked)
    if form.is_valid():
        with form.refusals():
            services.count_hands(by=request.user, asked=asked, hands=form.hands, now=clock.now())
            return redirect("rooms:round", project, asked.ref)
    context = shown.around(asked.project) | {
        "asked": asked,
        "answers": shown.answers_of(asked),
        "form": form,
    }
    return page(request, "rooms/round.html", context)
