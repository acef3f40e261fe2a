"""Taking part: one statement at a time, one's own answers, a statement of one's own."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.pages import page, part, wants_part
from goldenthread.kit.paging import keyset
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.conversations import asking, forms, marks, queries, services, shown
from goldenthread.listen.conversations.models import Conversation, Stance
from goldenthread.listen.conversations.permissions import may_add, may_arrange
from goldenthread.listen.voices import handing, offers
from goldenthread.projects.access import there
from goldenthread.projects.queries import listening
from goldenthread.projects.speaker import Request


def _found(request: Request, project: str, conversation: UUID) -> Conversation:
    now = clock.now()
    return there(queries.conversation_for(request.speaker, project, conversation, now=now))


@require_GET
def conversation(request: Request, project: str, conversation: UUID) -> HttpResponse:
    """Say what is asked, what happens with the answers, and begin."""
    found = _found(request, project, conversation)
    mark = marks.mark_of(request.speaker, found.ref, request)
    context = shown.around(found, request.speaker) | {
        "progress": asking.next_for(found, mark)[1],
        "asked_by": shown.asked_by(found.project),
        "arranges": may_arrange(request.speaker, found.project, now=clock.now()),
    }
    return page(request, "conversations/conversation.html", context)


@require_http_methods(["GET", "POST"])
def answer(request: Request, project: str, conversation: UUID) -> HttpResponse:
    """Show one statement; an answer leads to the next one, or back to one's own answers."""
    if request.method == "POST":
        return _take(request, project, conversation)
    mark = marks.mark_of(request.speaker, conversation, request)
    return _ask(request, project, conversation, mark)


def _ask(request: Request, project: str, conversation: UUID, mark: bytes | None) -> HttpResponse:
    found = _found(request, project, conversation)
    asked, progress = asking.next_for(found, mark)
    if not queries.is_voting(found):
        asked = None
    context = shown.around(found, request.speaker) | {
        "asked": asked,
        "picture": shown.picture_of(asked),
        "progress": progress,
    }
    if wants_part(request):
        return part(request, "conversations/asked.html", context)
    return page(request, "conversations/answer.html", context)


def _take(request: Request, project: str, conversation: UUID) -> HttpResponse:
    statement, stance = _said(request)
    own = marks.begin(request.speaker, conversation, request)
    onward: HttpResponse = redirect(request.path)
    if request.POST.get("from") == "mine":
        onward = redirect("conversations:mine", project, conversation)
    try:
        services.answer(
            by=request.speaker,
            project=project,
            conversation=conversation,
            statement=statement,
            mark=own.mark,
            value=stance,
            now=clock.now(),
        )
    except Refusal as refusal:
        _found(request, project, conversation)
        messages.info(request, refusal.message)
        return onward
    if wants_part(request):
        onward = _ask(request, project, conversation, own.mark)
    return marks.remember(onward, project, conversation, own)


def _said(request: Request) -> tuple[UUID, Stance.Value]:
    """Read one tap. Nobody types it, so what is no answer has no form to come back to."""
    try:
        return UUID(request.POST["statement"]), Stance.Value(int(request.POST["stance"]))
    except (KeyError, ValueError):
        raise Http404 from None


@require_GET
def mine(request: Request, project: str, conversation: UUID) -> HttpResponse:
    """Show one's own answers, each to be changed, and one's place on the map."""
    found = _found(request, project, conversation)
    mark = marks.mark_of(request.speaker, found.ref, request)
    own = queries.answers_of(found, mark)
    listed = keyset(own, order=queries.BY_STATEMENT, query=request.GET)
    context = shown.around(found, request.speaker) | {
        "page": listed,
        "answers": shown.answers(listed.rows),
        "place": shown.place_of(found, mark),
    }
    return page(request, "conversations/mine.html", context)


@require_POST
def forget(request: Request, project: str, conversation: UUID) -> HttpResponse:
    """Take the mark out of this browser."""
    found = _found(request, project, conversation)
    messages.success(request, _("This device does not know your answers any more."))
    answered = redirect("conversations:conversation", found.project.address, found.ref)
    return marks.forget(answered, project, found.ref)


@require_http_methods(["GET", "POST"])
def add(request: Request, project: str, conversation: UUID) -> HttpResponse:
    """Add a statement of one's own; a reader reads it before anybody votes on it."""
    found, now = _found(request, project, conversation), clock.now()
    box = listening(found.project, now=now)
    context = shown.around(found, request.speaker) | {"box": box, "neutral_title": True}
    if not box.is_open or not may_add(request.speaker, found, now=now):
        context |= {"written": request.POST.get("text", "")}
        return page(request, "conversations/add_closed.html", context)
    offer = offers.offer_to(request.speaker, found.project, box=box)
    form = forms.AddStatement(request.POST or None, offer=offer, now=now)
    if form.is_valid():
        with form.refusals():
            said = services.add_statement(
                by=request.speaker, conversation=found, form_key=form.key, now=now, **form.said
            )
            same = form.cleaned_data["receipt"] == "same"
            handed = handing.handed_of(said.voice, said.code, same=same)
            return handing.over(found.project, handed, now=now)
    return _box(request, context, offer, form)


def _box(
    request: Request, context: dict[str, Any], offer: offers.Offer, form: forms.AddStatement
) -> HttpResponse:
    now = clock.now()
    context |= {
        "offer": offer,
        "form": form,
        **offers.when_read(offer.box.next_reading, offer.box.gap, now=now),
    }
    return page(request, "conversations/add.html", context)
