"""Look again: once a month, another reader looks at what was read, and answers one question."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.forms import posted
from goldenthread.kit.pages import page
from goldenthread.projects.access import staff_project, there
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.speaker import Request
from goldenthread.safety.looks import forms, queries, services, shown
from goldenthread.safety.looks.models import SecondLook
from goldenthread.safety.readers import queries as readers

READER = ProjectRole.Name.READER


@require_GET
def again(request: Request, project: str) -> HttpResponse:
    """Say what this is, and how many wait for this reader."""
    here = staff_project(request, project, READER)
    return page(request, "looks/again.html", shown.again(here, reader=request.user))


@require_POST
def take_next(request: Request, project: str) -> HttpResponse:
    """Open the next one."""
    here = staff_project(request, project, READER)
    if readers.needs_a_break(request.user, now=clock.now()):
        return redirect("readers:break")
    found = services.take_next(by=request.user, project=here, now=clock.now())
    if found is None:
        return redirect("looks:again", here.address)
    return redirect("looks:look", here.address, found.ref)


@require_http_methods(["GET", "POST"])
def look(request: Request, project: str, look: UUID) -> HttpResponse:
    """Show the words and nothing else about them, and take a yes or a no."""
    here, found = _open(request, project, look)
    form = forms.Look(posted(request))
    if form.is_valid():
        if form.cleaned_data["answer"] == forms.YES:
            return redirect("looks:sentence", here.address, found.ref)
        with form.refusals():
            services.say_no(by=request.user, look=found, now=clock.now())
            return _thank(request, here)
    return page(
        request, "looks/look.html", shown.look(here, found, now=clock.now()) | {"form": form}
    )


@require_http_methods(["GET", "POST"])
def sentence(request: Request, project: str, look: UUID) -> HttpResponse:
    """Take a sentence of the reader's own for the lists, or go on without one."""
    here, found = _open(request, project, look)
    without = "without" in request.POST
    form = forms.Own(None if without else posted(request))
    if without or form.is_valid():
        given = {} if without else form.cleaned_data
        with form.refusals():
            services.say_yes(by=request.user, look=found, **given, now=clock.now())
            return _thank(request, here)
    context = shown.look(here, found, now=clock.now()) | {"form": form}
    return page(request, "looks/sentence.html", context)


@require_POST
def put_back(request: Request, project: str, look: UUID) -> HttpResponse:
    """Leave it to another reader."""
    here, found = _open(request, project, look)
    services.put_back(by=request.user, look=found, now=clock.now())
    messages.info(request, _("It is back. You do not need to say why."))
    return redirect("looks:again", here.address)


def _open(request: Request, address: str, ref: UUID) -> tuple[Project, SecondLook]:
    here = staff_project(request, address, READER)
    return here, there(queries.look_at(request.user, here, ref))


def _thank(request: Request, project: Project) -> HttpResponse:
    messages.success(request, _("Thank you. Nothing about it was changed."))
    return redirect("looks:again", project.address)
