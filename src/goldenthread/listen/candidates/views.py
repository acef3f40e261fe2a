from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.forms import posted
from goldenthread.kit.pages import page
from goldenthread.kit.paging import keyset
from goldenthread.kit.text import say_counted
from goldenthread.listen.candidates import forms, queries, services, shown
from goldenthread.listen.candidates.models import Candidate
from goldenthread.listen.themes.permissions import ORGANISERS
from goldenthread.projects.access import staff_project
from goldenthread.projects.speaker import Request


@require_http_methods(["GET", "POST"])
def all_candidates(request: Request, project: str) -> HttpResponse:
    """Ask for candidates, and see them all."""
    found = staff_project(request, project, *ORGANISERS)
    form = forms.Ask(posted(request))
    if form.is_valid():
        with form.refusals():
            services.ask(by=request.user, project=found, now=clock.now(), **form.cleaned_data)
            return redirect("candidates:list", project)
    run = queries.run_of(found)
    context = {"project": found, "crumbs": shown.crumbs(found), "form": form}
    if run is not None:
        context |= shown.all_of(run, found)
    return page(request, "candidates/list.html", context)


@require_GET
def in_none(request: Request, project: str) -> HttpResponse:
    """Show the voices that are in no candidate. That is fine."""
    found = staff_project(request, project, *ORGANISERS)
    run = queries.run_of(found)
    if run is None:
        raise Http404
    listed = keyset(queries.in_none(run), order=shown.BY_FIT, query=request.GET, size=shown.AT_ONCE)
    context = {"project": found, "crumbs": shown.crumbs(found, beneath=True), "page": listed}
    context["picks"] = shown.picks(listed.rows, found)
    return page(request, "candidates/none.html", context)


@require_POST
def finish(request: Request, project: str) -> HttpResponse:
    """Let the candidates go."""
    found = staff_project(request, project, *ORGANISERS)
    services.finish(by=request.user, project=found, now=clock.now())
    messages.success(request, _("The candidates are gone. The themes you made of them stay."))
    return redirect("themes:workspace", project)


@require_http_methods(["GET", "POST"])
def candidate(request: Request, project: str, candidate: UUID) -> HttpResponse:
    """Show one candidate with its voices, and make a theme of it."""
    one = _one(request, project, candidate)
    form = forms.Accept(posted(request), initial={"title": one.title})
    if form.is_valid():
        with form.refusals():
            theme = services.accept(
                by=request.user, candidate=one, now=clock.now(), **form.cleaned_data
            )
            held = say_counted(theme.voice_count, "voice", "voices")
            said = _("Made the theme “%(title)s”, with %(voices)s.")
            messages.success(request, said % {"title": theme.title, "voices": held})
            return redirect("candidates:list", project)
    given = {"accept": form} if form.is_bound else {}
    return page(request, "candidates/candidate.html", shown.one(one, request.GET, **given))


@require_POST
def name(request: Request, project: str, candidate: UUID) -> HttpResponse:
    """Give a candidate a working title."""
    one = _one(request, project, candidate)
    form = forms.Name(request.POST)
    if form.is_valid():
        with form.refusals():
            services.name(by=request.user, candidate=one, now=clock.now(), **form.cleaned_data)
            return _done(request, one, _("Saved."))
    return _again(request, one, name=form)


@require_POST
def merge(request: Request, project: str, candidate: UUID) -> HttpResponse:
    """Put a candidate into another."""
    one = _one(request, project, candidate)
    others = {each.ref: each for each in queries.others(one)}
    form = forms.Merge(others.values(), request.POST)
    if form.is_valid():
        with form.refusals():
            into = services.merge(
                by=request.user,
                candidate=one,
                into=others[form.cleaned_data["into"]],
                now=clock.now(),
            )
            return _done(request, into, _("Merged. All their voices are here."))
    return _again(request, one, merge=form)


@require_POST
def split(request: Request, project: str, candidate: UUID) -> HttpResponse:
    """Look for smaller groups in a candidate."""
    one = _one(request, project, candidate)
    form = forms.Split(request.POST)
    if form.is_valid():
        with form.refusals():
            parts = services.split(
                by=request.user, candidate=one, now=clock.now(), **form.cleaned_data
            )
            said = _("Found %(n)s smaller groups. They are in the list.") % {"n": len(parts)}
            messages.success(request, said)
            return redirect("candidates:list", project)
    return _again(request, one, split=form)


@require_POST
def take_out(request: Request, project: str, candidate: UUID) -> HttpResponse:
    """Take single voices out of a candidate."""
    one = _one(request, project, candidate)
    form = forms.TakeOut(request.POST)
    if form.is_valid():
        with form.refusals():
            services.take_out(by=request.user, candidate=one, now=clock.now(), **form.cleaned_data)
            return _done(request, one, _("Taken out. They are with the voices in no candidate."))
    return _again(request, one, take_out=form)


@require_POST
def put_aside(request: Request, project: str, candidate: UUID) -> HttpResponse:
    """Put a candidate aside, or take it up again."""
    one = _one(request, project, candidate)
    one = services.put_aside(by=request.user, candidate=one, now=clock.now())
    aside = one.state == Candidate.State.ASIDE
    messages.success(request, _("Put aside.") if aside else _("It is in the list again."))
    return redirect("candidates:list", project)


def _one(request: Request, project: str, ref: UUID) -> Candidate:
    return queries.candidate_in(staff_project(request, project, *ORGANISERS), ref)


def _done(request: Request, one: Candidate, message: str) -> HttpResponse:
    messages.success(request, message)
    return redirect("candidates:candidate", one.run.project.address, one.ref)


def _again(request: Request, one: Candidate, **given: Any) -> HttpResponse:
    return page(request, "candidates/candidate.html", shown.one(one, request.GET, **given))
