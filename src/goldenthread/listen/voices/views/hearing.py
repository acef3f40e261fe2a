"""The board, one voice with its thread, and who wants to be known to support staff alone."""

from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.kit.paging import keyset
from goldenthread.listen.voices import elsewhere, forms, queries, services
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.permissions import may_look_at_author, may_see_author
from goldenthread.listen.voices.ways import also_offered, ways_of
from goldenthread.projects import services as projects
from goldenthread.projects.access import permitted_project, project_for, staff_project
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.permissions import may_see_board
from goldenthread.projects.speaker import Request
from goldenthread.safety.reading.permissions import may_ask_to_remove
from goldenthread.safety.reading.stubs import stub_of
from goldenthread.thread.queries import story_of

GONE: Final = 410


@require_GET
def board(request: Request, project: str) -> HttpResponse:
    """Show what people said, once it has been read."""
    found = project_for(request, project)
    if not may_see_board(request.speaker, found, now=clock.now()):
        return page(request, "voices/team_board.html", _around(found))
    filters = queries.filters_of(request.GET)
    voices = queries.board(found, filters)
    how_many = queries.how_many(voices, narrowed=filters.any)
    listed = keyset(voices, order=filters.order, query=request.GET, how_many=how_many)
    context = _around(found) | {
        "page": listed,
        "filters": filters,
        "groups": queries.filter_groups(found, request.GET, request.speaker),
        "cards": queries.cards(listed.rows, found, request.speaker),
    }
    return page(request, "voices/board.html", context)


def _around(project: Project) -> dict[str, Any]:
    return {"project": project, "organisation": project.organisation}


@require_http_methods(["GET", "POST"])
def all_ways(request: Request, project: str) -> HttpResponse:
    """Show organisers every way to listen, and which of them stand open; take one more in."""
    found = staff_project(request, project, ProjectRole.Name.FACILITATOR, ProjectRole.Name.CO_LEAD)
    if request.method == "POST":
        ways = also_offered(found, request.POST.get("way", ""))
        projects.offer_ways(by=request.user, project=found, ways=ways, now=clock.now())
        return redirect("voices:ways", found.address)
    shown = ways_of(found, now=clock.now())
    more = [each for each in shown if not each.offered]
    context = _around(found) | {"ways": shown, "more": more}
    return page(request, "voices/ways.html", context)


@require_GET
def voice(request: Request, project: str, voice: UUID) -> HttpResponse:
    """Show one voice, what came before it and what came of it; a stub where it is gone."""
    found = project_for(request, project)
    said = _voice(request, found, voice)
    if said.words.state == queries.State.RELEASED and (own := elsewhere.page_of(said)):
        return redirect(own)
    context = _around(found) | {"story": story_of(said.ref, visible_to=request.speaker)}
    if said.words.state != queries.State.RELEASED:
        hidden = said.words.state == queries.State.HELD
        context |= {"stub": stub_of(said.words), "hidden": hidden}
        context["held_back"] = said.words.restricted
        return page(request, "voices/gone.html", context, status=200 if hidden else GONE)
    context["card"] = queries.cards([said], found, request.speaker)[0]
    context["steps"] = elsewhere.steps_with("voice", said, request.speaker, now=clock.now())
    context["may_remove"] = may_ask_to_remove(request.speaker, found, now=clock.now())
    return page(request, "voices/voice.html", context)


def _voice(request: Request, project: Project, ref: UUID) -> Voice:
    found = queries.voice_visible_to(request.speaker, project, ref, now=clock.now())
    if found is None:
        raise Http404
    return found


@require_POST
def true_for_me(request: Request, project: str, voice: UUID) -> HttpResponse:
    """Count one person for whom this is true too."""
    found = project_for(request, project)
    said = _voice(request, found, voice)
    services.say_true_for_me(by=request.speaker, voice=said, now=clock.now())
    messages.success(request, _("Thank you. We count you in when we next count."))
    return redirect("voices:voice", project=found.address, voice=said.ref)


@require_GET
def known(request: Request, project: str) -> HttpResponse:
    """List the voices whose authors are known to support staff; no name is on this page."""
    found = permitted_project(request, project, may_see_author)
    listed = keyset(queries.known_to_support(found), order=queries.BY_ARRIVAL, query=request.GET)
    return page(request, "voices/known.html", _around(found) | {"page": listed})


@require_http_methods(["GET", "POST"])
def who(request: Request, project: str, voice: UUID) -> HttpResponse:
    """Say who it was, to support staff who ask for it; each look is on the record."""
    found = project_for(request, project)
    said = queries.known_to_support(found).filter(pk=voice).first()
    if said is None or not may_look_at_author(request.speaker, said, now=clock.now()):
        raise Http404
    form = forms.SeeAuthor(request.POST or None)
    context = _around(found) | {"voice": said, "author": None, "form": form}
    if form.is_valid():
        with form.refusals():
            given = form.cleaned_data
            seen = services.see_author(by=request.user, voice=said, **given, now=clock.now())
            context["author"] = seen
    context["looks"] = queries.looks_at_author(said)
    return page(request, "voices/who.html", context)
