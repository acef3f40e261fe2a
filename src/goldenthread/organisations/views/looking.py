"""Settings: name, looks, labels, help lines, domains. For administrators only."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.components.furniture import last_resort
from goldenthread.kit.forms import posted
from goldenthread.kit.pages import page
from goldenthread.organisations import forms, queries, services
from goldenthread.organisations.models import Organisation
from goldenthread.organisations.views.common import administered, or_404, speaker_of, to

GET_POST = require_http_methods(["GET", "POST"])


@GET_POST
def settings(request: HttpRequest, organisation: str) -> HttpResponse:
    """Name, kind, nation, language: and the way to all other settings."""
    found = administered(request, organisation)
    names = ("name", "about", "kind", "nation", "language", "listed")
    given = {name: getattr(found, name) for name in names}
    form = forms.Settings(posted(request), initial=given)
    if form.is_valid():
        services.change_settings(
            by=speaker_of(request), organisation=found, **form.cleaned_data, now=clock.now()
        )
        return to("settings", found)
    stale = queries.stale_help_lines(found, today=clock.today()).exists()
    context = {"organisation": found, "form": form, "stale": stale}
    return page(request, "organisations/settings.html", context)


def _look(request: HttpRequest, found: Organisation, **filled: Any) -> HttpResponse:
    context = {
        "organisation": found,
        "accent_form": forms.Accent(initial={"accent": found.accent}),
        "logo_form": forms.Logo(),
        **filled,
    }
    form = filled.get("accent_form") or filled.get("logo_form") or context["accent_form"]
    return page(request, "organisations/look.html", {**context, "form": form})


@GET_POST
def look(request: HttpRequest, organisation: str) -> HttpResponse:
    """Colour and logo."""
    found = administered(request, organisation)
    if request.method == "GET":
        return _look(request, found)
    form = forms.Accent(request.POST)
    if form.is_valid():
        with form.refusals():
            services.change_accent(
                by=speaker_of(request), organisation=found, **form.cleaned_data, now=clock.now()
            )
            return to("look", found)
    return _look(request, found, accent_form=form)


@require_POST
def change_logo(request: HttpRequest, organisation: str) -> HttpResponse:
    """Take a new logo."""
    found = administered(request, organisation)
    form = forms.Logo(request.POST, request.FILES)
    if form.is_valid():
        with form.refusals():
            services.change_logo(
                by=speaker_of(request),
                organisation=found,
                upload=form.cleaned_data["logo"],
                now=clock.now(),
            )
            return to("look", found)
    return _look(request, found, logo_form=form)


@require_POST
def remove_logo(request: HttpRequest, organisation: str) -> HttpResponse:
    """Go back to the mark of the product."""
    found = administered(request, organisation)
    services.remove_logo(by=speaker_of(request), organisation=found, now=clock.now())
    return to("look", found)


@GET_POST
def labels(request: HttpRequest, organisation: str) -> HttpResponse:
    """The broad labels that people may let travel with their words."""
    found = administered(request, organisation)
    form = forms.Label(posted(request))
    if form.is_valid():
        with form.refusals():
            services.add_label(
                by=speaker_of(request), organisation=found, **form.cleaned_data, now=clock.now()
            )
            return to("labels", found)
    context = {"organisation": found, "form": form, "labels": queries.labels_of(found)}
    return page(request, "organisations/labels.html", context)


@require_POST
def remove_label(request: HttpRequest, organisation: str, label: UUID) -> HttpResponse:
    """Stop offering a label."""
    found = administered(request, organisation)
    one = or_404(queries.label_of(found, label))
    services.remove_label(by=speaker_of(request), label=one, now=clock.now())
    return to("labels", found)


@GET_POST
def help_lines(request: HttpRequest, organisation: str) -> HttpResponse:
    """Who people can call, and when somebody last checked."""
    found = administered(request, organisation)
    form = forms.HelpLine(posted(request))
    if form.is_valid():
        services.add_help_line(
            by=speaker_of(request), organisation=found, **form.cleaned_data, now=clock.now()
        )
        return to("help_lines", found)
    lines = list(queries.help_lines_of(found))
    oldest = clock.today() - queries.STALE_AFTER
    shown = [(line, line.verified_on < oldest) for line in lines]
    context = {"organisation": found, "form": form, "lines": shown}
    context |= {"stale": any(stale for _, stale in shown), "always": last_resort()[-1].number}
    return page(request, "organisations/help_lines.html", context)


@GET_POST
def help_line(request: HttpRequest, organisation: str, line: UUID) -> HttpResponse:
    """Correct a help line."""
    found = administered(request, organisation)
    one = or_404(queries.help_line_of(found, line))
    given = {name: getattr(one, name) for name in ("name", "number", "hours", "ages")}
    form = forms.HelpLine(posted(request), initial=given)
    if form.is_valid():
        services.change_help_line(
            by=speaker_of(request), line=one, **form.cleaned_data, now=clock.now()
        )
        return to("help_lines", found)
    context = {"organisation": found, "form": form, "line": one}
    return page(request, "organisations/help_line.html", context)


@require_POST
def check_line(request: HttpRequest, organisation: str, line: UUID) -> HttpResponse:
    """Say that a line was tried today."""
    found = administered(request, organisation)
    one = or_404(queries.help_line_of(found, line))
    services.verify_help_line(by=speaker_of(request), line=one, now=clock.now())
    return to("help_lines", found)


@require_POST
def remove_line(request: HttpRequest, organisation: str, line: UUID) -> HttpResponse:
    """Take a line off the list."""
    found = administered(request, organisation)
    one = or_404(queries.help_line_of(found, line))
    services.remove_help_line(by=speaker_of(request), line=one, now=clock.now())
    return to("help_lines", found)


@GET_POST
def domains(request: HttpRequest, organisation: str) -> HttpResponse:
    """Which e-mail addresses may join by themselves."""
    found = administered(request, organisation)
    given = {"domains": "\n".join(found.email_domains)}
    form = forms.Domains(posted(request), initial=given)
    if form.is_valid():
        services.set_email_domains(
            by=speaker_of(request), organisation=found, **form.cleaned_data, now=clock.now()
        )
        return to("domains", found)
    return page(request, "organisations/domains.html", {"organisation": found, "form": form})
