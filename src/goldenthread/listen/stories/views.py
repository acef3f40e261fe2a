"""Telling a story, reading stories, and choosing afterwards who may see one's own."""

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
from goldenthread.listen.stories import forms, queries, services, sharing
from goldenthread.listen.stories.covers import cover, covered_in
from goldenthread.listen.stories.models import StoryBox
from goldenthread.listen.stories.permissions import may_switch, may_tell
from goldenthread.listen.voices import handing, offers
from goldenthread.listen.voices.elsewhere import steps_with
from goldenthread.listen.voices.forms import SAME
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.permissions import is_mine
from goldenthread.projects.access import permitted_project, project_for, there
from goldenthread.projects.models import Project
from goldenthread.projects.permissions import may_see_board
from goldenthread.projects.queries import listening
from goldenthread.projects.speaker import Request, Speaker, receipt_holder
from goldenthread.safety.reading.permissions import may_ask_to_remove
from goldenthread.thread.queries import story_of


@require_http_methods(["GET", "POST"])
def tell(request: Request, project: str) -> HttpResponse:
    """Tell a story; what we promise stands before the boxes."""
    found, now = project_for(request, project), clock.now()
    box = there(queries.box_of(found))
    written = "\n\n".join(filter(None, map(request.POST.get, ("good", "better"))))
    if not may_tell(request.speaker, box, now=now) and not (written and not box.is_open):
        raise Http404
    listens = listening(found, now=now)
    if not (listens.is_open and box.is_open):
        return page(request, "voices/closed.html", _closed(found, box, listens, written))
    offer = offers.offer_to(request.speaker, found, box=listens)
    initial = {"strand": request.GET.get("strand", "")[:6]}
    form = forms.TellStory(posted(request), box=box, offer=offer, initial=initial, now=now)
    if form.is_valid():
        with form.refusals():
            told = services.tell(
                by=request.speaker, box=box, form_key=form.key, now=now, **form.said
            )
            same = form.cleaned_data["receipt"] == SAME
            handed = handing.handed_of(told.voice, told.code, same=same)
            return handing.over(found, handed, now=now)
    return page(request, "stories/tell.html", _telling(request, offer, form))


def _closed(project: Project, box: StoryBox, listens: Any, written: str) -> dict[str, Any]:
    """What someone sees who wrote while stories were switched off, or while nobody listens."""
    off = {"sentence": _("No new stories are taken here now.")}
    shut = listens if box.is_open else off
    return _around(project) | {"box": shut, "written": written, "neutral_title": True}


def _telling(request: Request, offer: offers.Offer, form: forms.TellStory) -> dict[str, Any]:
    now = clock.now()
    return _around(offer.project) | {
        "neutral_title": True,
        "offer": offer,
        "form": form,
        "strand": offers.strand_at(offer.project, str(form["strand"].value() or "")),
        **offers.when_read(offer.box.next_reading, offer.box.gap, now=now),
        "sees_stories": may_see_board(request.speaker, offer.project, now=now),
    }


@require_GET
def all_stories(request: Request, project: str) -> HttpResponse:
    """List the stories that were released; the reader chooses what to cover."""
    found, box = _shown(request, project)
    want = queries.wanted(request.GET, covered_in(request, found))
    rows = queries.listed(found, want)
    stories = keyset(rows, order=queries.ORDER, query=request.GET, size=10)
    context = _around(found) | {
        "box": box,
        "page": stories,
        "wanted": want,
        "groups": queries.filter_groups(box, request.GET),
        "cards": queries.cards(stories.rows, found, request.speaker, hidden=want.hidden),
        "form": forms.HideStories(initial={"hide": sorted(want.hidden)}),
        "may_tell": may_tell(request.speaker, box, now=clock.now()),
    }
    return page(request, "stories/list.html", context)


@require_POST
def choose(request: Request, project: str) -> HttpResponse:
    """Keep in this browser what its reader would rather not see."""
    found, _box = _shown(request, project)
    form = forms.HideStories(request.POST)
    chosen = form.cleaned_data["hide"] if form.is_valid() else []
    return cover(redirect("stories:list", found.address), found, chosen)


@require_GET
def story(request: Request, project: str, story: UUID) -> HttpResponse:
    """Show one story, what came before it and what came of it."""
    found, _box = _shown(request, project)
    told, now = there(queries.story_in(found, story)), clock.now()
    hidden = [] if "show" in request.GET else covered_in(request, found)
    context = _around(found) | {
        "card": queries.cards([told], found, request.speaker, hidden=hidden)[0],
        "story": story_of(told.pk, visible_to=request.speaker),
        "steps": steps_with("voice", told.voice, request.speaker, now=now),
        "may_remove": may_ask_to_remove(request.speaker, found, now=now),
        "is_mine": is_mine(request.speaker, told.voice),
    }
    return page(request, "stories/story.html", context)


@require_http_methods(["GET", "POST"])
def share(request: Request, project: str, story: UUID) -> HttpResponse:
    """Let someone choose who may see the story they told."""
    found = project_for(request, project)
    speaker, mine = _own(request, found, story)
    form = forms.Share(posted(request))
    if form.is_valid():
        thanks = sharing.choose(form.cleaned_data["act"], by=speaker, voice=mine, now=clock.now())
        messages.success(request, thanks)
        return redirect("stories:share", found.address, mine.pk)
    context = _around(found) | {"sharing": queries.sharing_of(mine), "neutral_title": True}
    return page(request, "stories/share.html", context | {"statement": sharing.statement()})


@require_http_methods(["GET", "POST"])
def settings(request: Request, project: str) -> HttpResponse:
    """Switch stories on, and word their two questions."""
    found, now = permitted_project(request, project, may_switch), clock.now()
    box = queries.box_of(found)
    form = forms.Switch(posted(request), initial=forms.as_set(box))
    if form.is_valid():
        with form.refusals():
            services.switch_on(by=request.user, project=found, **form.cleaned_data, now=now)
            messages.success(request, _("People can tell their stories now."))
            return redirect("stories:settings", found.address)
    return page(request, "stories/settings.html", _around(found) | {"box": box, "form": form})


@require_POST
def switch_off(request: Request, project: str) -> HttpResponse:
    """Take no more stories."""
    found = permitted_project(request, project, may_switch)
    services.switch_off(by=request.user, project=found, now=clock.now())
    messages.success(request, _("Nobody can tell new stories now. Those that were told stay."))
    return redirect("stories:settings", found.address)


def _around(project: Project) -> dict[str, Any]:
    return {"project": project, "organisation": project.organisation}


def _shown(request: Request, address: str) -> tuple[Project, StoryBox]:
    """Fetch the stories of a project for someone who may read what people said there."""
    project = permitted_project(request, address, may_see_board)
    return project, there(queries.box_of(project))


def _own(request: Request, project: Project, ref: UUID) -> tuple[Speaker, Voice]:
    """Fetch a story through who told it: the member signed in, or who holds its receipt."""
    for speaker in (request.speaker, receipt_holder(request)):
        found = queries.own_story(speaker, project, ref) if speaker else None
        if speaker and found:
            return speaker, found
    raise Http404
