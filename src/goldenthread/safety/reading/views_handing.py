"""The end of a stretch, and the first ten readings of someone new."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.kit.shapes import Crumb
from goldenthread.projects.access import staff_project
from goldenthread.projects.models import ProjectRole
from goldenthread.projects.speaker import Request
from goldenthread.safety.readers.shown import progress
from goldenthread.safety.reading import forms, queries, services, shown

READER = ProjectRole.Name.READER


@require_http_methods(["GET", "POST"])
def hand_over(request: Request, project: str) -> HttpResponse:
    """Put back what is open and leave a note for the next reader."""
    here = staff_project(request, project, READER)
    now = clock.now()
    form = forms.HandOver(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.hand_over(by=request.user, project=here, **form.cleaned_data, now=now)
            messages.success(request, _("Handed over. What you had open is back in the list."))
            return redirect("reading:hand_over", here.address)
    context = {
        "project": here,
        "organisation": here.organisation,
        "crumbs": shown.crumbs(here, shown.to_queue(here), Crumb(_("Hand over"))),
        "form": form,
        "opened": queries.opened_by(here, request.user, now=now),
        "notes": queries.notes_of(here, now=now),
        "following": shown.who_follows(here, now=now),
    }
    return page(request, "reading/hand_over.html", context)


@require_GET
def first_ones(request: Request, project: str) -> HttpResponse:
    """Show a new reader what second readers made of their first ten readings."""
    here = staff_project(request, project, READER)
    context = {
        "project": here,
        "organisation": here.organisation,
        "crumbs": shown.crumbs(here, shown.to_queue(here), Crumb(_("Your first ten"))),
        "rows": shown.suggestions(queries.suggestions_of(here, request.user)),
    }
    return page(request, "reading/first_ones.html", context | progress(request.user))
