"""Who there is: administrators enter how many people of each group their organisation has."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.carrying import carried, carry
from goldenthread.kit.pages import page
from goldenthread.listen.outreach import forms, queries, services, shown
from goldenthread.listen.outreach.populations import Read, read
from goldenthread.organisations.models import Organisation
from goldenthread.organisations.permissions import may_administer
from goldenthread.organisations.queries import organisation_at
from goldenthread.projects.access import there
from goldenthread.projects.speaker import Request
from goldenthread.safety.equality.questions import questions_for

GET_POST = require_http_methods(["GET", "POST"])


@require_GET
def populations(request: Request, organisation: str) -> HttpResponse:
    """List the questions, and what was entered for each."""
    found = _administered(request, organisation)
    context = {"organisation": found, "entered": shown.entered(found)}
    return page(request, "outreach/populations.html", context)


@GET_POST
def population(request: Request, organisation: str, equality_question: str) -> HttpResponse:
    """Type in the numbers for one question; earlier ones stay readable."""
    found = _administered(request, organisation)
    question = there(queries.question_of(found, equality_question))
    versions = queries.versions_of(found, question.key)
    form = forms.EnterPopulation(
        request.POST or None, question=question, initial=shown.last_numbers(versions)
    )
    if form.is_valid():
        with form.refusals():
            services.enter_populations(
                by=request.user, organisation=found, **form.given, now=clock.now()
            )
            messages.success(request, _("Saved. Pages compare with these numbers from now on."))
            return redirect("outreach:populations", found.address)
    context = {"organisation": found, "form": form, "question": question}
    context["versions"] = [shown.version(each, question) for each in versions]
    context["headers"] = [_("Group"), _("People")]
    return page(request, "outreach/population.html", context)


@GET_POST
def upload(request: Request, organisation: str) -> HttpResponse:
    """Read a file and show what it would enter; nothing is saved and the file is not kept."""
    found = _administered(request, organisation)
    form = forms.UploadPopulation(request.POST or None, request.FILES or None)
    context = {"organisation": found, "form": form, "questions": questions_for(found)}
    if form.is_valid():
        with form.refusals():
            result = read(form.sheet(), questions_for(found))
            context |= _preview(found, form, result)
            return page(request, "outreach/preview.html", context)
    return page(request, "outreach/upload.html", context)


def _preview(found: Organisation, form: forms.UploadPopulation, result: Read) -> dict[str, object]:
    """Return what the preview shows, and what it carries on to be saved."""
    if result.faults:
        rows = [[each.line or _("The file"), each.what, each.mend] for each in result.faults]
        return {"faults": rows, "headers": [_("Line"), _("What is wrong"), _("How to mend it")]}
    source, as_of = form.cleaned_data["source"], form.cleaned_data["as_of"]
    value = {"numbers": result.numbers, "source": source, "as_of": as_of.isoformat()}
    return {
        "headers": [_("Group"), _("People")],
        "read": shown.preview(result.numbers, found),
        "source": source,
        "as_of": as_of,
        "sealed": carry(value, where=found.ref, now=clock.now()),
    }


@require_POST
def save(request: Request, organisation: str) -> HttpResponse:
    """Save what was previewed, exactly as it was shown."""
    found, now = _administered(request, organisation), clock.now()
    value = carried(request.POST.get("read", ""), where=found.ref, now=now)
    services.enter_populations(
        by=request.user,
        organisation=found,
        numbers=value["numbers"],
        source=value["source"],
        as_of=date.fromisoformat(value["as_of"]),
        now=now,
    )
    messages.success(request, _("Saved. Pages compare with these numbers from now on."))
    return redirect("outreach:populations", found.address)


def _administered(request: Request, address: str) -> Organisation:
    """Return the organisation to its administrators; to everyone else it is not there."""
    found = organisation_at(address, visible_to=request.speaker)
    if found is None or not may_administer(request.speaker, found, now=clock.now()):
        raise Http404
    return found
