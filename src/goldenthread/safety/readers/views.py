"""A reader's own pages: practice, breaks, what they carry. Nobody else sees the last of them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.projects.speaker import Request
from goldenthread.safety.readers import forms, permissions, queries, services
from goldenthread.safety.readers.practice import CHOICES
from goldenthread.safety.readers.shown import carried, progress


def _as_reader(request: Request) -> None:
    """Only readers have these pages: for others they are not there."""
    if not permissions.is_a_reader(request.speaker, now=clock.now()):
        raise Http404


@require_http_methods(["GET", "POST"])
def me(request: Request) -> HttpResponse:
    """Show a reader how they stand: practice, first ten, load, supporter."""
    _as_reader(request)
    form = forms.Supporter(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.name_supporter(by=request.user, **form.cleaned_data, now=clock.now())
            messages.success(request, _("Your supporter is named. Tell them yourself, too."))
            return redirect("readers:me")
    reader = queries.reader_of(request.user)
    context = {"form": form, "reader": reader} | progress(request.user) | carried(request.user)
    return page(request, "readers/me.html", context)


@require_http_methods(["GET"])
def practice_list(request: Request) -> HttpResponse:
    """List the practice voices and how far one is."""
    _as_reader(request)
    rows = queries.practice_rows(request.user)
    context = progress(request.user) | {"rows": rows, "next": queries.next_open(rows)}
    return page(request, "readers/practice.html", context)


@require_http_methods(["GET", "POST"])
def practice_voice(request: Request, practice: str) -> HttpResponse:
    """Read one practice voice, say what one would do, and see what others would do and why."""
    _as_reader(request)
    rows = queries.practice_rows(request.user)
    row = next((each for each in rows if each.voice.key == practice), None)
    if row is None:
        raise Http404
    form = forms.Answer(request.POST or None, initial={"choice": row.choice})
    if form.is_valid():
        given = form.cleaned_data
        services.answer_practice(by=request.user, voice=practice, **given, now=clock.now())
        return redirect("readers:practice_voice", practice)
    best = [CHOICES[each] for each in row.voice.best]
    context = {"form": form, "row": row, "best": best, "how_many": len(rows)}
    context["alike"] = row.voice.is_alike(row.choice)
    context["next"] = queries.next_open(rows, after=practice)
    return page(request, "readers/practice_voice.html", context)


@require_http_methods(["GET", "POST"])
def take_a_break(request: Request) -> HttpResponse:
    """Offer a break; whoever comes back, sooner or later, says so here."""
    _as_reader(request)
    if request.method == "POST":
        services.end_break(by=request.user)
        return redirect(queries.way_back(request.user, now=clock.now()))
    long_enough = queries.needs_a_break(request.user, now=clock.now())
    context = {"long_enough": long_enough, "reader": queries.reader_of(request.user)}
    return page(request, "readers/break.html", context)


@require_http_methods(["GET", "POST"])
def load(request: Request, person: UUID) -> HttpResponse:
    """Show what a reader carries, to them and their supporter; note that they have talked."""
    reader = queries.supported_reader(request.speaker, person)
    if reader is None:
        raise Http404
    if request.method == "POST":
        services.note_debrief(by=request.user, reader=reader, now=clock.now())
        messages.success(request, _("Noted that you talked. What about stays between you."))
        return redirect("readers:load", person)
    context = {"reader": reader, "mine": reader.person_id == request.user.pk}
    return page(request, "readers/load.html", context | carried(reader.person))
