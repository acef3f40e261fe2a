from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.forms import posted
from goldenthread.kit.pages import page
from goldenthread.listen.coding import forms, permissions, queries, services, shown
from goldenthread.listen.coding.models import Round
from goldenthread.listen.themes.permissions import ORGANISERS, may_group
from goldenthread.listen.themes.queries import theme_in
from goldenthread.projects.access import project_for, staff_project
from goldenthread.projects.speaker import Request


@require_GET
def book(request: Request, project: str) -> HttpResponse:
    """Show the codebook to those who group or code."""
    found = project_for(request, project)
    themes = queries.book_for(request.speaker, found)
    context = {
        "project": found,
        "crumbs": shown.crumbs(found, beneath=False),
        "codes": shown.book(themes),
        "may_group": may_group(request.speaker, found, now=clock.now()),
        "rounds": shown.rounds(found),
    }
    return page(request, "coding/book.html", context)


@require_http_methods(["GET", "POST"])
def write_code(request: Request, project: str, theme: UUID) -> HttpResponse:
    """Say what belongs to a theme."""
    topic = theme_in(staff_project(request, project, *ORGANISERS), theme)
    code = queries.code_of(topic)
    initial = {**code.__dict__, "example": code.example_id} if code else {"version": 0}
    form = forms.WriteCode(queries.examples_for(topic), posted(request), initial=initial)
    if form.is_valid():
        with form.refusals():
            services.write_code(by=request.user, theme=topic, now=clock.now(), **form.cleaned_data)
            said = _("Saved what belongs to “%(title)s”.") % {"title": topic.title}
            messages.success(request, said)
            return redirect("coding:book", project)
    context = {"project": topic.project, "theme": topic, "form": form, "code": code}
    context |= {"crumbs": shown.crumbs(topic.project), "theirs": form.meet(code)}
    return page(request, "coding/write.html", context)


@require_http_methods(["GET", "POST"])
def start(request: Request, project: str) -> HttpResponse:
    """Draw a sample and name who sorts it."""
    found, now = staff_project(request, project, *ORGANISERS), clock.now()
    form = forms.StartRound(queries.possible_coders(found, now=now), posted(request))
    if form.is_valid():
        with form.refusals():
            made = services.start_round(
                by=request.user, project=found, now=now, **form.cleaned_data
            )
            messages.success(request, _("The sample is drawn. Each coder finds it under “To do”."))
            return redirect("coding:round", project, made.ref)
    context = {"project": found, "crumbs": shown.crumbs(found), "form": form}
    return page(request, "coding/start.html", context)


@require_GET
def one_round(request: Request, project: str, round_: UUID) -> HttpResponse:
    """Show a round: how far it is, and once all are done how far they agree."""
    return _round(request, _found(request, project, round_))


@require_http_methods(["GET", "POST"])
def code(request: Request, project: str, round_: UUID, unit: UUID | None = None) -> HttpResponse:
    """Let a coder sort one voice after another, alone."""
    coder = queries.coder_in(request.speaker, project_for(request, project), round_)
    if not permissions.may_code(request.speaker, coder, now=clock.now()):
        return redirect("coding:round", project, round_)
    found, titles = queries.next_for(coder, unit), queries.titles(coder.round)
    if unit and (found.unit is None or found.unit.ref != unit):  # it was taken back meanwhile
        messages.info(request, _("What you were sorting is not here any more."))
        return redirect("coding:code", project, round_)
    sent = posted(request) if unit else None  # never for another voice than the one on the page
    form = forms.Choose(titles, sent, initial={"themes": found.chosen})
    if found.unit is not None and form.is_valid():
        chosen = form.cleaned_data["themes"]
        with form.refusals():
            services.code(
                by=request.user, coder=coder, unit=found.unit, chosen=chosen, now=clock.now()
            )
            return redirect("coding:code", project, round_)
    context = {"project": coder.round.project, "round": coder.round, "form": form, "next": found}
    context |= {"far": shown.left_to_do(found), "crumbs": shown.crumbs(coder.round.project)}
    context["codes"] = queries.codes_of(coder.round)
    return page(request, "coding/code.html", context)


@require_POST
def be_done(request: Request, project: str, round_: UUID) -> HttpResponse:
    """Say that one is done."""
    coder = queries.coder_in(request.speaker, project_for(request, project), round_)
    services.be_done(by=request.user, coder=coder, now=clock.now())
    messages.success(request, _("Thank you. You have sorted them all."))
    return redirect("coding:round", project, round_)


@require_http_methods(["GET", "POST"])
def agree_on(request: Request, project: str, round_: UUID, unit: UUID) -> HttpResponse:
    """Talk one voice through, and note what was agreed."""
    one = queries.round_for(request.speaker, staff_project(request, project, *ORGANISERS), round_)
    codings, titles = queries.differing_unit(one, unit), queries.titles(one)
    voice = codings[0].unit
    initial = {"themes": voice.agreed, "note": voice.note, "seen": voice.edition}
    form = forms.Agree(titles, posted(request), initial=initial)
    theirs = not form.meets(voice)
    if form.is_valid():
        chosen, note = form.cleaned_data["themes"], form.cleaned_data["note"]
        with form.refusals():
            services.agree_on(
                by=request.user, round_=one, unit=voice, chosen=chosen, note=note, now=clock.now()
            )
            return redirect("coding:round", project, round_)
    context = {"project": one.project, "round": one, "form": form, "unit": voice}
    context |= {"theirs": theirs, "agreed": shown.named(voice.agreed, titles)}
    context["choices"] = shown.choices(codings, titles)
    context["crumbs"] = shown.crumbs(one.project, round_=one)
    return page(request, "coding/agree.html", context)


@require_POST
def settle(request: Request, project: str, round_: UUID) -> HttpResponse:
    """Close a round that was talked through."""
    one = queries.round_for(request.speaker, staff_project(request, project, *ORGANISERS), round_)
    form = forms.Settle(request.POST)
    if form.is_valid():
        with form.refusals():
            services.settle(by=request.user, round_=one, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("This round is settled."))
            return redirect("coding:round", project, round_)
    return _round(request, one, settle=form)


@require_POST
def stop(request: Request, project: str, round_: UUID) -> HttpResponse:
    """Throw away a round that was not settled."""
    one = queries.round_for(request.speaker, staff_project(request, project, *ORGANISERS), round_)
    services.stop_round(by=request.user, round_=one, now=clock.now())
    messages.success(request, _("The round is stopped. What was chosen in it is gone."))
    return redirect("coding:book", project)


def _found(request: Request, project: str, round_: UUID) -> Round:
    return queries.round_for(request.speaker, project_for(request, project), round_)


def _round(request: Request, one: Round, **given: forms.Settle) -> HttpResponse:
    coder = queries.as_coder(request.speaker, one)
    context = {
        **shown.one_round(one),
        **given,
        "form": given.get("settle"),
        "project": one.project,
        "may_group": may_group(request.speaker, one.project, now=clock.now()),
        "may_code": coder is not None
        and permissions.may_code(request.speaker, coder, now=clock.now()),
    }
    return page(request, "coding/round.html", context)
