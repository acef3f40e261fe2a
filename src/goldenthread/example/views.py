"""Trying the worked example as one of its people."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from goldenthread.example import queries
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
