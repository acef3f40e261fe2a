"""Concerns: raised by a reader, seen by the project's safeguarders alone."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.forms import Form
from goldenthread.kit.pages import page
from goldenthread.kit.paging import keyset
from goldenthread.kit.shapes import Crumb
from goldenthread.organisations.models import Organisation
from goldenthread.projects.access import permitted_project, project_for, staff_project, there
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.speaker import Request
from goldenthread.safety.concerns import forms, permissions, queries, services, shown
from goldenthread.safety.concerns.models import Concern
from goldenthread.safety.concerns.sheet import as_pdf, as_text
from goldenthread.safety.reading.queries import item

DRAWN = {"pdf": as_pdf, "txt": as_text}
TYPES = {"pdf": "application/pdf", "txt": "text/plain; charset=utf-8"}
SCHOOL = Organisation.Kind.SCHOOL


@require_http_methods(["GET", "POST"])
def raise_concern(request: Request, project: str, words: UUID) -> HttpResponse:
    """Let a reader tell the safeguarding owner."""
    here = staff_project(request, project, ProjectRole.Name.READER)
    found = item(here, words)
    if found is None:
        raise Http404
    form = forms.Raise(request.POST or None, school=here.organisation.kind == SCHOOL)
    if form.is_valid():
        with form.refusals():
            given = form.cleaned_data
            raised = services.raise_concern(by=request.user, words=found, **given, now=clock.now())
            messages.add_message(request, *shown.after_raising(raised, now=clock.now()))
            return redirect("reading:item", here.address, found.ref)
    context = shown.raising(here, found, now=clock.now()) | {"form": form}
    return page(request, "concerns/raise.html", context)


@require_GET
def concerns(request: Request, project: str) -> HttpResponse:
    """List the concerns of a project: the open ones, or those that were closed."""
    here, now = project_for(request, project), clock.now()
    looking = queries.Looking.after(here, now=now)
    kinds = looking.kinds(request.speaker)
    if not kinds:
        raise Http404
    closed = "closed" in request.GET
    rows = (queries.closed_concerns if closed else queries.open_concerns)(here, kinds=kinds)
    order = ("-raised_on", "ref") if closed else ("raised_at", "ref")
    listed = keyset(rows, order=order, query=request.GET)
    context = shown.listed(here, listed, closed=closed, there=looking, now=now)
    return page(request, "concerns/list.html", context)


@require_GET
def concern(request: Request, project: str, concern: UUID) -> HttpResponse:
    """Show one concern, and note who looked."""
    return _show(request, *_owned(request, project, concern))


@require_POST
def note(request: Request, project: str, concern: UUID) -> HttpResponse:
    """Add what was done."""
    here, found = _owned(request, project, concern)
    form = forms.Note(request.POST)
    if form.is_valid():
        with form.refusals():
            services.note(by=request.user, concern=found, **form.cleaned_data, now=clock.now())
            return redirect("concerns:concern", here.address, found.ref)
    return _show(request, here, found, note_form=form)


@require_POST
def write(request: Request, project: str, concern: UUID) -> HttpResponse:
    """Leave a line for the author."""
    here, found = _owned(request, project, concern)
    form = forms.ToAuthor(request.POST)
    if form.is_valid():
        with form.refusals():
            text = form.cleaned_data["message"]
            services.write_to_author(by=request.user, concern=found, text=text, now=clock.now())
            messages.success(request, _("It waits for the author now."))
            return redirect("concerns:concern", here.address, found.ref)
    return _show(request, here, found, author_form=form)


@require_http_methods(["GET", "POST"])
def step(request: Request, project: str, concern: UUID, step: str) -> HttpResponse:
    """Mark one LISTEN step."""
    here, found = _owned(request, project, concern)
    at = there(next((each for each in queries.steps_of(found) if each.code == step), None))
    form = forms.MarkStep(request.POST or None, step=step)
    if form.is_valid():
        with form.refusals():
            given = form.cleaned_data
            services.mark_step(by=request.user, concern=found, step=step, **given, now=clock.now())
            return redirect("concerns:concern", here.address, found.ref)
    context = shown.around(here, found, Crumb(at.title)) | {"form": form, "step": at}
    return page(request, "concerns/step.html", context)


@require_http_methods(["GET", "POST"])
def told(request: Request, project: str, concern: UUID) -> HttpResponse:
    """Keep who was told or was not, and why."""
    here, found = _owned(request, project, concern)
    form = forms.TellOthers(request.POST or None)
    if form.is_valid():
        with form.refusals():
            given = form.cleaned_data
            services.tell_others(by=request.user, concern=found, **given, now=clock.now())
            return redirect("concerns:concern", here.address, found.ref)
    context = shown.around(here, found, Crumb(_("Who was told"))) | {"form": form}
    return page(request, "concerns/told.html", context)


@require_http_methods(["GET", "POST"])
def hand_over(request: Request, project: str, concern: UUID) -> HttpResponse:
    """Put a case into other hands."""
    here, found = _owned(request, project, concern)
    people = queries.all_who_look_after(found, now=clock.now())
    form = forms.HandOver(request.POST or None, people=people)
    if form.is_valid():
        with form.refusals():
            given = form.cleaned_data
            services.hand_over(by=request.user, concern=found, **given, now=clock.now())
            messages.success(request, _("It is in their hands now."))
            return redirect("concerns:concern", here.address, found.ref)
    context = shown.around(here, found, Crumb(_("Hand over"))) | {"form": form, "people": people}
    return page(request, "concerns/hand_over.html", context)


@require_http_methods(["GET", "POST"])
def export(request: Request, project: str, concern: UUID) -> HttpResponse:
    """Give the case on one sheet, for the case system of the school or service."""
    here, found = _owned(request, project, concern)
    form = forms.Export(request.POST or None)
    if form.is_valid():
        kind = form.cleaned_data["form"]
        sheet = services.export(by=request.user, concern=found, kind=kind, now=clock.now())
        answer = HttpResponse(DRAWN[kind](sheet), content_type=TYPES[kind])
        name = f"concern-{shown.name_of(found).split()[-1].lower()}.{kind}"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        answer["Cache-Control"] = "no-store"
        return answer
    context = shown.around(here, found, Crumb(_("Case system"))) | {"form": form}
    return page(request, "concerns/export.html", context)


@require_http_methods(["GET", "POST"])
def away(request: Request, project: str) -> HttpResponse:
    """Say on which days one is away."""
    here = permitted_project(request, project, permissions.may_see_concerns)
    form = forms.GoAway(request.POST or None)
    if form.is_valid():
        with form.refusals():
            given = form.cleaned_data
            services.go_away(by=request.user, project=here, **given, now=clock.now())
            messages.success(request, _("Kept. Whoever is there looks after concerns then."))
            return redirect("concerns:list", here.address)
    return page(request, "concerns/away.html", shown.going_away(here, form, now=clock.now()))


@require_POST
def close(request: Request, project: str, concern: UUID) -> HttpResponse:
    """Close a concern."""
    here, found = _owned(request, project, concern)
    form = forms.Close(request.POST)
    if form.is_valid():
        with form.refusals():
            services.close(by=request.user, concern=found, **form.cleaned_data, now=clock.now())
            messages.success(request, _("The concern is closed."))
            return redirect("concerns:list", here.address)
    return _show(request, here, found, close_form=form)


def _owned(request: Request, address: str, ref: UUID) -> tuple[Project, Concern]:
    here = project_for(request, address)
    found = queries.concern_in(here, ref)
    if found is None or not permissions.may_see(request.speaker, found, now=clock.now()):
        raise Http404
    return here, found


def _show(request: Request, here: Project, found: Concern, **tried: Form) -> HttpResponse:
    """Show the case, also around a form that lacks something: no look goes unseen."""
    services.look(by=request.user, concern=found, now=clock.now())
    all_forms = {"note_form": forms.Note(), "author_form": forms.ToAuthor()}
    context = shown.concern(here, found, by=request.user, now=clock.now())
    context |= {**all_forms, "close_form": forms.Close(), **tried}
    form = next(iter(tried.values()), None)
    context |= {"tried": form, "typed": shown.typed(form)}
    return page(request, "concerns/concern.html", context)
