"""Trying the worked example as one of its people, and the guided tour through it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from goldenthread.example import forms, queries, tour
from goldenthread.people.accounts.models import Person
from goldenthread.people.accounts.services import sign_in_as
from goldenthread.projects.speaker import Request


@require_POST
def try_as(request: Request, person: UUID) -> HttpResponse:
    """Sign in as an invented person; real ones cannot be tried."""
    if person not in {part.ref for part in queries.parts()}:
        raise Http404
    sign_in_as(request, get_object_or_404(Person, pk=person))
    return redirect("pages:needs_you")


@require_POST
def go(request: Request) -> HttpResponse:
    """Go to a stop of the guided tour, as whoever looks at it there."""
    form = forms.Go(request.POST)
    if not tour.is_offered() or not form.is_valid():
        raise Http404
    return redirect(tour.go_to(request, form.cleaned_data["stop"]))


@require_POST
def leave_tour(request: Request) -> HttpResponse:
    """Leave the guided tour, and stay on the page it was at."""
    if not tour.is_offered():
        raise Http404
    href = tour.leave(request)
    messages.success(request, _("You have left the tour. The first page begins it again."))
    return redirect(href)
