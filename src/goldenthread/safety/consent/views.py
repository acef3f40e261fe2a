"""What anyone agreed to, in words; what may be quoted; and the second look."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.kit.paging import keyset
from goldenthread.projects.access import permitted_project, there
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Request
from goldenthread.safety.consent import forms, permissions, queries, services
from goldenthread.safety.consent.wordings import purposes

ON_A_PAGE = 10


@require_GET
def statements(request: Request) -> HttpResponse:
    """Show every statement that people ever agreed to, a purpose each."""
    return page(request, "consent/statements.html", {"purposes": purposes().values()})


@require_GET
def quotes(request: Request, project: str) -> HttpResponse:
    """List the words that may be quoted today."""
    found = permitted_project(request, project, permissions.may_see_quotes)
    rows = queries.may_be_quoted(found)
    listed = keyset(rows, order=queries.ORDER, query=request.GET, size=ON_A_PAGE)
    context = {"listed": listed, "quotes": queries.quotes(listed)}
    return page(request, "consent/quotes.html", _around(found) | context)


@require_GET
def second(request: Request, project: str) -> HttpResponse:
    """List the words that a second reader looks at before they may be quoted."""
    found = permitted_project(request, project, permissions.may_see_waiting)
    rows = queries.waiting_in(found)
    listed = keyset(rows, order=queries.ORDER, query=request.GET, size=ON_A_PAGE)
    context = {"listed": listed, "quotes": queries.quotes(listed, reader=request.user)}
    context["may_look"] = permissions.may_look_again(request.user, found, now=clock.now())
    return page(request, "consent/second.html", _around(found) | context)


@require_POST
def look(request: Request, project: str, words: UUID) -> HttpResponse:
    """Take what the second reader says."""
    found = permitted_project(request, project, permissions.may_see_waiting)
    read = there(queries.words_in(found, words))
    form = forms.Look(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        services.look_again(by=request.user, words=read, **given, now=clock.now())
        said = _("It may be quoted now.") if given["agreed"] else _("It is not quoted.")
        messages.success(request, said)
    return redirect("consent:second", found.address)


def _around(project: Project) -> dict[str, Any]:
    return {"project": project, "organisation": project.organisation}
