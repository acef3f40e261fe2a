"""The map of themes against frameworks: for everyone to read, for organisers to make."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.act.frameworks import forms, outlines, queries, services, shown
from goldenthread.act.frameworks.models import Framework
from goldenthread.act.frameworks.permissions import may_map
from goldenthread.kit import clock
from goldenthread.kit.carrying import carried, carry
from goldenthread.kit.pages import page
from goldenthread.projects.access import permitted_project, project_for, there
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Request
from goldenthread.safety.release.queries import latest

GET_POST = require_http_methods(["GET", "POST"])


@require_GET
def list_frameworks(request: Request, project: str) -> HttpResponse:
    """List the frameworks of a project; for organisers, also those they may choose."""
    found = project_for(request, project)
    chosen = queries.chosen_by(found)
    maps = may_map(request.speaker, found, now=clock.now())
    shipped, own = queries.offered_to(found, chosen) if maps else ([], [])
    context = {
        "project": found,
        "crumbs": shown.crumbs(found, first=True),
        "chosen": chosen,
        "may_map": maps,
        "shipped": shipped,
        "own": own,
    }
    return page(request, "frameworks/list.html", context)


@require_POST
def choose(request: Request, project: str) -> HttpResponse:
    """Choose a framework."""
    found = permitted_project(request, project, may_map)
    key = request.POST.get("framework", "")
    framework = services.choose_framework(by=request.user, project=found, key=key, now=clock.now())
    messages.success(request, _("Chosen. Now place your themes on it."))
    return redirect("frameworks:themes", found.address, framework.ref)


@require_POST
def leave(request: Request, project: str, framework: UUID) -> HttpResponse:
    """Map no themes on a framework any more."""
    found = permitted_project(request, project, may_map)
    services.leave_framework(
        by=request.user, project=found, framework=_chosen(found, framework), now=clock.now()
    )
    messages.success(request, _("Taken out."))
    return redirect("frameworks:list", found.address)


@require_GET
def show_map(request: Request, project: str, framework: UUID) -> HttpResponse:
    """Show each item with the topics on it, and those with nothing yet."""
    found = project_for(request, project)
    drawn = _chosen(found, framework)
    mapped = queries.map_of(drawn, found, request.speaker)
    context = {
        "project": found,
        "crumbs": shown.crumbs(found),
        "framework": drawn,
        "parts": shown.parts(mapped, latest(found)),
        "finding": shown.finding(mapped),
        "may_map": may_map(request.speaker, found, now=clock.now()),
        "is_bare": not any(one.themes for each in mapped for one in each.items),
    }
    return page(request, "frameworks/map.html", context)


@require_GET
def themes(request: Request, project: str, framework: UUID) -> HttpResponse:
    """List the themes of a project, and where each stands."""
    found = permitted_project(request, project, may_map)
    drawn = _chosen(found, framework)
    context = {
        "project": found,
        "crumbs": shown.crumbs(found, drawn),
        "framework": drawn,
        "placed": queries.placed_on(drawn, found),
    }
    return page(request, "frameworks/themes.html", context)


@GET_POST
def place(request: Request, project: str, framework: UUID, theme: UUID) -> HttpResponse:
    """Place a theme on up to three items."""
    found = permitted_project(request, project, may_map)
    drawn, topic = _chosen(found, framework), there(queries.theme_to_place(found, theme))
    topic.project = found
    form = forms.PlaceTheme(
        request.POST if request.method == "POST" else None,
        parts=queries.parts_of(drawn),
        now_on=queries.items_under(topic, drawn),
    )
    if form.is_valid():
        with form.refusals():
            services.place_theme(
                by=request.user, theme=topic, framework=drawn, items=form.chosen, now=clock.now()
            )
            messages.success(request, _("Saved: “%(title)s”.") % {"title": topic.title})
            return redirect("frameworks:themes", found.address, drawn.ref)
    context = {"project": found, "form": form, "theme": topic, "framework": drawn}
    context["crumbs"] = shown.crumbs(found, drawn)
    return page(request, "frameworks/place.html", context)


@GET_POST
def own(request: Request, project: str) -> HttpResponse:
    """Write a list of one's own, and look at it before it is kept."""
    found = permitted_project(request, project, may_map)
    form = forms.WriteOwn(request.POST or None, request.FILES or None)
    context = {"project": found, "form": form, "crumbs": shown.crumbs(found)}
    if not form.is_valid():
        return page(request, "frameworks/own.html", context)
    sheet = form.cleaned_data["sheet"]
    read = outlines.read(sheet.headers, sheet.lines)
    faults = [[each.line or _("The list"), each.what, each.mend] for each in read.faults]
    value = {"title": form.cleaned_data["title"], "parts": outlines.as_data(read.parts)}
    context |= {
        "title": form.cleaned_data["title"],
        "faults": faults,
        "fault_headers": [_("Line"), _("What is wrong"), _("How to mend it")],
        "rows": shown.rows(read.parts),
        "headers": [_("Part"), _("Number"), _("Name"), _("What it is about")],
        "sealed": "" if faults else carry(value, where=found.ref, now=clock.now()),
    }
    return page(request, "frameworks/own_preview.html", context)


@require_POST
def save_own(request: Request, project: str) -> HttpResponse:
    """Keep the list that was shown, exactly as it was shown."""
    found, now = permitted_project(request, project, may_map), clock.now()
    value = carried(request.POST.get("read", ""), where=found.ref, now=now)
    framework = services.write_own(
        by=request.user,
        project=found,
        title=value["title"],
        parts=outlines.from_data(value["parts"]),
        now=now,
    )
    messages.success(request, _("Kept. Now place your themes on it."))
    return redirect("frameworks:themes", found.address, framework.ref)


def _chosen(project: Project, ref: UUID) -> Framework:
    """Return a framework of the project; else 404."""
    return there(queries.chosen_in(project, ref)).framework
