"""Releases for those who run a project; and, for everyone, who was heard."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.forms import posted
from goldenthread.kit.pages import page
from goldenthread.kit.paging import keyset
from goldenthread.kit.refusals import Refusal
from goldenthread.projects.access import permitted_project, project_for, there
from goldenthread.projects.speaker import Request
from goldenthread.safety.equality.queries import asked_by
from goldenthread.safety.release import early as early_sight
from goldenthread.safety.release import forms, moderated, queries, services, shown
from goldenthread.safety.release.control.profiles import PROFILES
from goldenthread.safety.release.permissions import may_freeze, may_see_early


@require_http_methods(["GET", "POST"])
def releases(request: Request, project: str) -> HttpResponse:
    """List every release of figures; before the first, choose the rule."""
    found = permitted_project(request, project, may_freeze)
    listed = keyset(queries.releases_of(found), order=("-number", "ref"), query=request.GET)
    first = next(iter(listed.rows), None)
    profile = PROFILES[first.profile] if first else queries.rule_of(found)
    form = forms.ChooseRule(request.POST or None, initial={"profile": profile.name})
    if form.is_valid():
        with form.refusals():
            services.choose_rule(
                by=request.user, project=found, **form.cleaned_data, now=clock.now()
            )
            messages.success(request, _("Saved."))
            return redirect("release:list", found.address)
    looks = queries.looks_at(listed.rows)
    context = {"project": found, "listed": listed, "lines": shown.lines(listed.rows, looks)}
    context["early"] = queries.shows_early(found)
    context |= {"form": form, "profile": profile, "crumbs": shown.crumbs(found, _("Figures"))}
    return page(request, "release/list.html", context)


@require_POST
def freeze(request: Request, project: str) -> HttpResponse:
    """Freeze figures now, where the rules allow it."""
    found = permitted_project(request, project, may_freeze)
    try:
        services.freeze(project=found, by=request.speaker, now=clock.now())
        messages.success(request, _("The figures are frozen."))
    except Refusal as refusal:
        messages.info(request, refusal.message)
    return redirect("release:list", found.address)


@require_POST
def choose_early(request: Request, project: str) -> HttpResponse:
    """Choose whether those who decide see new figures first."""
    found = permitted_project(request, project, may_freeze)
    wanted = request.POST.get("early") == "yes"
    early_sight.choose_early_sight(by=request.user, project=found, early=wanted, now=clock.now())
    messages.success(request, _("Saved. It counts from the next figures on."))
    return redirect("release:list", found.address)


@require_http_methods(["GET", "POST"])
def early(request: Request, project: str, number: int) -> HttpResponse:
    """Show figures before everyone sees them, to those who decide; they may comment."""
    found, now = permitted_project(request, project, may_see_early), clock.now()
    release = there(queries.early_release(found, number, today=clock.today(now)))
    kept = early_sight.look(by=request.user, release=release, now=now)
    form = forms.Comment(posted(request), initial={"comment": kept.comment})
    if form.is_valid():
        with form.refusals():
            early_sight.comment(by=request.user, release=release, **form.cleaned_data, now=now)
            messages.success(request, _("Kept. The organisers read it beside the figures."))
            return redirect("release:early", project, number)
    context = shown.early(found, release) | {"form": form, "kept": kept}
    return page(request, "release/early.html", context)


@require_GET
def heard(request: Request, project: str) -> HttpResponse:
    """Show who was heard: rounded, frozen, and nothing of small groups."""
    found = project_for(request, project)
    if asked_by(found) is None:
        raise Http404
    newest = queries.newest_out(found)
    tables = shown.tables(found, newest)
    context = {
        "project": found,
        "release": newest,
        "early": newest is not None and newest.public_on is not None,
        "tables": tables,
        "hidden": shown.unasked(tables, found),
        "crumbs": shown.crumbs(found, _("Who we heard from")),
    }
    return page(request, "release/heard.html", context)


@require_GET
def not_shown(request: Request, project: str) -> HttpResponse:
    """Show how many were not published, taken back or removed, by whom and why."""
    found = project_for(request, project)
    figures = queries.latest(found)
    context = moderated.in_full(found, figures) | {
        "project": found,
        "figures": figures,
        "reasons_headers": [_("Reason"), _("Voices")],
        "deeds_headers": [_("Organisation"), _("Asked for by"), _("Reason"), _("How many")],
        "crumbs": shown.crumbs(found, _("What was not shown, and why")),
    }
    return page(request, "release/moderated.html", context)
