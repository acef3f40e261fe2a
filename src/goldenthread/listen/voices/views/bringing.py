"""Bringing voices in: from a file, and from paper."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.listen.voices import forms_paper, handing, matching, services, sheets
from goldenthread.listen.voices.handing import Handed
from goldenthread.listen.voices.permissions import may_bring_in
from goldenthread.people.receipts import qr
from goldenthread.projects.access import permitted_project
from goldenthread.projects.models import Project
from goldenthread.projects.queries import current_terms, links_of, listening
from goldenthread.projects.speaker import Request


@require_http_methods(["GET", "POST"])
def import_voices(request: Request, project: str) -> HttpResponse:
    """Choose a file; then match its columns, look, and bring it in. It is kept nowhere between."""
    found = permitted_project(request, project, may_bring_in)
    if "sheet" in request.POST:
        return _match(request, found)
    form = matching.ChooseFile(request.POST or None, request.FILES or None)
    if form.is_valid():
        with form.refusals():
            text = sheets.decode(form.cleaned_data["file"].read())
            return _preview(request, found, matching.MatchColumns(project=found, text=text))
    box = listening(found, now=clock.now())
    return page(request, "voices/import.html", _around(found) | {"form": form, "box": box})


def _around(project: Project) -> dict[str, Any]:
    return {"project": project, "organisation": project.organisation}


def _match(request: Request, project: Project) -> HttpResponse:
    form = matching.MatchColumns(request.POST, project=project)
    if form.taken is None or request.POST.get("act") != "bring":
        return _preview(request, project, form)
    with form.refusals():
        batch = services.import_voices(
            by=request.user,
            project=project,
            rows=form.taken.rows,
            fingerprint=sheets.fingerprint(form.text),
            now=clock.now(),
        )
    if form.errors:
        return _preview(request, project, form)
    said = ngettext(
        "%(n)s voice waits for the readers now.",
        "%(n)s voices wait for the readers now.",
        batch.count,
    )
    messages.success(request, said % {"n": f"{batch.count:,}"})
    return redirect("voices:import", project=project.address)


def _preview(request: Request, project: Project, form: matching.MatchColumns) -> HttpResponse:
    preview = sheets.Preview(form.taken) if form.taken else None
    context = _around(project) | {"form": form, "preview": preview}
    return page(request, "voices/match.html", context)


@require_http_methods(["GET", "POST"])
def paper(request: Request, project: str) -> HttpResponse:
    """Type in voices taken on paper, one after another; the receipt stands beside the next one."""
    found, now = permitted_project(request, project, may_bring_in), clock.now()
    if request.POST.get("act") == "away":
        return handing.put_away(redirect(request.get_full_path()), found, "paper")
    form = forms_paper.OnPaper(
        request.POST or None, project=found, now=now, initial=forms_paper.like_last(request.GET)
    )
    if form.is_valid():
        with form.refusals():
            said = services.take_down(
                by=request.user, project=found, form_key=form.key, now=now, **form.said
            )
            handed = Handed("paper", said.code or "")
            return handing.over(found, handed, now=now, query=form.like_this(request.GET))
    context = _around(found) | {
        "form": form,
        "box": listening(found, now=now),
        "handed": handing.taken(request, found, now=now),
        "number": forms_paper.number_of(request.GET),
        "links": links_of(found),
    }
    return page(request, "voices/paper.html", context)


@require_GET
def slip(request: Request, project: str) -> HttpResponse:
    """Print the slip of the voice that was typed in last."""
    found, now = permitted_project(request, project, may_bring_in), clock.now()
    handed = handing.taken(request, found, now=now)
    if handed is None or not handed.code:
        return redirect("voices:paper", project=found.address)
    context = _around(found) | {
        "handed": handed,
        "picture": qr.svg(handed.code),
        "terms": current_terms(found),
    }
    return page(request, "voices/slip.html", context)
