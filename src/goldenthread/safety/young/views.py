"""The page for parents and carers, and a school's posts and terms."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.forms import Form
from goldenthread.kit.pages import page
from goldenthread.organisations.models import Organisation
from goldenthread.organisations.queries import organisation_at
from goldenthread.projects import ages
from goldenthread.projects.access import permitted_project, project_for, there
from goldenthread.projects.queries import current_terms
from goldenthread.projects.speaker import Request
from goldenthread.safety.young import forms, permissions, queries, services
from goldenthread.safety.young.routes import route_of


@require_GET
def guardians(request: Request, project: str) -> HttpResponse:
    """Tell parents and carers what a child is asked, and what happens with it."""
    found = project_for(request, project)
    if not found.for_under_18:
        raise Http404
    now = clock.now()
    context = {
        "project": found,
        "written": queries.guardian_page(found),
        "ages": ages.say(found),
        "leave_on": ages.words_leave_on(found, current_terms(found)),
        "may_write": permissions.may_write_guardian_page(request.speaker, found, now=now),
    }
    return page(request, "young/guardians.html", context)


@require_http_methods(["GET", "POST"])
def write_guardians(request: Request, project: str) -> HttpResponse:
    """Fill in the page for parents and carers."""
    found = permitted_project(request, project, permissions.may_write_guardian_page)
    written = queries.guardian_page(found)
    initial = {**vars(written), "seen": written.edits} if written else {"seen": 0}
    form = forms.WriteGuardianPage(request.POST or None, initial=initial)
    if form.is_valid():
        with form.refusals():
            services.write_guardian_page(
                by=request.user, project=found, **form.cleaned_data, now=clock.now()
            )
            messages.success(request, _("Saved."))
            return redirect("young:guardians", found.address)
    return page(request, "young/write_guardians.html", {"project": found, "form": form})


@require_http_methods(["GET", "POST"])
def school(request: Request, organisation: str) -> HttpResponse:
    """Say who leads the school and who stands above its head."""
    found = _school(request, organisation)
    form = forms.FillPost(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.fill_post(
                by=request.user, organisation=found, **form.cleaned_data, now=clock.now()
            )
            messages.success(request, _("Saved."))
            return redirect("young:school", found.address)
    return _show(request, found, post_form=form)


@require_POST
def add_term(request: Request, organisation: str) -> HttpResponse:
    """Add term dates."""
    found = _school(request, organisation)
    form = forms.AddTerm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        days = {"starts_on": given["starts_on"], "ends_on": given["ends_on"]}
        with form.refusals():
            services.add_term(
                by=request.user, organisation=found, name=given["title"], **days, now=clock.now()
            )
            return redirect("young:school", found.address)
    return _show(request, found, term_form=form)


@require_POST
def remove_term(request: Request, organisation: str, term: UUID) -> HttpResponse:
    """Take term dates out again."""
    found = _school(request, organisation)
    gone = there(next((each for each in queries.terms_of(found) if each.ref == term), None))
    services.remove_term(by=request.user, term=gone, now=clock.now())
    return redirect("young:school", found.address)


def _school(request: Request, address: str) -> Organisation:
    found = there(organisation_at(address, visible_to=request.speaker))
    if not permissions.may_run_school(request.speaker, found, now=clock.now()):
        raise Http404
    return found


def _show(request: Request, found: Organisation, **tried: Form) -> HttpResponse:
    terms = queries.terms_of(found)
    context = {
        "organisation": found,
        "posts": queries.post_holders(found),
        "route": route_of(found),
        "terms": terms,
        "holidays": list(queries.holidays_of(terms)),
        "tried": next(iter(tried.values())),
        "post_form": forms.FillPost(),
        "term_form": forms.AddTerm(),
    }
    return page(request, "young/school.html", context | tried)
