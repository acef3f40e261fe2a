from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.act.decisions.trail import trail
from goldenthread.debrief.replies import forms, queries, services, telling
from goldenthread.debrief.replies.about import About, about_of, kind_name, no_longer, unanswered
from goldenthread.debrief.replies.advice import advise
from goldenthread.debrief.replies.models import Reply
from goldenthread.debrief.replies.permissions import REPLIERS, TELLERS, may_reply, may_tell
from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.kit.paging import keyset
from goldenthread.projects.access import project_for, staff_project
from goldenthread.projects.models import Project
from goldenthread.projects.queries import current_terms
from goldenthread.projects.speaker import Request, receipt_holder
from goldenthread.thread.queries import story_of

ONE_TO_ONE = (Reply.About.VOICE, Reply.About.QUESTION)  # signed by who writes, unless changed


@require_GET
def list_replies(request: Request, project: str) -> HttpResponse:
    """List the answers that went out; for those who write them, what waits for one."""
    found, now, speaker = project_for(request, project), clock.now(), request.speaker
    answers = may_reply(speaker, found, now=now)
    rows = queries.replies_of(found, speaker, now=now)
    context = {
        "project": found,
        "trail": trail(found, (_("Answers"), "")),
        "replies": keyset(rows, order=("-written_on", "ref"), query=request.GET),
        "may_reply": answers,
        "may_tell": may_tell(speaker, found, now=now),
        "unanswered": unanswered(found) if answers else None,
        "themes": queries.themes_to_answer(found) if answers else [],
    }
    return page(request, "replies/list.html", context)


@require_http_methods(["GET", "POST"])
def write(request: Request, project: str) -> HttpResponse:
    """Write an answer to a theme, decision, action or change."""
    found = staff_project(request, project, *REPLIERS)
    kind, _colon, ref = request.GET.get("about", "").partition(":")
    return _write(request, found, _about(request, found, kind, ref), None)


@require_http_methods(["GET", "POST"])
def answer_question(request: Request, project: str, question: UUID) -> HttpResponse:
    """Write the answer that goes to everyone who replied to a quick question."""
    found = staff_project(request, project, *REPLIERS)
    about = _about(request, found, Reply.About.QUESTION, str(question))
    return _write(request, found, about, queries.draft_about(found, question))


@require_http_methods(["GET", "POST"])
def edit(request: Request, project: str, reply: UUID) -> HttpResponse:
    """Write a draft anew."""
    found = staff_project(request, project, *REPLIERS)
    draft = _reply(request, found, reply)
    if draft.state != Reply.State.DRAFT and request.method == "GET":
        raise Http404
    about = _about(request, found, draft.about_kind, str(draft.about))
    return _write(request, found, about, draft)


@require_GET
def reply(request: Request, project: str, reply: UUID) -> HttpResponse:
    """Show an answer; to those who write them also whom it reaches, and how far it is."""
    found, now, speaker = project_for(request, project), clock.now(), request.speaker
    shown = _reply(request, found, reply)
    answers = may_reply(speaker, found, now=now)
    context: dict[str, Any] = {
        "project": found,
        "reply": shown,
        "trail": trail(found, (_("Answers"), f"/p/{found.address}/replies/")),
        "may_reply": answers,
    }
    if shown.state == Reply.State.DRAFT:
        about = about_of(found, shown.about_kind, shown.about)
        reach = queries.preview(shown.about, shown.about_kind)
        context |= {"reach": reach, "advice": _advice(shown, about)}
        context["edition"] = queries.edition(shown)
        context |= {"about": about, "about_kind": kind_name(shown.about_kind)}
    else:
        context |= {
            "answered": queries.answered_by(shown, speaker, now=now),
            "told": queries.told_by(shown) if answers else [],
            "story": story_of(shown.ref, visible_to=speaker),
        }
    return page(request, "replies/reply.html", context)


@require_POST
def send(request: Request, project: str, reply: UUID) -> HttpResponse:
    """Let an answer go out."""
    found = staff_project(request, project, *REPLIERS)
    draft = _reply(request, found, reply)
    seen = request.POST.get("seen", "")
    services.send_reply(by=request.user, reply=draft, seen=seen, now=clock.now())
    messages.success(request, _("It is on its way. You can leave this page."))
    return redirect("replies:reply", found.address, draft.ref)


@require_POST
def drop(request: Request, project: str, reply: UUID) -> HttpResponse:
    """Throw a draft away."""
    found = staff_project(request, project, *REPLIERS)
    services.drop_draft(by=request.user, reply=_reply(request, found, reply), now=clock.now())
    messages.success(request, _("The draft is gone."))
    return redirect("replies:list", found.address)


@require_http_methods(["GET", "POST"])
def tell(request: Request, project: str) -> HttpResponse:
    """List who has not been told, and tick who was told by hand."""
    found = staff_project(request, project, *TELLERS)
    which = request.GET.get("show", "")
    which = which if which in telling.SHOWN else "nothing"
    form = forms.Tick(request.POST or None)
    if form.is_valid():
        with form.refusals():
            number = services.tick(
                by=request.user,
                project=found,
                **form.cleaned_data,
                now=clock.now(),
            )
            messages.success(request, _("Kept for %(n)d.") % {"n": number})
            return redirect(f"{request.path}?show={which}")
    return page(request, "replies/telling.html", _telling(request, found, form, which))


def _telling(request: Request, project: Project, form: forms.Tick, which: str) -> dict[str, Any]:
    terms, today = current_terms(project), clock.today()
    voices = telling.voices_to_tell(project, which)
    return {
        "project": project,
        "trail": trail(project, (_("Answers"), f"/p/{project.address}/replies/")),
        "form": form,
        "voices": keyset(voices, order=("words_id",), query=request.GET),
        "ticked": request.POST.getlist("voices"),
        "filters": telling.filter_links(which),
        "untold": telling.untold(project),
        "late_since": terms.hear_by if terms and terms.hear_by < today else None,
    }


def _reply(request: Request, project: Project, ref: UUID) -> Reply:
    for speaker in (request.speaker, receipt_holder(request)):  # also beside an account
        found = queries.reply_for(speaker, project, ref, now=clock.now()) if speaker else None
        if found:
            return found
    raise Http404


def _about(request: Request, project: Project, kind: str, ref: str) -> About:
    """Fetch what is answered; a text sent for what is gone by now meets a refusal, not a 404."""
    try:
        found = about_of(project, kind, UUID(ref))
        if found is None and request.method == "POST":
            found = no_longer(project, kind, UUID(ref))
    except ValueError:
        found = None
    if found is None:
        raise Http404
    return found


def _advice(reply: Reply, about: About | None) -> list[Any]:
    return advise(
        text=reply.text,
        happens_next=reply.happens_next,
        signed_by=reply.signed_by,
        about=about.says if about else "",
    )


def _write(request: Request, project: Project, about: About, draft: Reply | None) -> HttpResponse:
    form = _form(request, project, about, draft)
    advice: list[Any] | None = None
    if form.is_valid() and "check" in request.POST:
        advice = advise(**form.advised_on, about=about.says)
    elif form.is_valid():
        with form.refusals():
            kept = _keep(request, project, about, draft, form)
            return redirect("replies:reply", project.address, kept.ref)
    context = {
        "project": project,
        "form": form,
        "about": about,
        "about_kind": kind_name(about.kind),
        "advice": advice,
        "trail": trail(project, (_("Answers"), f"/p/{project.address}/replies/")),
    }
    return page(request, "replies/write.html", context)


def _form(
    request: Request, project: Project, about: About, draft: Reply | None
) -> forms.WriteReply:
    """The form for what is answered; to one person it may say what changed, and who writes."""
    initial = (forms.written(draft) if draft else {}) | {"seen": queries.edition(draft)}
    if about.kind in ONE_TO_ONE and not draft:
        initial["signed_by"] = queries.signature_of(request.user, project)
    if about.kind != Reply.About.VOICE:
        return forms.WriteReply(request.POST or None, initial=initial)
    changes = queries.changes_to_name(project)
    return forms.ReplyToOne(request.POST or None, initial=initial, changes=changes)


def _keep(
    request: Request, project: Project, about: About, draft: Reply | None, form: forms.WriteReply
) -> Reply:
    return services.write_reply(
        by=request.user,
        project=project,
        about_kind=about.kind,
        about=about.ref,
        reply=draft,
        **form.said,
        now=clock.now(),
    )
