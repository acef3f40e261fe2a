from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.empower.groups.queries import group_in
from goldenthread.empower.meetings import forms, permissions, queries, services, shown
from goldenthread.empower.meetings.calendars import calendar_file
from goldenthread.empower.meetings.models import Meeting
from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.projects.access import project_for, staff_project
from goldenthread.projects.speaker import Request

TOLD = gettext_lazy("Announced. Everyone with a seat and an account gets an invitation.")


@require_GET
def meeting(request: Request, project: str, meeting: UUID) -> HttpResponse:
    """Show a meeting: what, when, where, how it cares, what came of it."""
    found = _meeting(request, project, meeting)
    context = shown.one(found, request.speaker, now=clock.now())
    return page(request, "meetings/meeting.html", context)


@require_http_methods(["GET", "POST"])
def new(request: Request, project: str, group: UUID) -> HttpResponse:
    """Begin to plan a meeting."""
    found = staff_project(request, project, *permissions.ORGANISERS)
    panel = group_in(found, group)
    form = forms.Plan(request.POST or None)
    if form.is_valid():
        with form.refusals():
            del form.cleaned_data["seen"]  # nothing stood there before
            planned = services.plan_meeting(
                by=request.user, group=panel, now=clock.now(), **form.cleaned_data
            )
            return redirect("meetings:meeting", project, planned.ref)
    context = {"project": found, "crumbs": shown.crumbs(panel), "group": panel, "form": form}
    return page(request, "meetings/plan.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: Request, project: str, meeting: UUID) -> HttpResponse:
    """Change a meeting, and perhaps announce it at once."""
    found = _to_plan(request, project, meeting)
    announcing = request.POST.get("do") == "announce"
    keeps = announcing or found.state == Meeting.State.ANNOUNCED
    form = forms.Plan.of(found, request.POST or None, announcing=keeps and bool(request.POST))
    if form.is_valid():
        do = services.announce if announcing else services.edit_meeting
        with form.refusals():
            do(by=request.user, meeting=found, now=clock.now(), **form.cleaned_data)
            messages.success(request, TOLD if announcing else _("Saved."))
            return redirect("meetings:meeting", project, meeting)
    return _plan(request, found, form)


@require_POST
def announce(request: Request, project: str, meeting: UUID) -> HttpResponse:
    """Announce a meeting as it is; what is missing is shown beside its field."""
    found = _to_plan(request, project, meeting)
    form = forms.Plan.of(found, announcing=True)
    if form.is_valid():
        with form.refusals():
            services.announce(by=request.user, meeting=found, now=clock.now())
            messages.success(request, TOLD)
            return redirect("meetings:meeting", project, meeting)
    return _plan(request, found, form)


@require_http_methods(["GET", "POST"])
def cancel(request: Request, project: str, meeting: UUID) -> HttpResponse:
    """Cancel a meeting with a reason."""
    found = _to_plan(request, project, meeting)
    form = forms.Cancel(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.cancel(
                by=request.user,
                meeting=found,
                because=form.cleaned_data["because"],
                now=clock.now(),
            )
            return redirect("meetings:meeting", project, meeting)
    return page(request, "meetings/cancel.html", _around(found, form=form))


@require_http_methods(["GET", "POST"])
def notes(request: Request, project: str, meeting: UUID) -> HttpResponse:
    """Write the notes of a meeting."""
    found = _to_plan(request, project, meeting)
    form = shown.notes_form(found, request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        came = [UUID(ref) for ref in given.pop("came", [])]
        with form.refusals():
            services.write_notes(
                by=request.user, meeting=found, came=came, now=clock.now(), **given
            )
            messages.success(request, _("Published. Everyone who sees the project can read them."))
            return redirect("meetings:meeting", project, meeting)
    return page(request, "meetings/notes.html", _around(found, form=form))


@require_GET
def calendar(request: Request, project: str, meeting: UUID) -> HttpResponse:
    """Give the meeting as a calendar file."""
    found, now = _meeting(request, project, meeting), clock.now()
    if found.starts_at is None:
        raise Http404
    address = request.build_absolute_uri(reverse("meetings:meeting", args=[project, meeting]))
    with_link = permissions.may_see_the_link(request.speaker, found, now=now)
    body = calendar_file(found, page=address, with_link=with_link, now=now)
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="meeting.ics"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_http_methods(["GET", "POST"])
def coming(request: Request, project: str, meeting: UUID) -> HttpResponse:
    """Let someone with a seat say whether they come, and what they need."""
    found, now = _meeting(request, project, meeting), clock.now()
    if not permissions.may_answer(request.speaker, found, now=now):
        raise Http404
    form = shown.coming_form(found, request.speaker, request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.answer_coming(
                by=request.user, meeting=found, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("Thank you. The organisers know now."))
            return redirect("meetings:meeting", project, meeting)
    return page(request, "meetings/coming.html", _around(found, form=form))


@require_http_methods(["GET", "POST"])
def check(request: Request, project: str, meeting: UUID) -> HttpResponse:
    """Let a contributor say whether the promises were kept."""
    found, now = _meeting(request, project, meeting), clock.now()
    if not permissions.may_check(request.speaker, found, now=now):
        raise Http404
    form = forms.Check(request.POST if request.method == "POST" else None)
    if form.is_valid():
        with form.refusals():
            services.check_promises(
                by=request.user, meeting=found, answers=form.cleaned_data, now=now
            )
            messages.success(request, _("Thank you. Nobody sees what you answered."))
            return redirect("meetings:meeting", project, meeting)
    done = queries.has_checked(request.user, found)
    return page(request, "meetings/check.html", _around(found, form=form, done=done))


def _meeting(request: Request, project: str, meeting: UUID) -> Meeting:
    found = project_for(request, project)
    return queries.meeting_visible_to(request.speaker, found, meeting, now=clock.now())


def _to_plan(request: Request, project: str, meeting: UUID) -> Meeting:
    found = staff_project(request, project, *permissions.ORGANISERS)
    return queries.meeting_visible_to(request.speaker, found, meeting, now=clock.now())


def _plan(request: Request, found: Meeting, form: forms.Plan) -> HttpResponse:
    return page(request, "meetings/plan.html", _around(found, form=form, group=found.group))


def _around(found: Meeting, **given: Any) -> dict[str, Any]:
    project = found.group.project
    way = shown.crumbs(found.group, meeting=found)
    return {"project": project, "meeting": found, "crumbs": way, **given}
