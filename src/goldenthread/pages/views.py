"""The pages that see every stage."""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.act.plans.queries import change_for
from goldenthread.debrief.replies import services as replies
from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.kit.paging import keyset
from goldenthread.listen.voices import queries as voices
from goldenthread.listen.voices import services as voice_services
from goldenthread.listen.voices.models import Voice
from goldenthread.organisations.permissions import may_found, may_join_by_email, may_start_projects
from goldenthread.organisations.queries import is_member, organisation_at
from goldenthread.organisations.roles import any_organisation
from goldenthread.pages import forms, queries
from goldenthread.pages.errors import given_by
from goldenthread.pages.own import back_to, own_voice
from goldenthread.pages.picture import picture_of
from goldenthread.pages.record import as_followed
from goldenthread.people.accounts.services import stop_monday_mail
from goldenthread.people.contacts import queries as contact_queries
from goldenthread.people.contacts import services as contact_services
from goldenthread.people.contacts.forms import LeaveContact
from goldenthread.people.notifications.addresses import whose_monday
from goldenthread.people.receipts import services as receipts
from goldenthread.people.receipts.queries import receipt_at
from goldenthread.projects.access import project_for, staff_project, there
from goldenthread.projects.models import ProjectRole
from goldenthread.projects.permissions import may_lend
from goldenthread.projects.queries import projects_of_organisation
from goldenthread.projects.speaker import (
    Guest,
    Request,
    Speaker,
    open_receipt,
    put_receipt_away,
    receipt_holder,
)
from goldenthread.safety.moderation import queries as moderation
from goldenthread.safety.moderation import services as moderating
from goldenthread.safety.reading import services as reading
from goldenthread.safety.release.queries import latest

CONFLICT = 409
NEUTRAL_PAGE = "https://www.bbc.co.uk/weather"
ON_A_PAGE_OF_RECEIPT = 10


@require_GET
def home(request: Request) -> HttpResponse:
    """Say what this is and who uses it here."""
    found = queries.organisations_of(request.speaker)
    founds = not found and may_found(request.speaker, now=clock.now())
    context = {"organisations": found, "may_found": founds}
    context["is_new"] = not found and not request.speaker.is_member and not any_organisation()
    return page(request, "pages/home.html", context)


@require_GET
def organisation(request: Request, organisation: str) -> HttpResponse:
    """Show an organisation and its projects."""
    found = organisation_at(organisation, visible_to=request.speaker)
    if found is None:
        raise Http404
    projects = projects_of_organisation(found, visible_to=request.speaker)
    context = {
        "organisation": found,
        "projects": projects,
        "may_join": may_join_by_email(request.speaker, found)
        and not is_member(request.speaker, found),
        "may_lend": may_lend(request.speaker, found, now=clock.now()),
        "may_start": may_start_projects(request.speaker, found, now=clock.now()),
    }
    return page(request, "pages/organisation.html", context)


@require_GET
def project(request: Request, project: str) -> HttpResponse:
    """Show a project: where it stands, what was heard, decided and changed."""
    found = project_for(request, project)
    overview = queries.overview(found, speaker=request.speaker, now=clock.now())
    return page(request, "pages/project.html", {"project": found, "overview": overview})


@require_GET
def thread_picture(request: Request, project: str) -> HttpResponse:
    """Show the thread picture alone, with its table."""
    found = project_for(request, project)
    picture = picture_of(found, latest(found))
    return page(request, "pages/thread_picture.html", {"project": found, "picture": picture})


@require_http_methods(["GET", "POST"])
def stay_in_touch(request: Request, project: str) -> HttpResponse:
    """Let anyone ask to hear what comes of it, apart from any words."""
    found = project_for(request, project)
    form = LeaveContact(request.POST or None)
    if form.is_valid():
        with form.refusals():
            contact_services.leave(scope=found.ref, **form.cleaned_data, now=clock.now())
            messages.success(request, _("Thank you. We will tell you what comes of it."))
            return redirect("pages:project", found.address)
    context = {"project": found, "form": form, "neutral_title": True}
    return page(request, "pages/stay_in_touch.html", context)


@require_GET
def contacts(request: Request, project: str) -> HttpResponse:
    """Show support staff whom to phone or write to by post; that they looked is recorded."""
    found = staff_project(request, project, ProjectRole.Name.SAFEGUARDER)
    contact_services.look(scope=found.ref, now=clock.now())
    rows = contact_queries.to_reach_by_hand(found.ref)
    listed = keyset(rows, order=contact_queries.ORDER, query=request.GET)
    context = {"project": found, "listed": listed, "contacts": contact_queries.opened(listed)}
    return page(request, "pages/contacts.html", context)


@csrf_exempt  # the token is the proof, and mail programs post it for people (RFC 8058)
@require_http_methods(["GET", "POST"])
def stop_news(request: Request, token: str) -> HttpResponse:
    """Forget a contact, by the link in every mail."""
    if request.method == "POST":
        contact_services.forget(token=token, now=clock.now())
        return page(request, "pages/stopped.html")
    return page(request, "pages/stop_news.html", {"token": token})


@csrf_exempt  # as above
@require_http_methods(["GET", "POST"])
def stop_monday(request: Request, token: str) -> HttpResponse:
    """Switch the Monday mail off, by the link in it; whether the token is ours is not told."""
    if request.method == "POST":
        if whose := whose_monday(token):
            stop_monday_mail(whose=whose, now=clock.now())
        return page(request, "pages/stop_monday.html", {"stopped": True})
    return page(request, "pages/stop_monday.html", {})


@login_required
@require_GET
def needs_you(request: Request) -> HttpResponse:
    """List what waits for this person, late things first."""
    day = queries.day_of(request.user, now=clock.now())
    return page(request, "pages/needs_you.html", {"day": day})


@require_GET
def leave(request: Request) -> HttpResponse:
    """End the session and go to a neutral page."""
    logout(request)
    answer = HttpResponseRedirect(NEUTRAL_PAGE, status=303)
    answer["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_GET
def get_help(request: Request) -> HttpResponse:
    """Show who can be called now, and how to leave without a trace."""
    return page(request, "pages/help.html")


@require_GET
def seized(request: Request) -> HttpResponse:
    """Say what someone would see who took the machines."""
    return page(request, "pages/seized.html")


@require_GET
def accessibility(request: Request) -> HttpResponse:
    """Say how everyone can use this."""
    return page(request, "pages/accessibility.html")


@require_GET
def report(request: Request) -> HttpResponse:
    """Say how to report something that is wrong."""
    found = queries.organisations_of(request.speaker)
    return page(request, "pages/report.html", {"organisations": found})


@require_http_methods(["GET", "POST"])
def receipt(request: Request) -> HttpResponse:
    """Open a receipt, then show what became of the words. The address never changes."""
    holder = receipt_holder(request)
    if request.method == "GET" and holder:
        mine, newest = as_followed(voices.mine(holder)), voices.BY_ARRIVAL
        listed = keyset(mine, order=newest, query=request.GET, size=ON_A_PAGE_OF_RECEIPT)
        context = {"followed": _follow(holder, listed), "listed": listed, "neutral_title": True}
        heard = [] if listed.rows else moderation.behind(holder.receipt)
        context |= {"heard": heard, "home": "pages:receipt"}
        context["children"] = any(each.project.for_under_18 for each in listed.rows)
        return page(request, "pages/receipt.html", context)
    form = forms.OpenReceipt(request.POST or None)
    if form.is_valid():
        with form.refusals():
            _open(request, form.cleaned_data["code"])
            return redirect("pages:receipt")
    return page(request, "pages/open_receipt.html", {"form": form, "neutral_title": True})


@require_GET
def heard(request: Request) -> HttpResponse:
    """Show what became of what someone reported or complained of, behind their receipt."""
    holder = receipt_holder(request)
    if holder is None:
        return redirect("pages:receipt")
    context = {"heard": moderation.behind(holder.receipt), "neutral_title": True}
    return page(request, "pages/heard.html", context)


@require_POST
def close_receipt(request: Request) -> HttpResponse:
    """Put the receipt away: this browser no longer holds it."""
    put_receipt_away(request)
    messages.success(request, _("Your receipt is put away. Type it in to open it again."))
    return redirect("pages:receipt")


@require_POST
def give_up_receipt(request: Request) -> HttpResponse:
    """Close the receipt for good, wherever it is open: somebody else has seen it."""
    holder = receipt_holder(request)
    if found := receipt_at(holder.receipt if holder else None):
        receipts.close(receipt=found, now=clock.now())
        replies.receipt_was_closed(receipt=found.ref, now=clock.now())
        messages.success(request, _("Your receipt is closed. It opens nothing any more."))
    put_receipt_away(request)
    return redirect("pages:receipt")


@login_required
@require_GET
def my_voices(request: Request) -> HttpResponse:
    """List what this member has said, newest first."""
    rows = voices.mine(request.speaker).order_by("-words__received_on", "words")
    listed = keyset(rows, order=("-words__received_on", "words_id"), query=request.GET)
    return page(request, "pages/my_voices.html", {"voices": listed})


@login_required
@require_GET
def my_voice(request: Request, voice: UUID) -> HttpResponse:
    """Show a member what became of one thing they said."""
    found = as_followed(voices.mine(request.speaker)).filter(pk=voice).first()
    if found is None:
        raise Http404
    context = {"followed": _follow(request.speaker, [found]), "neutral_title": True}
    context["children"] = found.project.for_under_18
    return page(request, "pages/my_voice.html", context)


@require_POST
def answer(request: Request, voice: UUID) -> HttpResponse:
    """Take the author's answer to a reader's question."""
    return _line(request, voice, reading.answer, _("Thank you. The reader will see your answer."))


@require_POST
def object_to(request: Request, voice: UUID) -> HttpResponse:
    """Take the author's word that what was done is not right: another reader looks."""
    return _line(request, voice, reading.object_to, _("Thank you. Another reader will look again."))


@require_POST
def appeal(request: Request, voice: UUID) -> HttpResponse:
    """Take an author's appeal against a removal: someone else decides."""
    return _line(request, voice, moderating.appeal, _("Thank you. Someone else decides on it."))


@require_POST
def take_back(request: Request, voice: UUID) -> HttpResponse:
    """Take one's words back: hidden at once, gone in seven days."""
    speaker, found = own_voice(request, voice)
    voice_services.take_back(by=speaker, voice=found, now=clock.now())
    messages.success(request, _("Your words are hidden now. In seven days they are gone."))
    return back_to(speaker, found)


@require_POST
def keep(request: Request, voice: UUID) -> HttpResponse:
    """Undo taking back, within the seven days."""
    speaker, found = own_voice(request, voice)
    voice_services.undo_take_back(by=speaker, voice=found, now=clock.now())
    messages.success(request, _("Your words are back where they were."))
    return back_to(speaker, found)


@require_http_methods(["GET", "POST"])
def confirm(request: Request, voice: UUID, change: UUID) -> HttpResponse:
    """Ask whether it changed for the person who spoke."""
    if closed := _open_again(request):
        return closed
    speaker, found = own_voice(request, voice)
    claimed = there(change_for(found.project, change, speaker, now=clock.now()))
    form = forms.Confirm(request.POST or None)
    if form.is_valid():
        with form.refusals():
            replies.confirm(
                by=speaker, voice=found, change=claimed, **form.cleaned_data, now=clock.now()
            )
            messages.success(request, _("Thank you. Only you could tell us."))
            return back_to(speaker, found)
    context = {"form": form, "change": claimed, "project": found.project, "neutral_title": True}
    return page(request, "pages/confirm.html", context)


def _line(request: Request, voice: UUID, send: Callable[..., object], thanks: str) -> HttpResponse:
    if closed := _open_again(request):
        return closed
    speaker, found = own_voice(request, voice)
    form = forms.Line(request.POST)
    if form.is_valid():
        with form.refusals():
            send(words=found.words, text=form.cleaned_data["text"], now=clock.now())
            messages.success(request, thanks)
            return back_to(speaker, found)
    context = {"form": form, "project": found.project, "neutral_title": True}
    return page(request, "pages/line.html", context)


def _open(request: Request, code: str) -> None:
    opened = receipts.open_with(code=code, now=clock.now())
    open_receipt(request, Guest(opened.ref, receipts.withdraw_key(code)))


def _open_again(request: Request) -> HttpResponse | None:
    """Ask for the receipt once more when it is open no longer, and lose nothing that was typed."""
    if request.method != "POST" or request.speaker.is_member or receipt_holder(request):
        return None
    form = forms.OpenReceipt(request.POST if "code" in request.POST else None)
    if form.is_valid():
        with form.refusals():
            _open(request, form.cleaned_data["code"])
            return None
    context = {"form": form, "given": given_by(request, but="code"), "neutral_title": True}
    return page(request, "pages/open_again.html", context, status=CONFLICT)


def _follow(speaker: Speaker, mine: Iterable[Voice]) -> list[queries.Followed]:
    """Follow voices for their author, who by this has opened what was waiting."""
    now = clock.now()
    followed = queries.follow(list(mine), speaker=speaker, now=now)
    if waited := [each.voice for each in followed if each.has_waited]:
        replies.opened(voices=waited, now=now)
    for each in followed:
        if each.reading.unseen:
            reading.mark_seen(words=each.voice.words)
    return followed
