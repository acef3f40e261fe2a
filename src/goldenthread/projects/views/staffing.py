"""Who does what in a project, when readers read, and which organisations share it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.projects import forms, permissions, queries, services
from goldenthread.projects.access import permitted_project, there
from goldenthread.projects.speaker import Request


@require_http_methods(["GET", "POST"])
def people(request: Request, project: str) -> HttpResponse:
    """Show who holds which role; those who run a partner organisation give them."""
    found = permitted_project(request, project, permissions.may_follow_preparation)
    now = clock.now()
    may_give = permissions.runs_a_partner(request.speaker, found, now=now)
    form = forms.GiveRole(
        (request.POST or None) if may_give else None,
        initial={"starts_on": clock.today(now)},
        members=queries.members_without_address(found),
        only=permissions.roles_given_in(found),
    )
    if form.is_valid():
        with form.refusals():
            services.give_role(by=request.user, project=found, **form.cleaned_data, now=now)
            messages.success(request, _("The role is given."))
            return redirect("projects:people", found.address)
    rows = queries.role_rows(queries.roles_by_name(found, now=now), now=now)
    context = {"project": found, "form": form, "rows": rows, "may_give": may_give}
    context["headers"] = [_("Role"), _("Who"), _("How long")]
    context["offers"] = [(each, queries.say_loan(each)) for each in queries.offers_to(found)]
    return page(request, "projects/people.html", context)


@require_http_methods(["GET", "POST"])
def end_role(request: Request, project: str) -> HttpResponse:
    """End a role, at once or on a day to come."""
    found = permitted_project(request, project, permissions.runs_a_partner)
    groups = queries.roles_by_name(found, now=clock.now())
    wanted = [each for each in groups if each.name in permissions.roles_given_in(found)]
    form = forms.EndRole(request.POST or None, roles=queries.role_choices(wanted))
    if form.is_valid():
        role = there(queries.role_in(found, form.cleaned_data["role"]))
        with form.refusals():
            services.end_role(
                by=request.user, role=role, ends_on=form.cleaned_data["ends_on"], now=clock.now()
            )
            messages.success(request, _("The role has its end."))
            return redirect("projects:people", found.address)
    return page(request, "projects/end_role.html", {"project": found, "form": form})


@require_http_methods(["GET", "POST"])
def rota(request: Request, project: str) -> HttpResponse:
    """Show the week of the readers, its gaps and the next reading, and add to it."""
    found = permitted_project(request, project, permissions.may_prepare)
    now = clock.now()
    week = queries.rota_week(found, now=now)
    form = forms.AddDuty(request.POST or None, readers=week.readers)
    if form.is_valid():
        with form.refusals():
            services.add_duty(by=request.user, project=found, **form.cleaned_data, now=now)
            return redirect("projects:rota", found.address)
    context = {"project": found, "form": form, "week": week}
    context["headers"] = [_("Day"), _("Reads"), _("Stands in")]
    return page(request, "projects/rota.html", context)


@require_http_methods(["GET", "POST"])
def remove_duty(request: Request, project: str) -> HttpResponse:
    """Take a stretch off the rota."""
    found = permitted_project(request, project, permissions.may_prepare)
    week = queries.rota_week(found, now=clock.now())
    form = forms.RemoveDuty(request.POST or None, duties=week.choices)
    if form.is_valid():
        duty = there(queries.duty_in(found, form.cleaned_data["duty"]))
        services.remove_duty(by=request.user, duty=duty, now=clock.now())
        return redirect("projects:rota", found.address)
    return page(request, "projects/remove_duty.html", {"project": found, "form": form})


@require_http_methods(["GET", "POST"])
def partners(request: Request, project: str) -> HttpResponse:
    """Show which organisations share the project, and ask another."""
    found = permitted_project(request, project, permissions.may_follow_preparation)
    now = clock.now()
    may_ask = permissions.may_ask_partners(request.speaker, found, now=now)
    form = forms.AskPartner((request.POST or None) if may_ask else None)
    if form.is_valid():
        with form.refusals():
            services.ask_partner(by=request.user, project=found, **form.cleaned_data, now=now)
            messages.success(request, _("Asked. An administrator of that organisation answers."))
            return redirect("projects:partners", found.address)
    context = {"project": found, "form": form, "may_ask": may_ask}
    context["partners"] = queries.partners_of(found, waiting=True)
    context["change_href"] = reverse("projects:partner", args=[found.address])
    context["may_name"] = permissions.may_give_roles(request.speaker, found, now=now)
    return page(request, "projects/partners.html", context)


@require_POST
def change_partner(request: Request, project: str) -> HttpResponse:
    """Name the data controller, or take back what was asked."""
    found = permitted_project(request, project, permissions.may_follow_preparation)
    deeds = {"controller": services.name_controller, "take_back": services.decline_partnership}
    deed = next((each for each in deeds if each in request.POST), None)
    if deed is None:
        raise Http404
    partner = there(queries.partner_in(found, request.POST[deed]))
    deeds[deed](by=request.user, partner=partner, now=clock.now())
    return redirect("projects:partners", found.address)


@require_http_methods(["GET", "POST"])
def invited(request: Request, project: str) -> HttpResponse:
    """Show an administrator what their organisation is asked to share; they say yes or no."""
    asked = queries.waiting_partner_for(request.speaker, project, now=clock.now())
    if asked is None:
        raise Http404
    answer = request.POST.get("answer")
    if answer == "yes":
        services.accept_partnership(by=request.user, partner=asked, now=clock.now())
        return redirect("projects:prepare", project)
    if answer == "no":
        services.decline_partnership(by=request.user, partner=asked, now=clock.now())
        return redirect("pages:organisation", asked.organisation.address)
    terms = queries.newest_terms(asked.project)
    parts = queries.parts_of(terms)
    context = {"project": asked.project, "asked": asked, "terms": terms, "parts": parts}
    return page(request, "projects/invited.html", context)
