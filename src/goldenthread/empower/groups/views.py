from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.empower.groups import beside, forms, permissions, queries, services
from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.kit.shapes import Crumb
from goldenthread.projects.access import project_for, staff_project
from goldenthread.projects.models import Project
from goldenthread.projects.queries import members_without_address
from goldenthread.projects.speaker import Request


@require_GET
def all_groups(request: Request, project: str) -> HttpResponse:
    """Show the groups of a project, and who sits in them as counts."""
    found, now = project_for(request, project), clock.now()
    groups = [
        {"group": group, "made_of": made_of} for group, made_of in queries.groups_of(found, now=now)
    ]
    context = {
        "project": found,
        "crumbs": crumbs(found),
        "groups": groups,
        "may_make": permissions.may_make_groups(request.speaker, found, now=now),
    }
    return page(request, "groups/list.html", context)


@require_GET
def group(request: Request, project: str, group: UUID) -> HttpResponse:
    """Show one group: what it is for, its seats, its meetings."""
    found, now = project_for(request, project), clock.now()
    panel = queries.group_in(found, group)
    seats = list(queries.seats_of(panel, clock.today(now)))
    made_of = queries.composed(seats)
    organises = permissions.may_make_groups(request.speaker, found, now=now)
    context = {
        "project": found,
        "crumbs": crumbs(found, groups=True),
        "group": panel,
        "made_of": made_of,
        "warnings": queries.warnings_for(panel, made_of),
        "seats": seats if permissions.may_see_names(request.speaker, panel, now=now) else None,
        "organises": organises,
        "sections": beside.sections_of(
            panel, speaker=request.speaker, organises=organises, now=now
        ),
    }
    return page(request, "groups/group.html", context)


@require_http_methods(["GET", "POST"])
def new(request: Request, project: str) -> HttpResponse:
    """Set up a group."""
    found = staff_project(request, project, *permissions.ORGANISERS)
    form = forms.About(request.POST or None)
    if form.is_valid():
        with form.refusals():
            made = services.make_group(
                by=request.user, project=found, now=clock.now(), **form.cleaned_data
            )
            return redirect("groups:group", project, made.ref)
    context = {"project": found, "crumbs": crumbs(found, groups=True), "form": form}
    return page(request, "groups/about.html", context)


@require_http_methods(["GET", "POST"])
def edit(request: Request, project: str, group: UUID) -> HttpResponse:
    """Change what a group is called and what it is for."""
    found = staff_project(request, project, *permissions.ORGANISERS)
    panel = queries.group_in(found, group)
    form = forms.About.of(panel, request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.edit_group(by=request.user, group=panel, now=clock.now(), **form.cleaned_data)
            return redirect("groups:group", project, group)
    context = {"project": found, "crumbs": crumbs(found, groups=True), "form": form, "group": panel}
    return page(request, "groups/about.html", context)


@require_http_methods(["GET", "POST"])
def fill(request: Request, project: str, group: UUID) -> HttpResponse:
    """Give someone a seat."""
    found = staff_project(request, project, *permissions.ORGANISERS)
    panel = queries.group_in(found, group)
    form = forms.Fill(request.POST or None, members=members_without_address(found))
    if form.is_valid():
        with form.refusals():
            services.fill_seat(by=request.user, group=panel, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("The seat is filled."))
            return redirect("groups:group", project, group)
    context = {"project": found, "crumbs": crumbs(found, groups=True), "form": form, "group": panel}
    return page(request, "groups/fill.html", context)


@require_POST
def end(request: Request, project: str, group: UUID, seat: UUID) -> HttpResponse:
    """Let someone leave their seat."""
    found = staff_project(request, project, *permissions.ORGANISERS)
    leaving = queries.seat_in(queries.group_in(found, group), seat)
    services.end_seat(by=request.user, seat=leaving, now=clock.now())
    messages.success(request, _("The seat is free from today."))
    return redirect("groups:group", project, group)


def crumbs(project: Project, *, groups: bool = False) -> list[Crumb]:
    """Return the way here."""
    way = [Crumb(project.title, reverse("pages:project", args=[project.address]))]
    if groups:
        way.append(Crumb(_("Groups"), reverse("groups:list", args=[project.address])))
    return way
