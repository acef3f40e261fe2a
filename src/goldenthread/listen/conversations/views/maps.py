"""What people think: frozen maps, statement by statement, and from map to map."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.listen.conversations import forms, mapped, marks, queries, services, shown
from goldenthread.listen.conversations.models import Conversation, Drawing
from goldenthread.listen.conversations.telling import KINDS
from goldenthread.projects.access import there
from goldenthread.projects.speaker import Request
from goldenthread.thread.queries import stories_of

WITHOUT_VOICES = {"voice"}  # the map shows the statements; the thread, what came of them


def _found(request: Request, project: str, conversation: UUID) -> Conversation:
    now = clock.now()
    return there(queries.conversation_for(request.speaker, project, conversation, now=now))


def _drawing(request: Request, found: Conversation) -> Drawing | None:
    number = request.GET.get("number", "")
    drawing = queries.drawing_at(found, number)
    if drawing is None and number:
        raise Http404
    return drawing


@require_GET
def opinion_map(request: Request, project: str, conversation: UUID) -> HttpResponse:
    """Show what people share, where they differ, and one's own place; never a single person."""
    found = _found(request, project, conversation)
    drawing = _drawing(request, found)
    context = shown.around(found, request.speaker)
    stories = stories_of([found.ref], visible_to=request.speaker, but=WITHOUT_VOICES)
    context |= {"drawing": drawing, "story": stories[found.ref]}
    if drawing is None:
        return page(request, "conversations/map.html", context)
    context |= _told(request, found, drawing)
    return page(request, "conversations/map.html", context)


def _told(request: Request, found: Conversation, drawing: Drawing) -> dict[str, Any]:
    mark = marks.mark_of(request.speaker, found.ref, request)
    own = None if "number" in request.GET else queries.participant_at(found, mark)
    names = queries.names_of(found, until=drawing.number)
    seen = queries.told_in(drawing)
    kinds = {"common": ["common"], "divides": ["divides"], "to_talk_about": ["mixed", "unsure"]}
    refs = {
        name: mapped.of_kinds(drawing, seen, *each)[: mapped.ON_A_MAP]
        for name, each in kinds.items()
    }
    known = queries.by_ref(found, mapped.own_words(drawing).union(*refs.values()))
    return {name: mapped.statements(drawing, known, each) for name, each in refs.items()} | {
        "key": mapped.key(),
        "groups": mapped.groups(drawing, known, names, own),
        "finding": mapped.finding(drawing) if drawing.shown["map"] else "",
        "place": mapped.place(drawing, own),
    }


@require_GET
def statements(request: Request, project: str, conversation: UUID) -> HttpResponse:
    """Show each statement with how many agree, and what each group thinks."""
    found = _found(request, project, conversation)
    drawing = _drawing(request, found)
    context = shown.around(found, request.speaker) | {"drawing": drawing}
    if drawing is not None:
        asked, refs = request.GET.get("show", ""), queries.told_in(drawing)
        if asked in KINDS:
            refs = mapped.of_kinds(drawing, refs, asked)
        part = mapped.part_of(refs, request.GET)
        known = queries.by_ref(found, part["rows"])
        context |= {
            "page": part | {"rows": mapped.statements(drawing, known, part["rows"])},
            "filters": mapped.filters(request.GET),
            "key": mapped.key(),
        }
    return page(request, "conversations/statements.html", context)


@require_GET
def over_time(request: Request, project: str, conversation: UUID) -> HttpResponse:
    """Show how agreement changed from map to map."""
    found = _found(request, project, conversation)
    drawings = queries.latest_drawings(found, mapped.COMPARED)
    context = shown.around(found, request.speaker) | {"drawings": drawings}
    if drawings:
        refs = queries.told_in(drawings[-1])
        part = refs[: mapped.AT_ONCE]
        context |= mapped.over_time(drawings, queries.by_ref(found, part), part)
        context |= {"part": len(part) if len(refs) > len(part) else 0}
    return page(request, "conversations/over_time.html", context)


@require_http_methods(["GET", "POST"])
def names(request: Request, project: str, conversation: UUID) -> HttpResponse:
    """Give the groups of the newest map names; people do that, no machine."""
    now = clock.now()
    found = there(queries.arranged_by(request.speaker, project, conversation, now=now))
    drawing = there(queries.drawing_at(found, ""))
    sent = forms.NameGroup(request.POST) if request.method == "POST" else None
    if sent is not None and sent.is_valid():
        with sent.refusals():
            services.name_group(by=request.user, drawing=drawing, **sent.cleaned_data, now=now)
            messages.success(request, _("Saved."))
            return redirect("conversations:names", found.project.address, found.ref)
    known = queries.by_ref(found, mapped.own_words(drawing))
    called = queries.names_of(found, until=drawing.number)
    context = shown.around(found, request.speaker) | {"drawing": drawing, "form": sent}
    context |= {"rows": shown.naming(mapped.groups(drawing, known, called), sent)}
    return page(request, "conversations/names.html", context)
