"""Readers lent by another organisation: offering them, and answering."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.organisations.queries import organisation_at
from goldenthread.projects import forms, permissions, queries, services
from goldenthread.projects.access import permitted_project, there
from goldenthread.projects.speaker import Request


@require_http_methods(["GET", "POST"])
def lend(request: Request, organisation: str) -> HttpResponse:
    """Offer members as readers to a project of another organisation, and end it again."""
    found, now = organisation_at(organisation, visible_to=request.speaker), clock.now()
    if found is None or not permissions.may_lend(request.speaker, found, now=now):
        raise Http404
    form = forms.Lend(request.POST if "short" in request.POST else None)
    if "end" in request.POST:
        role = there(queries.loan_of(request.POST["end"], lent_by=found))
        services.end_loan(by=request.user, role=role, now=now)
        return redirect("projects:lend", found.address)
    if form.is_valid():
        with form.refusals():
            services.offer_reader(by=request.user, organisation=found, **form.cleaned_data, now=now)
            messages.success(request, _("Offered. The organisers of the project answer."))
            return redirect("projects:lend", found.address)
    loans = [(each, queries.say_loan(each)) for each in queries.lent_by(found, now=now)]
    return page(
        request, "projects/lend.html", {"organisation": found, "form": form, "loans": loans}
    )


@require_POST
def answer_offer(request: Request, project: str) -> HttpResponse:
    """Take an offered reader, or do without; end a loan."""
    found = permitted_project(request, project, permissions.may_give_roles)
    taken = request.POST.get("take", "")
    role = there(queries.loan_of(taken or request.POST.get("end", ""), project=found))
    if taken:
        services.accept_reader(by=request.user, role=role, now=clock.now())
        messages.success(
            request, _("Thank you. They read from the first day on. Put them on the rota.")
        )
    else:
        services.end_loan(by=request.user, role=role, now=clock.now())
    return redirect("projects:people", found.address)
