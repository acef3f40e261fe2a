"""Taking released words down: one person asks, a co-lead holds the second key."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.projects.access import staff_project
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.speaker import Request
from goldenthread.safety.reading import forms, queries, services, shown
from goldenthread.safety.reading.models import Words

ROLES = (ProjectRole.Name.READER, ProjectRole.Name.FACILITATOR, ProjectRole.Name.CO_LEAD)


def _shown(request: Request, address: str, ref: UUID) -> tuple[Project, Words]:
    """Fetch words that people see, saw or had removed; all others are for readers alone."""
    project = staff_project(request, address, *ROLES)
    found = queries.item(project, ref)
    if found is None or not queries.was_shown(found):
        raise Http404
    return project, found


@require_http_methods(["GET", "POST"])
def remove(request: Request, project: str, words: UUID) -> HttpResponse:
    """Ask that released words are taken down."""
    here, found = _shown(request, project, words)
    now = clock.now()
    form = forms.Remove(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.ask_to_remove(by=request.user, words=found, **form.cleaned_data, now=now)
            messages.success(request, _("A co-lead will look at it. Until then it stays as it is."))
            return redirect("reading:remove", here.address, found.ref)
    context = shown.removal(here, found, queries.removal_of(found), speaker=request.user, now=now)
    return page(request, "reading/remove.html", context | {"form": form})


@require_POST
def answer(request: Request, project: str, words: UUID) -> HttpResponse:
    """Turn the second key, or not."""
    here, found = _shown(request, project, words)
    removal = queries.removal_of(found)
    if removal is None:
        raise Http404
    if request.POST.get("answer") == "agree":
        services.agree_to_remove(by=request.user, removal=removal, now=clock.now())
        messages.success(request, _("It is taken down. Who did it, and why, stands in its place."))
    else:
        services.refuse_to_remove(by=request.user, removal=removal, now=clock.now())
        messages.success(request, _("It is not taken down."))
    return redirect("reading:remove", here.address, found.ref)
